import { serveStdio as serveOverStdio } from '@modelcontextprotocol/server/stdio';
import { createServer } from '../server.ts';
import { EXIT } from './exit.ts';
import type { Io } from './io.ts';
import { service, type ServeOptions } from './serve.ts';

/** `switchboard serve`: MCP on stdin and stdout, for clients of both eras, until stdin closes or the process is asked to end. */
export async function serveStdio(io: Io, options: ServeOptions): Promise<number> {
  const { deps, close } = service(io, options);
  const handle = serveOverStdio(() => createServer(deps), { onerror: (error) => io.tell(`protocol: ${error.message}`) });
  await new Promise<void>((ended) => io.signal.addEventListener('abort', () => ended(), { once: true }));
  await Promise.all([close(), handle.close()]);
  return EXIT.answered;
}
