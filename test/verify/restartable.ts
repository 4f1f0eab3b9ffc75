import { once, setMaxListeners } from 'node:events';
import { createServer, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import { drip } from '../support/delivery.ts';
import { dialects } from '../support/dialects/index.ts';
import { origin } from '../support/loopback.ts';
import { play } from '../support/play.ts';
import { answer } from '../support/reply.ts';

/** A vendor that can be killed, and started again on the same port. */
export type Restartable = AsyncDisposable & {
  url: string;
  /** How many requests arrived. */
  asked: () => number;
  /** Breaks off every answer; returns how many those were. Nobody listens from then on. */
  kill: () => Promise<number>;
  start: () => Promise<void>;
};

/** Speaks OpenAI's chat; a piece of the answer every `pauseMs`. */
export async function startRestartable(pieces: readonly string[], pauseMs: number): Promise<Restartable> {
  const dialect = dialects['openai-chat'];
  let asked = 0;
  let open = 0;
  let port = 0;
  let server: Server | undefined;

  async function start(): Promise<void> {
    const ended = new AbortController();
    // Every answer under way listens to it.
    setMaxListeners(0, ended.signal);
    server = createServer((incoming, response) => {
      asked += 1;
      open += 1;
      response.once('close', () => (open -= 1));
      const serve = async () => {
        const reply = answer({ text: pieces })(dialect, JSON.parse(await text(incoming)));
        await play(drip(pauseMs)(reply), reply, response, ended.signal);
      };
      // Only a request that breaks off can fail here.
      serve().catch(() => response.destroy());
    });
    server.once('close', () => ended.abort());
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    port = Number(new URL(origin(server)).port);
  }

  async function kill(): Promise<number> {
    const broken = open;
    if (server?.listening !== true) return 0;
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
    return broken;
  }

  await start();
  return {
    url: `http://127.0.0.1:${port}`,
    asked: () => asked,
    kill,
    start,
    [Symbol.asyncDispose]: async () => void (await kill()),
  };
}
