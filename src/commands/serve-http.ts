import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { ownSetting } from '../config/env.ts';
import { loadConfig } from '../config/load.ts';
import { defined } from '../core/defined.ts';
import { Failure } from '../core/errors.ts';
import { ownEntry } from '../core/own-entry.ts';
import { Secret } from '../core/secret.ts';
import { oneLine } from '../core/text.ts';
import { createHttpApp, MCP_PATH } from '../http/app.ts';
import { isLoopback } from '../http/guard.ts';
import { createServer } from '../server.ts';
import { EXIT } from './exit.ts';
import type { Io } from './io.ts';
import { service, type ServeOptions } from './serve.ts';

export type ServeHttpOptions = ServeOptions & { host?: string; port?: number; tokenEnv?: string };

function tokenOf(io: Io, name: string | undefined): Secret | undefined {
  const value = name === undefined ? ownSetting(io.env, 'HTTP_TOKEN') : ownEntry(io.env, name)?.trim();
  if (name !== undefined && !value) throw new Failure('config', `--token-env: the variable ${name} is not set`);
  return value ? new Secret(value) : undefined;
}

/**
 * Names the owner of conversations and results: the token that made them. Without a token they
 * belong to one session of a client (`perSession` in serveHttp).
 */
const ownerOf = (token: Secret | undefined): string =>
  token === undefined ? 'http' : createHash('sha256').update(token.reveal()).digest('hex').slice(0, 32);

const inUse = (error: unknown): string =>
  error instanceof Error && 'code' in error && error.code === 'EADDRINUSE' ? 'the port is taken' : 'it cannot be bound';

/** `switchboard serve --http`: the same tools over Streamable HTTP, until the process is asked to end. */
export async function serveHttp(io: Io, options: ServeHttpOptions): Promise<number> {
  const config = await loadConfig({ env: io.env, cwd: io.cwd, ...defined({ path: options.config }) });
  const {
    host: written,
    port,
    allowedHosts,
    allowedOrigins,
    maxBodyBytes,
  } = {
    ...config.http,
    ...defined({ host: options.host, port: options.port }),
  };
  // An address of IPv6 is often written as in a URL.
  const host = written.replaceAll(/^\[|\]$/g, '');
  const token = tokenOf(io, options.tokenEnv);
  if (!isLoopback(host) && token === undefined) {
    throw new Failure(
      'config',
      `Others could reach ${host} and spend your money: set SWITCHBOARD_HTTP_TOKEN (or name a variable with --token-env), or bind 127.0.0.1`,
    );
  }
  const { deps, close } = service(io, options, { owner: ownerOf(token), perSession: token === undefined });
  const gate = { allowedHosts: [...allowedHosts, host], allowedOrigins, ...defined({ token }) };
  const app = createHttpApp(() => createServer(deps), {
    gate,
    maxBodyBytes,
    onError: deps.onDefect,
    onRejected: (error) => io.tell(`protocol: ${oneLine(error.message)}`),
  });
  app.server.listen(port, host);
  try {
    await once(app.server, 'listening');
  } catch (error) {
    throw new Failure('config', `http://${host}:${port} cannot be served: ${inUse(error)}; choose another with --port`, {
      cause: error,
    });
  }
  const bound = app.server.address();
  const actual = typeof bound === 'object' && bound !== null ? bound.port : port;
  io.tell(`Switchboard is at http://${host.includes(':') ? `[${host}]` : host}:${actual}${MCP_PATH}`);
  await new Promise<void>((ended) => io.signal.addEventListener('abort', () => ended(), { once: true }));
  await Promise.all([close(), app.close()]);
  return EXIT.answered;
}
