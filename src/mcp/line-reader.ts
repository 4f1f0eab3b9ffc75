/** A line of the input, or the fact that one was longer than is taken. */
export type Line = { text: string } | { tooLong: number };

const NEWLINE = 0x0a;

/**
 * Cuts a stream of bytes into lines, in time that grows with the bytes alone. A line of more than
 * `maxBytes` is skipped to its end and told of, so the lines after it are read. Returns the
 * function that takes a chunk and hands on the lines that it ends.
 */
export function createLineReader(maxBytes: number, onLine: (line: Line) => void): (chunk: Uint8Array) => void {
  let pieces: Uint8Array[] = [];
  let bytes = 0;

  function keep(piece: Uint8Array): void {
    bytes += piece.byteLength;
    if (bytes > maxBytes) pieces = [];
    else if (piece.byteLength > 0) pieces.push(piece);
  }

  function finish(): void {
    const line: Line = bytes > maxBytes ? { tooLong: bytes } : { text: Buffer.concat(pieces).toString('utf8') };
    pieces = [];
    bytes = 0;
    onLine(line);
  }

  return (chunk) => {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      keep(chunk.subarray(start, end));
      finish();
      start = end + 1;
    }
    keep(chunk.subarray(start));
  };
}
