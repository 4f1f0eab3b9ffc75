import type { Finding } from './secret-rule.ts';

const EDGE = /-----(BEGIN|END)[A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g;

/** The furthest that BEGIN and END of one key lie apart. */
const LONGEST = 20_000;
/** A key that is cut has no more lines than this. */
const MOST_LINES = 400;

/** How a line is indented, numbered, quoted or put together. */
const WRAPPED = /^[\s"'`+,\\|#*>/-]{0,40}(?:\d{1,6}[|:])?[\s"'`+,\\|#*>/-]{0,40}/;
/** A line of a key's body without what it is wrapped in: base64 and nothing else. */
const BODY = /^[A-Za-z0-9+/=]*[\s"'`+,;)\\.\u2026]{0,40}$/;
/** A line of code or of a log that ends in a line of a key. */
const ENDS_IN_BODY = /[\s"'`(:=|](?=[A-Za-z+/]{0,63}\d)[A-Za-z0-9+/]{40,200}={0,2}[\s"'`+,;)\\]{0,20}$/;
/** A header of old keys and of PGP. */
const HEADER = /^\W{0,40}(?:Proc-Type|DEK-Info|Version|Comment|Hash|Charset|MessageID|X-[A-Za-z-]{1,20}): [^\n]{0,200}$/;

/** The ends of lines, real ones and those written as `\n` in a string. */
const BREAK = /\r\n|\n|\r|\\+[nr]/;

const isBodyLine = (line: string): boolean =>
  line.split(BREAK).every((part) => BODY.test(part.replace(WRAPPED, '')) || HEADER.test(part) || ENDS_IN_BODY.test(part));

/** A run that a key's body has and hardly any name in a program; without one, the marks are talked about and hold nothing. */
const hasBody = (text: string): boolean =>
  (text.match(/[A-Za-z0-9+/]{24,}/g) ?? []).some((run) => [/[a-z]/, /[A-Z]/, /\d/].every((kind) => kind.test(run)));

/** Of the lines between BEGIN and END, so many are a key's; a log may have put words into the others. */
const MOSTLY = 1 / 2;

/** Whether what stands between BEGIN and END is a key, in lines or all in one with blanks between. */
function isKey(between: string): boolean {
  if (!hasBody(between)) return false;
  const lines = between.split(between.includes('\n') ? /\r?\n/ : /\s+/).filter((line) => line.trim() !== '');
  return lines.filter(isBodyLine).length >= lines.length * MOSTLY;
}

/** Where the body that begins at `from` ends, read line by line in one direction. */
function extent(text: string, from: number, forward: boolean): number {
  let at = from;
  for (let lines = 0; lines < MOST_LINES; lines += 1) {
    const edge = forward ? text.indexOf('\n', at) : text.lastIndexOf('\n', at - 2);
    const next = forward ? (edge === -1 ? text.length : edge + 1) : edge + 1;
    const line = forward ? text.slice(at, next) : text.slice(next, at);
    if (next === at || line.length > LONGEST || !isBodyLine(line.trimEnd())) return at;
    at = next;
  }
  return at;
}

/** What may follow BEGIN on its line: a body, as it is written in a string. */
const REST = /^[A-Za-z0-9+/=\\ \t"'`,:-]*/;

/** After BEGIN of a key that is cut: what is left of it on this line, then its body's lines, without the last line break. */
function cutAt(text: string, end: number, limit: number): number {
  const rest = end + (REST.exec(text.slice(end, Math.min(limit, end + LONGEST)))?.[0].length ?? 0);
  const line = /^\r?\n/.exec(text.slice(rest, rest + 2))?.[0].length;
  if (line === undefined) return rest;
  const last = extent(text, rest + line, true);
  return last > rest + line ? last - (/\r?\n$/.exec(text.slice(last - 2, last))?.[0].length ?? 0) : rest;
}

/** Before END of a key that is cut: the begin of its line, or of its body's lines above; no further than `floor`. */
function beginOf(text: string, start: number, floor: number): number {
  const line = text.slice(floor, start).lastIndexOf('\n');
  return line === -1 ? floor : extent(text, floor + line + 1, false);
}

type Mark = { begins: boolean; start: number; end: number };

const paired = (text: string, a: Mark | undefined, b: Mark | undefined): boolean =>
  a?.begins === true && b?.begins === false && b.start - a.end < LONGEST && isKey(text.slice(a.end, b.start));

/** Finds the rest of a key that is cut, from the mark that is there; `floor` and `limit`: no further than to the next marks. */
function cutKey(text: string, { begins, start, end }: Mark, floor: number, limit: number): Finding[] {
  const from = begins ? start : beginOf(text, start, Math.max(floor, start - LONGEST));
  const to = begins ? cutAt(text, end, limit) : end;
  const body = text.slice(begins ? end : from, begins ? to : start);
  return hasBody(body) ? [{ start: from, end: to, kind: 'private key' }] : [];
}

/**
 * Finds private keys, whole or cut: from BEGIN to END where both are there and a key's body lies between them, else from the mark
 * that is there through what looks like the body, because a log or a part of a file may show only one end of a key. Mark by mark,
 * so that others can have their turn.
 */
export function* privateKeys(text: string): Generator<readonly Finding[]> {
  const marks = Array.from(text.matchAll(EDGE), (match) => ({
    begins: match[1] === 'BEGIN',
    start: match.index,
    end: match.index + match[0].length,
  }));
  let isClosed = false;
  for (const [index, mark] of marks.entries()) {
    const next = marks[index + 1];
    const isWhole = paired(text, mark, next);
    if (isWhole) yield [{ start: mark.start, end: next?.end ?? mark.end, kind: 'private key' }];
    // The END of a whole key is told with its BEGIN.
    else if (mark.begins || !isClosed) yield cutKey(text, mark, marks[index - 1]?.end ?? 0, next?.start ?? text.length);
    isClosed = isWhole;
  }
}
