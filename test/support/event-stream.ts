import { crc32 } from 'node:zlib';
import type { Framing } from './framing.ts';

const STRING = 7;

/** A name, the type of what follows, and that. */
function header(name: string, value: string): Buffer {
  const [key, text] = [Buffer.from(name), Buffer.from(value)];
  const length = Buffer.alloc(2);
  length.writeUInt16BE(text.length);
  return Buffer.concat([Buffer.of(key.length), key, Buffer.of(STRING), length, text]);
}

const word = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};

/** One message: a prelude of two lengths, headers, a payload, and a checksum after the prelude and at the end. */
function message(headers: Readonly<Record<string, string>>, payload: Buffer): Buffer {
  const head = Buffer.concat(Object.entries(headers).map(([name, value]) => header(name, value)));
  const lengths = Buffer.concat([word(head.length + payload.length + 16), word(head.length)]);
  const start = Buffer.concat([lengths, word(crc32(lengths)), head, payload]);
  return Buffer.concat([start, word(crc32(start))]);
}

/** Exceptions are told from events by their names, as in the API's own list of both. */
const headersOf = (name: string): Record<string, string> => ({
  ...(name.endsWith('Exception') ? { ':exception-type': name } : { ':event-type': name }),
  ':content-type': 'application/json',
  ':message-type': name.endsWith('Exception') ? 'exception' : 'event',
});

/** AWS's binary event stream. https://smithy.io/2.0/aws/amazon-eventstream.html */
export const eventStream: Framing = {
  contentType: 'application/vnd.amazon.eventstream',
  frame: ({ name = '', data }) => message(headersOf(name), Buffer.from(JSON.stringify(data))),
  broken: ({ name = '', data }) => message(headersOf(name), Buffer.from(JSON.stringify(data).slice(0, -2))),
};

/** The message with one bit of its payload turned over, which its checksum tells. */
export function damaged(frame: Buffer): Buffer {
  const copy = Buffer.from(frame);
  const at = copy.length - 6;
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
}
