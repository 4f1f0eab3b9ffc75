import type { Server } from 'node:net';

/** The origin of a server that listens on a loopback port. */
export function origin(server: Server): string {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server listens on no port.');
  return `http://127.0.0.1:${address.port}`;
}
