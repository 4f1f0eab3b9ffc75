import { pipeline, type Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { Failure } from '../core/errors.ts';
import { ownEntry } from '../core/own-entry.ts';

const DECODERS: Record<string, () => Readable & NodeJS.WritableStream> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/** A body without the compression that we asked not to have and that some servers apply all the same. */
export function decoded(body: Readable, encoding: string | null, title: string): Readable {
  const name = encoding?.trim().toLowerCase() ?? '';
  if (name === '' || name === 'identity') return body;
  const decoder = ownEntry(DECODERS, name)?.();
  if (decoder === undefined) {
    // Whatever it says when it is destroyed, nobody reads it any more.
    body.on('error', () => undefined).destroy();
    throw new Failure('upstream', `${title} compressed its answer in a way that nobody asked for (content-encoding)`, {
      shouldRetry: false,
    });
  }
  // An error on either side destroys both; who reads the decoder hears of it.
  pipeline(body, decoder, () => undefined);
  return decoder;
}
