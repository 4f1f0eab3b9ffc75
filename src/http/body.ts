import type { IncomingMessage } from 'node:http';

/** A request's body, parsed, or why there is none. `json` is undefined where the body was empty. */
export type Body = { json: unknown } | 'too_large' | 'malformed' | 'busy';

/** Reads bodies; those that are being read or parsed at one time share a bound. */
export type BodyReader = (request: IncomingMessage) => Promise<Body>;

/** Of a body that is too large, at most this many times the limit is read and thrown away, so that the client hears the answer. */
const MAX_DRAINED = 8;

/** All bodies at one time may take this many times the limit of one. */
const MAX_TOGETHER = 6;

/**
 * Creates a reader that keeps at most `maxBytes` of a body, and of all bodies together a few times
 * that, so that many large ones cannot fill the memory. What is larger is drained, up to a bound,
 * because a client that is still writing reads nothing.
 */
export function createBodyReader(maxBytes: number): BodyReader {
  const most = maxBytes * MAX_TOGETHER;
  let together = 0;

  async function read(request: IncomingMessage, take: (bytes: number) => boolean): Promise<Body> {
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    for await (const chunk of request) {
      if (!(chunk instanceof Uint8Array)) return 'malformed';
      bytes += chunk.byteLength;
      if (bytes > maxBytes * MAX_DRAINED) return 'too_large';
      if (bytes > maxBytes) continue;
      if (!take(chunk.byteLength)) return 'busy';
      chunks.push(chunk);
    }
    if (bytes > maxBytes) return 'too_large';
    if (bytes === 0) return { json: undefined };
    try {
      return { json: JSON.parse(Buffer.concat(chunks).toString('utf8')) };
    } catch {
      return 'malformed';
    }
  }

  return async (request) => {
    let taken = 0;
    const take = (bytes: number): boolean => {
      if (together + bytes > most) return false;
      together += bytes;
      taken += bytes;
      return true;
    };
    try {
      return await read(request, take);
    } finally {
      together -= taken;
    }
  };
}
