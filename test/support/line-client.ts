import { envelope, type Era, HELLO } from './eras.ts';
import { messagesIn, type RpcMessage, strayLines, told, type Told } from './messages.ts';
import { type Launch, type Running, start } from './process.ts';
import { until } from './until.ts';

type Params = { [key: string]: unknown; _meta?: Record<string, unknown> };

/** A client that writes its own lines, so that nothing stands between the test and the protocol. */
export type LineClient = Running & {
  /** Writes a request; resolves to its response. */
  request(method: string, params?: Params, id?: number | string): Promise<RpcMessage>;
  notify(method: string, params?: Params): void;
  /** Calls a tool; resolves to what it told. */
  call(name: string, args: object, meta?: Record<string, unknown>): Promise<Told>;
  messages(): RpcMessage[];
};

/**
 * A server on stdio that has greeted a client of the era. Whatever happens in the test, at its end nothing but JSON-RPC may
 * have come out of the server's stdout. `patienceMs`: how long an answer is waited for.
 */
export async function openLines(launch: Launch, era: Era = 'legacy', patienceMs?: number): Promise<LineClient> {
  const server = start(launch);
  let last = 0;
  const messages = (): RpcMessage[] => messagesIn(server.stdout());
  const write = (message: object): void => server.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  const client: LineClient = {
    ...server,
    messages,
    notify: (method, params = {}) => write({ method, params }),
    async request(method, params = {}, id = (last += 1)) {
      write({ id, method, params: { ...params, _meta: { ...envelope(era), ...params._meta } } });
      const answered = (message: RpcMessage): boolean => message.id === id && message.method === undefined;
      return until(
        () => messages().find(answered),
        () => `an answer to ${method}; stderr: ${server.stderr()}`,
        patienceMs,
      );
    },
    async call(name, args, _meta = {}) {
      return told((await client.request('tools/call', { name, arguments: args, _meta })).result);
    },
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      const stray = strayLines(server.stdout());
      if (stray.length > 0) throw new Error(`On stdout was more than JSON-RPC: ${stray.join('\n').slice(0, 400)}`);
    },
  };
  if (era === 'modern') await client.request('server/discover');
  else {
    await client.request('initialize', HELLO);
    client.notify('notifications/initialized');
  }
  return client;
}
