import { nestsTooDeep, parseJson } from '../core/parse-json.ts';

/** JSON that was found in a text: what it says, and how it is written there. */
export type Found = { value: unknown; text: string };

type Placed = Found & { start: number };

/** A text is read over at most so often, so that one of nothing but brackets takes no time. */
const MAX_READINGS = 8;

const CLOSING: Readonly<Record<string, string>> = { '{': '}', '[': ']' };

/** The longest text that is mended, in characters: what a person would still read. */
const MAX_MENDED = 200_000;

const STRING = String.raw`("(?:[^"\\]|\\.)*")`;
const COMMENT = new RegExp(`${STRING}|//[^\n]*`, 'g');
const LOOSE = new RegExp(`${STRING}|,(?=\\s*[}\\]])|\\b(True|False|None)\\b`, 'g');

const PYTHON: Readonly<Record<string, string>> = { True: 'true', False: 'false', None: 'null' };

/** JSON as models write it that think of JavaScript or Python: with comments, a comma too many, words of Python. */
const asStrictJson = (text: string): string =>
  text
    .replace(COMMENT, (_, quoted: string | undefined) => quoted ?? '')
    .replace(LOOSE, (_, quoted: string | undefined, word: string | undefined) => quoted ?? PYTHON[word ?? ''] ?? '');

function parsed(text: string): Found | undefined {
  const value = parseJson(text);
  if (value !== undefined) return { value, text };
  if (text.length > MAX_MENDED || nestsTooDeep(text)) return undefined;
  const mended = asStrictJson(text);
  const meant = mended === text ? undefined : parseJson(mended);
  return meant === undefined ? undefined : { value: meant, text: mended };
}

/** How far the bracket at `start` was followed, strings left aside, and whether it is closed there. */
function follow(text: string, start: number): { at: number; closed: boolean } {
  const open: string[] = [];
  let quoted = false;
  for (let at = start; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (quoted) {
      if (char === '\\') at += 1;
      else quoted = char !== '"';
    } else if (char === '"') quoted = true;
    else if (CLOSING[char] !== undefined) open.push(CLOSING[char]);
    else if (char === '}' || char === ']') {
      if (open.pop() !== char) return { at, closed: false };
      if (open.length === 0) return { at, closed: true };
    }
  }
  return { at: text.length, closed: false };
}

/** Every object and list that stands in a text of other words, in its order. */
function amidst(text: string): Placed[] {
  const all: Placed[] = [];
  let read = 0;
  for (let start = text.search(/[[{]/); start !== -1 && read < MAX_READINGS * text.length;) {
    const { at, closed } = follow(text, start);
    read += at - start + 1;
    const found = closed ? parsed(text.slice(start, at + 1)) : undefined;
    if (found !== undefined) all.push({ ...found, start });
    const from = (found === undefined ? start : at) + 1;
    const next = text.slice(from).search(/[[{]/);
    start = next === -1 ? -1 : from + next;
  }
  return all;
}

/** What stands in code fences, as far as it is JSON. */
const inFences = (text: string): Placed[] =>
  Array.from(text.matchAll(/```\w*[ \t]*\r?\n([\s\S]*?)\r?\n?[ \t]*```/g)).flatMap(({ 1: inside = '', index: start }) => {
    const found = parsed(inside);
    return found === undefined ? [] : [{ ...found, start }];
  });

/** At most so many pieces of JSON are held against what is wanted, from the last on. */
const MAX_TRIED = 16;

/**
 * The JSON in a model's answer: the whole of it, else the last in a code fence or amidst other words that `fits`, because what
 * stands before it may be a draft. Where none does: what is in the last fence, else the longest. Undefined: there is none. Pure.
 */
export function readJson(text: string, fits: (value: unknown) => boolean = () => false): Found | undefined {
  const bare = text.trim().replace(/^\uFEFF/, '');
  const whole = parsed(bare);
  if (whole !== undefined) return whole;
  const [fenced, loose] = [inFences(bare), amidst(bare)];
  const last = [...fenced, ...loose].toSorted((a, b) => b.start - a.start).slice(0, MAX_TRIED);
  return last.find(({ value }) => fits(value)) ?? fenced.at(-1) ?? loose.toSorted((a, b) => b.text.length - a.text.length)[0];
}
