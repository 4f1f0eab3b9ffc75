import { serveStdio as serveOverStdio } from '@modelcontextprotocol/server/stdio';
import { createStdioTransport } from '../mcp/stdio-transport.ts';
import { createServer } from '../server.ts';
import { EXIT } from './exit.ts';
import type { Io } from './io.ts';
import { service, type ServeOptions } from './serve.ts';

/** The longest message, in bytes: a prompt of the greatest length that is taken, in a script that needs several bytes a letter. */
const MAX_MESSAGE_BYTES = 64 * 1_048_576;

/**
 * The time that received requests have to finish after stdin ended, in milliseconds: long enough
 * for a prompt that was piped in, and short enough for a host that went away without a signal.
 */
const DRAIN_MS = 60_000;

/**
 * Serves MCP on stdin and stdout, for clients of both eras, until the process is asked to end, or
 * stdin has ended and what was received is answered. Returns the exit code.
 */
export async function serveStdio(io: Io, options: ServeOptions): Promise<number> {
  if (io.isTyped())
    io.tell(
      'Switchboard serves MCP here and waits for a host. To ask a model: switchboard call "your question" (end this with Ctrl-C).',
    );
  const { deps, close } = service(io, options);
  const { transport, ended } = createStdioTransport({
    ...io.streams,
    maxMessageBytes: MAX_MESSAGE_BYTES,
    drainMs: DRAIN_MS,
    isAbandoned: io.isAbandoned,
  });
  const asked = new Promise<void>((end) => io.signal.addEventListener('abort', () => end(), { once: true }));
  const handle = serveOverStdio(() => createServer(deps), {
    transport,
    onerror: (error) => io.tell(`protocol: ${error.message}`),
  });
  await Promise.race([ended, asked]);
  await Promise.all([close(), handle.close()]);
  return EXIT.answered;
}
