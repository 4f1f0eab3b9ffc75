import { count, widthOf } from '../../core/text.ts';

/** The most of a result that a host passes on whole. */
export type ResultLimit = {
  most: number;
  /** Characters count double and more where a script takes more tokens than Latin does. */
  unit: 'characters' | 'bytes';
  /** The most lines, for a host that counts those too. */
  lines?: number;
};

/** Measures a text in the unit of a limit. */
export const sizeIn = ({ unit }: ResultLimit, text: string): number =>
  unit === 'bytes' ? Buffer.byteLength(text) : widthOf(text);

const countLines = (text: string): number => {
  let lines = 1;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
};

/** Tells whether a host passes this text on whole. */
export const fitsIn = (limit: ResultLimit, text: string): boolean =>
  (limit.lines === undefined || countLines(text) <= limit.lines) && sizeIn(limit, text) <= limit.most;

/** Returns the limit with so much less room, for what will stand beside a text; lines shrink in proportion. */
export function withRoom(limit: ResultLimit, most: number): ResultLimit {
  const left = Math.max(0, Math.floor(most));
  return { ...limit, most: left, ...(limit.lines && { lines: Math.floor((limit.lines * left) / limit.most) }) };
}

/** Finds the largest number up to `most` that `fits`, where it fits all that are smaller. */
function largest(most: number, fits: (size: number) => boolean): number {
  let [low, high] = [0, Math.max(0, most)];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

/**
 * Returns where the longest beginning that fits ends, in characters; at a line's end where one is
 * near. It never parts the halves of a character.
 */
export function endOfBeginning(text: string, limit: ResultLimit): number {
  // No character measures less than one, so a longer text need not be measured.
  const longest = Math.min(text.length, limit.most);
  const most = largest(longest, (size) => fitsIn(limit, text.slice(0, size)));
  const line = text.lastIndexOf('\n', most - 1);
  const cut = most < text.length && line > most * 0.8 ? line + 1 : most;
  return /[\uD800-\uDBFF]/.test(text.charAt(cut - 1)) ? cut - 1 : cut;
}

/** The share of what is shown that is the beginning; the rest is the end. */
const BEGINNING = 0.75;

/** Returns where the beginning ends and where the end begins, in characters, of a text shown by both. */
export function cutMiddle(text: string, limit: ResultLimit): { head: number; tail: number } {
  const head = endOfBeginning(text, withRoom(limit, limit.most * BEGINNING));
  const room = withRoom(limit, limit.most * (1 - BEGINNING));
  const longest = Math.min(text.length - head, room.most);
  const start = text.length - largest(longest, (size) => fitsIn(room, text.slice(text.length - size)));
  return { head, tail: /[\uDC00-\uDFFF]/.test(text.charAt(start)) ? start + 1 : start };
}

/** Returns a text by its beginning and its end; unchanged where it fits. */
export function shorten(text: string, limit: ResultLimit): string {
  if (fitsIn(limit, text)) return text;
  const said = (left: number): string => `\n\n(… ${count(left)} characters are left out here …)\n\n`;
  const { head, tail } = cutMiddle(text, withRoom(limit, limit.most - said(text.length).length));
  return `${text.slice(0, head)}${said(tail - head)}${text.slice(tail)}`;
}

/**
 * Shares room among texts: each gets as much as the others leave it, so that short ones are whole
 * and long ones are cut alike. Returns each one's room, in the unit of the sizes.
 */
export function shareRoom(sizes: readonly number[], room: number): number[] {
  const bySize = sizes.map((size, at) => ({ size, at })).toSorted((a, b) => a.size - b.size);
  const shares: number[] = sizes.map(() => 0);
  let left = Math.max(0, room);
  for (const [nth, { size, at }] of bySize.entries()) {
    const share = Math.min(size, Math.floor(left / (bySize.length - nth)));
    shares[at] = share;
    left -= share;
  }
  return shares;
}
