import { type Launch, type Running, start } from './process.ts';

/** A server that listens on a port of its own. */
export type HttpServer = Running & { url: string };

/** Starts `serve --http` on a free port, and waits until it says where it is. */
export async function startHttp({ args = [], ...launch }: Launch): Promise<HttpServer> {
  const server = start({ ...launch, args: ['serve', '--http', '--port', '0', ...args] });
  const [, url = ''] = await server.told(/Switchboard is at (http:\S+)/);
  return { ...server, url };
}
