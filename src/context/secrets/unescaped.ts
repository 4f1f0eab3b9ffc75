import type { Pace } from '../../core/pace.ts';

/** A text as whoever runs or parses it reads it, and where each of its offsets stood in the text as it is written. */
export type Unescaped = { text: string; written: (offset: number) => number };

/**
 * Characters that are written as others: in strings of programs, JSON in JSON, logs and notebooks (`\n`, `\\"`, `\/`, `\u0022`,
 * `\x22`), and colours of a terminal. The letter of an escape before a key is no part of a word, and an escaped quote is one.
 */
const ESCAPE =
  /(?:\u001b|\\{1,8}(?:u001b|x1b|033|e))\[[\d;]{0,20}[A-Za-z]|\\{1,8}(?:(?<letter>[nrt])|(?<itself>["'`/])|(?:u00|x)(?<code>[0-7][0-9a-f]))/gi;

const LETTERS: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

function meantBy({ letter, itself, code }: Readonly<Record<string, string | undefined>>): string {
  if (letter !== undefined) return LETTERS[letter] ?? ' ';
  return itself ?? (code === undefined ? ' ' : String.fromCodePoint(Number.parseInt(code, 16)));
}

/** The last of some ascending numbers that is below a limit, as how many there are until it. */
function countBelow(numbers: readonly number[], limit: number): number {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? limit) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** So many escapes are read before others may have their turn. */
const AT_ONCE = 1000;

/** The line that holds a place, with its line break. */
function lineAround(text: string, at: number): { start: number; end: number } {
  const edge = text.indexOf('\n', at);
  return { start: text.lastIndexOf('\n', at - 1) + 1, end: edge === -1 ? text.length : edge + 1 };
}

/**
 * Reads every escape of a text, in the lines that hold one; the others are left out, because they read as they are written.
 * Undefined where none does.
 */
export async function unescaped(text: string, pace: Pace): Promise<Unescaped | undefined> {
  const pieces: string[] = [];
  /** The places, in the text as it is read, of things read as one character, and how many characters are gone by then. */
  const places: number[] = [];
  const gone: number[] = [];
  let [at, lost, end] = [0, 0, 0];
  const replace = (from: number, to: number, meant: string): void => {
    pieces.push(text.slice(at, from), meant);
    places.push(from - lost);
    lost += to - from - meant.length;
    gone.push(lost);
    at = to;
  };
  for (const { index, 0: escape, groups = {} } of text.matchAll(ESCAPE)) {
    if (index >= end) {
      const line = lineAround(text, index);
      if (line.start > end) replace(end, line.start, '\n');
      end = line.end;
    }
    replace(index, index + escape.length, meantBy(groups));
    if (places.length % AT_ONCE === 0) await pace.step();
  }
  if (places.length === 0) return undefined;
  return {
    text: pieces.join('') + text.slice(at, Math.max(at, end)),
    written: (offset) => offset + (gone[countBelow(places, offset) - 1] ?? 0),
  };
}
