import type { Estimate } from '../parcel/sent.ts';
import { headerOf, type Lines } from './header.ts';
import type { Range } from './selector.ts';

/** The lines `from` to `to` of a file that has `of`. */
export type Excerpt = { text: string; lines: Lines };

// Every line begins with its number, so that an answer can cite it, and so that no line of a file passes for a header.
const body = (lines: readonly string[], { from, to }: { from: number; to: number }): string =>
  lines
    .slice(from - 1, to)
    .map((line, index) => `${from + index}|${line}`)
    .join('\n');

/** Some lines of a file under a header that names it; `note` follows at its end. */
export function excerpt(path: string, lines: readonly string[], range: { from: number; to: number }, note = ''): Excerpt {
  const at = { ...range, of: lines.length };
  return { text: [headerOf(path, at), body(lines, at), ...(note === '' ? [] : [note])].join('\n'), lines: at };
}

/** The range within the file, or undefined where the file ends before it. */
export function clamp(range: Range | undefined, of: number): { from: number; to: number } | undefined {
  const { from, to = of } = range ?? { from: 1 };
  return from > Math.max(of, 1) ? undefined : { from, to: Math.min(to, of) };
}

/** As many of the lines as fit into `tokens`, with a statement of what is missing; undefined where not one does. */
export function cutToFit(
  path: string,
  lines: readonly string[],
  { from, to }: { from: number; to: number },
  tokens: number,
  estimate: Estimate,
): Excerpt | undefined {
  const upTo = (last: number): Excerpt =>
    excerpt(
      path,
      lines,
      { from, to: last },
      `[cut here: lines ${last + 1}-${to} do not fit; they are ${path}:${last + 1}-${to}]`,
    );
  let [low, high] = [from - 1, to - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (estimate(upTo(middle).text) <= tokens) low = middle;
    else high = middle - 1;
  }
  return low < from ? undefined : upTo(low);
}
