import type { IncomingMessage, ServerResponse } from 'node:http';

/** The methods that the protocol uses at its one address. */
export const METHODS = ['GET', 'POST', 'DELETE', 'OPTIONS'] as const;

/** Headers that clients of either era send. */
const SENT = [
  'accept',
  'authorization',
  'content-type',
  'last-event-id',
  'mcp-method',
  'mcp-name',
  'mcp-protocol-version',
  'mcp-session-id',
];

/** Headers of answers that a page has to be able to read. */
const READ = ['mcp-session-id', 'mcp-protocol-version', 'www-authenticate', 'retry-after'];

/** The time that a browser may remember a preflight's answer, in seconds. */
const MAX_AGE_S = 600;

/**
 * Lets a page of an allowed Origin read the answer, and answers a browser's preflight. Call it only
 * for a request whose Origin was checked. Returns true where nothing is left to do.
 */
export function allowPage({ method, headers }: IncomingMessage, response: ServerResponse): boolean {
  response.setHeader('vary', 'origin');
  const { origin } = headers;
  if (origin !== undefined) {
    response.setHeader('access-control-allow-origin', origin);
    response.setHeader('access-control-expose-headers', READ.join(', '));
  }
  if (method !== 'OPTIONS') return false;
  response.setHeader('allow', METHODS.join(', '));
  if (origin !== undefined) {
    response.setHeader('access-control-allow-methods', METHODS.join(', '));
    response.setHeader('access-control-allow-headers', SENT.join(', '));
    response.setHeader('access-control-max-age', String(MAX_AGE_S));
  }
  response.writeHead(204).end();
  return true;
}

const BOTH = 'application/json, text/event-stream';

/** Reads an `Accept` that allows anything as the two types of the protocol, as HTTP says (RFC 9110, 12.5.1). */
export function acceptBoth(request: IncomingMessage): void {
  const { accept } = request.headers;
  if (accept !== undefined && !/(?:\*|application)\/\*/.test(accept)) return;
  request.headers.accept = BOTH;
  // The library's adapter reads the raw headers.
  const at = request.rawHeaders.findIndex((name, index) => index % 2 === 0 && name.toLowerCase() === 'accept');
  if (at === -1) request.rawHeaders.push('accept', BOTH);
  else request.rawHeaders[at + 1] = BOTH;
}
