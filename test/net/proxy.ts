import { once } from 'node:events';
import { createServer as createHttp, request } from 'node:http';
import { connect, createServer as createTcp, type Server, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { createServer as createTls } from 'node:tls';
import { origin } from '../support/loopback.ts';
import type { Certificate } from './certificate.ts';

/** A proxy on loopback that leads every name to one place, and remembers who was asked for. */
export type Proxy = AsyncDisposable & { url: string; asked: readonly string[]; credentials: readonly (string | undefined)[] };

async function listening(server: Server): Promise<AsyncDisposable & { url: string }> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    // Whatever breaks off is what a test is about.
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: origin(server),
    async [Symbol.asyncDispose]() {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
    },
  };
}

/** A proxy that leads to `place` (an origin) whatever it is asked for. */
export async function startProxy(place: string): Promise<Proxy> {
  const asked: string[] = [];
  const credentials: (string | undefined)[] = [];
  const { hostname, port } = new URL(place);
  const server = createHttp((incoming, outgoing) => {
    asked.push(incoming.url ?? '');
    credentials.push(incoming.headers['proxy-authorization']);
    const { pathname, search } = new URL(incoming.url ?? '', place);
    // What is for the proxy goes no further.
    const { 'proxy-authorization': _, ...headers } = incoming.headers;
    const onward = request({ hostname, port, path: pathname + search, method: incoming.method, headers });
    onward.on('response', (response) => {
      outgoing.writeHead(response.statusCode ?? 502, response.headers);
      response.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  });
  server.on('connect', (incoming, socket) => {
    asked.push(`CONNECT ${incoming.url}`);
    credentials.push(incoming.headers['proxy-authorization']);
    const onward = connect(Number(port), hostname, () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      socket.pipe(onward).pipe(socket);
    });
    together(socket, onward);
  });
  return { ...(await listening(server)), asked, credentials };
}

/** Two ends of one connection: where one goes, the other does. */
function together(...ends: Duplex[]): void {
  for (const end of ends) {
    end.on('error', () => undefined);
    end.on('close', () => {
      for (const other of ends) other.destroy();
    });
  }
}

/** Takes TLS off for the server at `place`, which speaks without: `url` says https. */
export async function startTls(place: string, { cert, key }: Certificate) {
  const { hostname, port } = new URL(place);
  const server = createTls({ cert, key }, (socket) => {
    const onward = connect(Number(port), hostname);
    socket.pipe(onward).pipe(socket);
    together(socket, onward);
  });
  server.on('tlsClientError', () => undefined);
  const { url, ...rest } = await listening(server);
  return { ...rest, url: url.replace('http:', 'https:') };
}

/** A port where somebody listens, takes every connection and then does `act` with it. */
export async function startPort(act: (socket: Socket) => void) {
  return listening(createTcp(act));
}

/** An address of this machine at which nobody listens. */
export async function deadAddress(): Promise<string> {
  await using port = await startPort(() => undefined);
  return port.url;
}
