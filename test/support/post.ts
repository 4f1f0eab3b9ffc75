import { type IncomingHttpHeaders, type IncomingMessage, type OutgoingHttpHeaders, request } from 'node:http';
import { type RpcMessage, rpcMessage } from './messages.ts';

export type Sent = {
  /** `undefined`: as a POST with the body. */
  method?: string;
  headers?: OutgoingHttpHeaders;
  /** Sent as it is; anything but a string as JSON. */
  body?: unknown;
};

export type Got = {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
  /** The messages in it: one in a JSON body, one an event in a stream. */
  messages: RpcMessage[];
};

/** One request and its whole response, with headers that `fetch` would not let a test forge. */
export async function post(url: string, { method = 'POST', headers = {}, body }: Sent = {}): Promise<Got> {
  const outgoing = request(url, { method, headers, agent: false });
  const response = await new Promise<IncomingMessage>((got, failed) => {
    // A server that refuses a body may answer and leave before it has come: then the answer counts.
    outgoing.once('response', got).on('error', failed);
    outgoing.end(body === undefined || typeof body === 'string' ? body : JSON.stringify(body));
  });
  let text = '';
  for await (const chunk of response.setEncoding('utf8')) text += String(chunk);
  return { status: response.statusCode ?? 0, headers: response.headers, text, messages: messagesOf(text) };
}

function messagesOf(text: string): RpcMessage[] {
  const events = text.startsWith('{') ? [text] : text.split('\n').flatMap((line) => /^data: (\{.*)$/.exec(line)?.[1] ?? []);
  return events.flatMap((event) => {
    const { data } = rpcMessage.safeParse(JSON.parse(event));
    return data === undefined ? [] : [data];
  });
}
