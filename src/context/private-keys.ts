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

/**
 * Private keys, whole or cut: from BEGIN to END where both are there, else from the mark that is there through what looks like
 * the body, because a diff or a log may show only one end of a key.
 */
export function privateKeys(text: string): Finding[] {
  const marks = Array.from(text.matchAll(EDGE), (match) => ({
    begins: match[1] === 'BEGIN',
    start: match.index,
    end: match.index + match[0].length,
  }));
  return marks.flatMap(({ begins, start, end }, index) => {
    const next = marks[index + 1];
    const before = marks[index - 1];
    const kind = 'private key';
    if (begins && next !== undefined && !next.begins && next.start - end < 20_000) return [{ start, end: next.end, kind }];
    if (!begins && before?.begins === true && start - before.end < 20_000) return [];
    if (begins) return [{ start, end: Math.max(end, cutAt(text, end)), kind }];
    return [{ start: Math.min(start, extent(text, text.lastIndexOf('\n', start) + 1, false)), end, kind }];
  });
}

/** After BEGIN: what is left of its line, then the body. */
function cutAt(text: string, end: number): number {
  const line = text.indexOf('\n', end);
  if (line === -1) return text.length;
  const last = extent(text, line + 1, true);
  return last > line + 1 && text[last - 1] === '\n' ? last - 1 : line;
}
