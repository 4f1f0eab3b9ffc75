import type { Estimate } from '../parcel/sent.ts';
import { headerOf, type Lines } from './header.ts';
import type { Range } from './selector.ts';

/** Lines of a file that were read: the number of the first, and how many the file has, where it was read to its end. */
export type FileLines = { lines: readonly string[]; first: number; of?: number };

/** The lines `from` to `to` of a file. */
export type Excerpt = { text: string; lines: Lines };

// Every line begins with its number, so that an answer can cite it, and so that no line of a file passes for a header.
const body = ({ lines, first }: FileLines, { from, to }: { from: number; to: number }): string =>
  lines
    .slice(from - first, to - first + 1)
    .map((line, index) => `${from + index}|${line}`)
    .join('\n');

/** Some lines of a file under a header that names it; `note` follows at its end. */
export function excerpt(path: string, file: FileLines, range: { from: number; to: number }, note = ''): Excerpt {
  const at = { ...range, ...(file.of !== undefined && { of: file.of }) };
  return { text: [headerOf(path, at), body(file, at), ...(note === '' ? [] : [note])].join('\n'), lines: at };
}

/** The range within what was read of the file, or undefined where that ends before it. */
export function clamp(range: Range | undefined, { lines, first }: FileLines): { from: number; to: number } | undefined {
  const last = first + lines.length - 1;
  const { from, to = last } = range ?? { from: 1 };
  return from > Math.max(last, 1) ? undefined : { from, to: Math.min(to, last) };
}

/** As many of the lines as fit into `tokens`, with a statement of what is missing; undefined where not one does. */
export function cutToFit(
  path: string,
  file: FileLines,
  { from, to }: { from: number; to: number },
  tokens: number,
  estimate: Estimate,
): Excerpt | undefined {
  const upTo = (last: number): Excerpt =>
    excerpt(path, file, { from, to: last }, `[cut here: lines ${last + 1}-${to} do not fit; they are ${path}:${last + 1}-${to}]`);
  let [low, high] = [from - 1, to - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (estimate(upTo(middle).text) <= tokens) low = middle;
    else high = middle - 1;
  }
  return low < from ? undefined : upTo(low);
}
