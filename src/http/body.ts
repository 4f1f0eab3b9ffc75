import type { IncomingMessage } from 'node:http';

/** A request's body, parsed; `too_large` and `malformed` are answers, not accidents. `undefined` in `json`: there was none. */
export type Body = { json: unknown } | 'too_large' | 'malformed';

/** Of a body that is too large, at most this many times the limit is read and thrown away, so that the client hears the answer. */
const MAX_DRAINED = 8;

/** Keeps at most `maxBytes`. What is larger is drained, up to a bound, because a client that is still writing reads nothing. */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Body> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    if (!(chunk instanceof Uint8Array)) return 'malformed';
    bytes += chunk.byteLength;
    if (bytes > maxBytes * MAX_DRAINED) return 'too_large';
    if (bytes <= maxBytes) chunks.push(chunk);
  }
  if (bytes > maxBytes) return 'too_large';
  if (bytes === 0) return { json: undefined };
  try {
    return { json: JSON.parse(Buffer.concat(chunks).toString('utf8')) };
  } catch {
    return 'malformed';
  }
}
