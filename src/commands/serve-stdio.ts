import { serveStdio as serveOverStdio, StdioServerTransport } from '@modelcontextprotocol/server/stdio';
import { createServer } from '../server.ts';
import { EXIT } from './exit.ts';
import type { Io } from './io.ts';
import { service, type ServeOptions } from './serve.ts';

/** The longest message, in bytes: a prompt of the greatest length that is taken, in a script that needs several bytes a letter. */
const MAX_MESSAGE_BYTES = 64 * 1_048_576;

/** `switchboard serve`: MCP on stdin and stdout, for clients of both eras, until stdin closes or the process is asked to end. */
export async function serveStdio(io: Io, options: ServeOptions): Promise<number> {
  const { deps, close } = service(io, options);
  const transport = new StdioServerTransport(undefined, undefined, { maxBufferSize: MAX_MESSAGE_BYTES });
  const ended = new Promise<void>((end) => {
    io.signal.addEventListener('abort', () => end(), { once: true });
    // The transport also closes by itself, when a message is longer than it holds: nothing can follow that.
    const closeTransport = transport.close.bind(transport);
    transport.close = () => closeTransport().finally(end);
  });
  const handle = serveOverStdio(() => createServer(deps), {
    transport,
    onerror: (error) => io.tell(`protocol: ${error.message}`),
  });
  await ended;
  await Promise.all([close(), handle.close()]);
  return EXIT.answered;
}
