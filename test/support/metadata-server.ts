import { once } from 'node:events';
import { createServer } from 'node:http';
import { origin } from './loopback.ts';

/** A machine's metadata server, as Google's clouds have one. */
export type MetadataServer = AsyncDisposable & { host: string };

const TOKEN = '/computeMetadata/v1/instance/service-accounts/default/token';

/** Gives `token` to whoever asks as the documentation says. `await using` closes it. */
export async function startMetadataServer(token: string): Promise<MetadataServer> {
  const server = createServer(({ url = '', headers }, response) => {
    const known = headers['metadata-flavor'] === 'Google';
    const body = url.startsWith(TOKEN) ? { access_token: token, expires_in: 3599, token_type: 'Bearer' } : {};
    response.writeHead(known ? 200 : 403, { 'metadata-flavor': 'Google', 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    host: new URL(origin(server)).host,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
