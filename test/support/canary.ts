import { once } from 'node:events';
import { createServer } from 'node:http';
import { origin } from './loopback.ts';

/** A server that nobody should ever speak to. It answers 500, and remembers that it was spoken to. */
export type Canary = { url: string; heard: readonly string[] };

/** Lives as long as the process, and does not keep it alive. */
export async function startCanary(): Promise<Canary> {
  const heard: string[] = [];
  const server = createServer((request, response) => {
    heard.push(`${request.method} ${request.url} ${JSON.stringify(request.headers)}`);
    response.writeHead(500).end('canary');
  });
  server.on('connect', (request, socket) => {
    heard.push(`CONNECT ${request.url}`);
    socket.end('HTTP/1.1 500 Canary\r\n\r\n');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  server.unref();
  return { url: origin(server), heard };
}
