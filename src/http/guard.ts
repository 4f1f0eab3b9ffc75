import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import {
  localhostAllowedHostnames,
  localhostAllowedOrigins,
  validateHostHeader,
  validateOriginHeader,
} from '@modelcontextprotocol/server';
import type { Secret } from '../core/secret.ts';

/** A request that is turned away: HTTP status, what it is told, and headers that go with it. */
export type Rejection = {
  status: number;
  message: string;
  /** JSON-RPC's own number for it, where it has one. */
  code?: number;
  headers?: Record<string, string>;
};

export type Gate = { allowedHosts: readonly string[]; allowedOrigins: readonly string[]; token?: Secret };

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|::1|\[::1\])$/i;

/** Whether a server bound to this host can be reached only from its own machine. */
export const isLoopback = (host: string): boolean => LOOPBACK.test(host);

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** In constant time, whatever the lengths. */
const sameToken = (sent: string, token: Secret): boolean => timingSafeEqual(digest(sent), digest(token.reveal()));

/** Turns away requests without the server's token, where it has one. */
export function checkToken({ headers }: IncomingMessage, { token }: Gate): Rejection | undefined {
  if (token === undefined) return undefined;
  const sent = /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1];
  if (sent !== undefined && sameToken(sent, token)) return undefined;
  const message =
    sent === undefined
      ? 'This server wants a bearer token: send "Authorization: Bearer <token>"'
      : 'The bearer token is not the one of this server';
  return { status: 401, message, headers: { 'www-authenticate': 'Bearer' } };
}

/**
 * Turns away requests from the wrong place. A forged Host or a foreign Origin is a web page trying to reach a local server through the user's browser
 * (DNS rebinding; MCP transports, "Security Warning"), so both are checked even where a token is.
 */
export function checkPlace(request: IncomingMessage, gate: Gate): Rejection | undefined {
  const host = validateHostHeader(request.headers.host, [...localhostAllowedHostnames(), ...gate.allowedHosts]);
  if (!host.ok) return { status: 403, message: 'This server is not called by that Host name: add it to http.allowed_hosts' };
  const origin = validateOriginHeader(request.headers.origin, [...localhostAllowedOrigins(), ...gate.allowedOrigins]);
  if (!origin.ok)
    return { status: 403, message: 'Pages of that Origin may not call this server: add its host to http.allowed_origins' };
  return undefined;
}
