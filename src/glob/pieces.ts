import { DEEPEST, type Dialect } from './dialects.ts';

/** Whether a character is taken. */
type Test = (char: string) => boolean;

/** A piece of a pattern: one character, any number of them, any number of folders with their slashes, or one of several texts. */
export type Piece = { one: Test } | { many: Test } | { folders: true } | { either: Piece[][] };

export const isNoSlash: Test = (char) => char !== '/';
const isAny: Test = () => true;
const literal = (wanted: string): Piece => ({ one: (char) => char === wanted });

/** A part of a pattern as it was written, and what it means where it does not part the choices in braces. */
type Token = { text: string; piece: Piece };

/** The most texts that `{1..20}` may stand for. */
const LONGEST_COUNT = 100;

/** The texts that `{1..20}`, `{01..20}` or `{a..e}` stands for; undefined where they are too many or of two kinds. */
function countedTexts(first: string, last: string): string[] | undefined {
  const isNumber = /\d/.test(first);
  const [from, to] = isNumber ? [Number(first), Number(last)] : [first.charCodeAt(0), last.charCodeAt(0)];
  const length = Math.abs(to - from) + 1;
  if (isNumber !== /\d/.test(last) || length > LONGEST_COUNT) return undefined;
  const width = [first, last].some((text) => /^0\d/.test(text)) ? Math.max(first.length, last.length) : 0;
  const all = Array.from({ length }, (_, index) => from + index * Math.sign(to - from));
  return all.map((at) => (isNumber ? String(at).padStart(width, '0') : String.fromCharCode(at)));
}

/** Reads `[abc]`, `[a-z]` or `[!a-z]`. */
function classTest(said: string, { isPath }: Dialect): Test {
  const [, not, inside = ''] = /^\[([!^]?)([^]*)\]$/.exec(said) ?? [];
  const ranges = Array.from(inside.matchAll(/([^])-([^])|([^])/gu), ([, first, last, only]) => [first ?? only, last ?? only]);
  const isInside: Test = (char) => ranges.some(([first = '', last = '']) => first <= char && char <= last);
  return (char) => !(isPath && char === '/') && isInside(char) === (not === '');
}

/** Reads stars: any number of folders where they are a whole name, else any number of characters. */
function starsToken(said: string, before: string, after: string): Token {
  const isName = said.length > 1 && /^[/{,]?$/.test(before) && /^[/},]?$/.test(after);
  if (isName && after === '/') return { text: `${said}/`, piece: { folders: true } };
  return { text: said, piece: { many: isName ? isAny : isNoSlash } };
}

// The forms of what may stand at a place, tried one after the other. A class has at most 100 characters: a bracket that closes
// nowhere is not looked for through the whole pattern each time.
const ESCAPED = /\\([^])/uy;
const CLASS = /\[[!^]?\]?[^\]/]{0,100}\]/uy;
const COUNTED = /\{(\d{1,6}|[a-z])\.\.(\d{1,6}|[a-z])\}/iuy;
const STARS = /\*+/y;
const ANY_CHAR = /[^]/uy;

function tokenAt(pattern: string, at: number, dialect: Dialect): Token {
  const found = (form: RegExp): RegExpExecArray | null => {
    form.lastIndex = at;
    return form.exec(pattern);
  };
  const [escape, escaped] = found(ESCAPED) ?? [];
  if (escape !== undefined && escaped !== undefined) return { text: escape, piece: literal(escaped) };
  const [said] = found(CLASS) ?? [];
  if (said !== undefined) return { text: said, piece: { one: classTest(said, dialect) } };
  const [count, first = '', last = ''] = (dialect.braces && found(COUNTED)) || [];
  const counted = count === undefined ? undefined : countedTexts(first, last);
  if (count !== undefined && counted !== undefined)
    return { text: count, piece: { either: counted.map((one) => Array.from(one, literal)) } };
  const [stars] = found(STARS) ?? [];
  if (stars !== undefined) {
    if (!dialect.isPath) return { text: stars, piece: { many: isAny } };
    return starsToken(stars, pattern[at - 1] ?? '', pattern[at + stars.length] ?? '');
  }
  const [char = ''] = found(ANY_CHAR) ?? [];
  return { text: char, piece: char === '?' ? { one: dialect.isPath ? isNoSlash : isAny } : literal(char) };
}

function tokensOf(pattern: string, dialect: Dialect): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < pattern.length; at += tokens.at(-1)?.text.length ?? 1) tokens.push(tokenAt(pattern, at, dialect));
  return tokens;
}

/** The places of the braces, and of the commas in them, that part choices: braces that close nowhere or hold one choice are text. */
function partingPlaces(tokens: readonly Token[]): Set<number> {
  const parting = new Set<number>();
  const open: number[][] = [];
  for (const [at, { text }] of tokens.entries()) {
    if (text === '{') open.push([at]);
    if (text === ',') open.at(-1)?.push(at);
    if (text !== '}') continue;
    const places = open.pop() ?? [];
    if (places.length > 1 && open.length < DEEPEST) for (const place of [...places, at]) parting.add(place);
  }
  return parting;
}

/** Reads a pattern. Every text is one: what has no other meaning stands for itself. */
export function readPieces(pattern: string, dialect: Dialect): Piece[] {
  const tokens = tokensOf(pattern, dialect);
  const parting = dialect.braces ? partingPlaces(tokens) : new Set<number>();
  /** The sequences of pieces that are being read, from the outermost in; each but the first is a choice in braces. */
  const whole: Piece[] = [];
  const choices: Piece[][][] = [];
  const current = (): Piece[] => choices.at(-1)?.at(-1) ?? whole;
  for (const [at, { text, piece }] of tokens.entries()) {
    if (!parting.has(at)) current().push(piece);
    else if (text === '{') choices.push([[]]);
    else if (text === ',') choices.at(-1)?.push([]);
    else {
      const either = choices.pop();
      if (either !== undefined) current().push({ either });
    }
  }
  return whole;
}
