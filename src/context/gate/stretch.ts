/** Some whole lines from the middle of a file: the number of the first, and whether the file ends with the last. */
export type Stretch = { bytes: Buffer; first: number; ends: boolean };

/** Bytes that follow each other, and the number of the line in which they end. */
type Piece = { bytes: Buffer; line: number };

/** How many bytes before and behind the lines are read along: a secret that begins or ends there is found. */
const AROUND = 256 * 1024;

/** The line breaks in some bytes, of which a break of two bytes may have begun before. */
function breaksIn(bytes: Buffer, before: Buffer | undefined): number {
  const breaks = bytes.toString('latin1').match(/\r\n|\n|\r/g)?.length ?? 0;
  return breaks - (before?.at(-1) === 0x0d && bytes[0] === 0x0a ? 1 : 0);
}

/** The place behind the first line break. */
function nextLine(bytes: Buffer): number {
  const found = /\r\n|\n|\r/.exec(bytes.toString('latin1'));
  return found === null ? bytes.length : found.index + found[0].length;
}

/** The bytes up to the last line break; all of them where there is none. */
function wholeLines(bytes: Buffer): Buffer {
  const last = Math.max(bytes.lastIndexOf(0x0a), bytes.lastIndexOf(0x0d));
  return last === -1 ? bytes : bytes.subarray(0, last + 1);
}

/**
 * Reads a file from its beginning as far as some lines of it need, and keeps these with what stands around them, at most
 * `maxBytes`. `next` reads on: no bytes mean the end.
 */
export async function readStretch(
  next: () => Promise<Buffer>,
  { from, to }: { from: number; to: number },
  maxBytes: number,
): Promise<Stretch> {
  const kept: Piece[] = [];
  let [line, size, behind] = [1, 0, 0];
  let dropped: Piece | undefined;
  let ends = false;
  while (size < maxBytes && behind < AROUND) {
    const bytes = await next();
    ends = bytes.length === 0;
    if (ends) break;
    line += breaksIn(bytes, kept.at(-1)?.bytes);
    kept.push({ bytes, line });
    size += bytes.length;
    if (line > to) behind += bytes.length;
    while (size - (kept[0]?.bytes.length ?? 0) >= AROUND && (kept[1]?.line ?? Infinity) < from) {
      dropped = kept.shift();
      size -= dropped?.bytes.length ?? 0;
    }
  }
  const read = Buffer.concat(kept.map((one) => one.bytes));
  const all = ends ? read : wholeLines(read);
  if (dropped === undefined) return { bytes: all, first: 1, ends };
  // What is left of the line in which the dropped part ended is no whole line.
  const isOneBreak = dropped.bytes.at(-1) === 0x0d && all[0] === 0x0a;
  return { bytes: all.subarray(isOneBreak ? 1 : nextLine(all)), first: dropped.line + (isOneBreak ? 0 : 1), ends };
}
