import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { origin } from './loopback.ts';

/** What a server says at a path: a status and a JSON body, or a text. */
type Said = readonly [status: number, body: unknown];

/** What is asked of a server: its method and path, its parsed body, and its headers. */
export type Asked = { path: string; body: Record<string, unknown>; headers: IncomingMessage['headers'] };

/** A server on loopback that answers at some paths, as `METHOD /path`, and at no others. */
export type Places = AsyncDisposable & { url: string; asked: Asked[]; paths: () => string[] };

const NOWHERE: Said = [404, { detail: 'Not Found' }];

const isTable = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

async function read(incoming: IncomingMessage): Promise<Asked> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString('utf8');
  const body: unknown = text === '' ? {} : JSON.parse(text);
  return { path: `${incoming.method} ${incoming.url}`, body: isTable(body) ? body : {}, headers: incoming.headers };
}

/** `elsewhere` is what is said at every other path. */
export async function startPlaces(
  places: Record<string, Said | ((asked: Asked) => Said)>,
  elsewhere: Said = NOWHERE,
): Promise<Places> {
  const asked: Asked[] = [];
  async function serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const request = await read(incoming);
    asked.push(request);
    const place = places[request.path.replace(/\?.*/, '')] ?? elsewhere;
    const [status, body] = typeof place === 'function' ? place(request) : place;
    const isText = typeof body === 'string';
    outgoing.writeHead(status, { 'content-type': isText ? 'text/html' : 'application/json' });
    outgoing.end(isText ? body : JSON.stringify(body));
  }
  const server = createServer((incoming, outgoing) => {
    serve(incoming, outgoing).catch(() => outgoing.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: origin(server),
    asked,
    paths: () => asked.map(({ path }) => path),
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

/** A whole answer in OpenAI's two protocols. */
export const CHAT: Said = [
  200,
  {
    object: 'chat.completion',

    choices: [{ index: 0, message: { role: 'assistant', content: 'Hello' }, finish_reason: 'stop' }],
    usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 },
  },
];
export const RESPONSE: Said = [
  200,
  {
    object: 'response',
    status: 'completed',

    output: [{ type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Hello' }] }],
    usage: { input_tokens: 10, output_tokens: 5, total_tokens: 15 },
  },
];
