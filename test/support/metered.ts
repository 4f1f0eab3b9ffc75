import type { Content } from './reply.ts';

/** A content, and how many bytes of it have been handed to the socket so far. */
export type Metered = { content: Content; sentBytes: () => number };

export function metered(content: Content): Metered {
  let bytes = 0;
  return {
    sentBytes: () => bytes,
    content(dialect, request) {
      const { pieces, ...reply } = content(dialect, request);
      return { ...reply, pieces: counted(pieces, (length) => (bytes += length)) };
    },
  };
}

function* counted(pieces: Iterable<Buffer>, count: (length: number) => void): Generator<Buffer> {
  for (const piece of pieces) {
    count(piece.length);
    yield piece;
  }
}
