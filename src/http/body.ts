import type { IncomingMessage } from 'node:http';

/** A request's body, parsed; `too_large` and `malformed` are answers, not accidents. `undefined` in `json`: there was none. */
export type Body = { json: unknown } | 'too_large' | 'malformed';

/** Reads at most `maxBytes`. What is declared larger is not read at all. */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Body> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) return 'too_large';
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    if (!(chunk instanceof Uint8Array)) return 'malformed';
    bytes += chunk.byteLength;
    if (bytes > maxBytes) return 'too_large';
    chunks.push(chunk);
  }
  if (bytes === 0) return { json: undefined };
  try {
    return { json: JSON.parse(Buffer.concat(chunks).toString('utf8')) };
  } catch {
    return 'malformed';
  }
}
