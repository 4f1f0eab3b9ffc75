import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import type { Content } from './reply.ts';

/** How servers compress, by the name that `content-encoding` has for it. */
const ENCODERS = { gzip: gzipSync, 'x-gzip': gzipSync, deflate: deflateSync, br: brotliCompressSync } as const;

export type Encoding = keyof typeof ENCODERS;

export const ENCODINGS: readonly Encoding[] = ['gzip', 'x-gzip', 'deflate', 'br'];

/** The content, compressed although nobody asked for that. */
export const compressed =
  (encoding: Encoding, content: Content): Content =>
  (dialect, request) => {
    const { headers, pieces, ...reply } = content(dialect, request);
    const body = ENCODERS[encoding](Buffer.concat([...pieces]));
    return { ...reply, headers: { ...headers, 'content-encoding': encoding }, pieces: [body] };
  };

/** Little on the wire, and far more than any answer when it is unpacked. */
export const bomb = (encoding: Encoding, contentType: string, bytes: number): Content =>
  compressed(encoding, () => ({
    status: 200,
    headers: { 'content-type': contentType },
    pieces: [Buffer.alloc(bytes, `: ${'x'.repeat(1020)}\n\n`)],
  }));
