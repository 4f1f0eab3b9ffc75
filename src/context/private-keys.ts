/** Where a secret stands in a text, and what it is. */
export type Finding = { start: number; end: number; kind: string };

const EDGE = /-----(BEGIN|END)[A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g;
/** A line of a key's body, or of a header of old keys and PGP; indented or quoted as it may be. */
const BODY = /^[\s"'+,\\|#*/-]*(?:[A-Za-z0-9+/=\\]{1,200}|[A-Za-z-]{3,20}: [^\n]{0,100})?[\s"'+,;\\nr]*$/;
/** A key has no more lines than this. */
const MOST_LINES = 400;

/** Where the body that begins at `from` ends, read line by line in one direction. */
function extent(text: string, from: number, forward: boolean): number {
  let at = from;
  for (let lines = 0; lines < MOST_LINES; lines += 1) {
    const edge = forward ? text.indexOf('\n', at) : text.lastIndexOf('\n', at - 2);
    const next = forward ? (edge === -1 ? text.length : edge + 1) : edge + 1;
    const line = forward ? text.slice(at, next) : text.slice(next, at);
    if (next === at || line.length > 400 || !BODY.test(line.trimEnd())) return at;
    at = next;
  }
  return at;
}

/** A run that only a key's body has; without one, the marks are talked about and hold nothing. */
const hasBody = (text: string): boolean => /[A-Za-z0-9+/]{24}/.test(text);

/** The furthest that BEGIN and END of one key lie apart. */
const LONGEST = 20_000;

/**
 * Private keys, whole or cut: from BEGIN to END where both are there, else from the mark that is there through what looks like
 * the body, because a log or a part of a file may show only one end of a key.
 */
export function privateKeys(text: string): Finding[] {
  const marks = Array.from(text.matchAll(EDGE), (match) => ({
    begins: match[1] === 'BEGIN',
    start: match.index,
    end: match.index + match[0].length,
  }));
  return marks.flatMap(({ begins, start, end }, index) => {
    const [before, next] = [marks[index - 1], marks[index + 1]];
    const paired = (a: typeof before, b: typeof next): boolean =>
      a?.begins === true && b?.begins === false && b.start - a.end < LONGEST;
    if (!begins && paired(before, { begins, start, end })) return [];
    const whole = begins && paired({ begins, start, end }, next) ? next : undefined;
    const from = begins ? start : Math.min(start, extent(text, text.lastIndexOf('\n', start) + 1, false));
    const to = whole?.end ?? (begins ? cutAt(text, end) : end);
    return hasBody(text.slice(begins ? end : from, whole?.start ?? (begins ? to : start)))
      ? [{ start: from, end: to, kind: 'private key' }]
      : [];
  });
}

/** After BEGIN: what is left of its line, then the body. */
function cutAt(text: string, end: number): number {
  const line = text.indexOf('\n', end);
  if (line === -1) return text.length;
  const last = extent(text, line + 1, true);
  return last > line + 1 && text[last - 1] === '\n' ? last - 1 : Math.max(line, last);
}
