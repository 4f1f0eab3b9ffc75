import { decodeText } from '../../encoding/decode.ts';

/** A line of a diff: its sign, its text, whether a carriage return stood in it, and its number in the old and in the new file. */
type Row = { sign: string; text: string; returns: boolean; old: number; now: number };

/**
 * A file's diff: what stands before its lines, and all lines of both versions. `submodule`: it says where a submodule stands;
 * `encodings`: those in which the versions were read, where they are no UTF-8.
 */
export type Section = { head: string[]; rows: Row[]; submodule: boolean; encodings: string[] };

const SUBMODULE = /^(?:index \S+|(?:old|new|deleted file|new file) mode) 160000$/;

/** Lines of context around a change, as git shows them. */
const CONTEXT = 3;

/**
 * Reads what git says of one file with all its context: mostly one section, two where a file became a link. As bytes, because each
 * version may have an encoding of its own. Undefined where one of them is no text.
 */
export function parseSections(bytes: Buffer): Section[] | undefined {
  const sections = bytes
    .toString('latin1')
    .split(/(?<=^|\n)(?=diff --git )/)
    .filter((text) => text !== '')
    .map((text) => {
      const lines = text.replace(/\n$/, '').split('\n');
      const first = lines.findIndex((line) => line.startsWith('@@'));
      const head = (first === -1 ? lines : lines.slice(0, first)).map((line) => bytesOf(line).toString('utf8'));
      if (first === -1) return { head, rows: [], submodule: false, encodings: [] };
      const decoded = decodeRows(rowsOf(lines.slice(first + 1)));
      if (decoded === undefined) return undefined;
      return {
        head: head.filter((line) => !line.startsWith('index ')),
        submodule: head.some((line) => SUBMODULE.test(line)),
        ...decoded,
      };
    });
  const readable = sections.filter((section) => section !== undefined);
  return readable.length === sections.length ? readable : undefined;
}

/** The bytes that a text in which each character is a byte stands for. */
const bytesOf = (latin1: string): Buffer => Buffer.from(latin1, 'latin1');

function rowsOf(lines: readonly string[]): Row[] {
  let [old, now] = [0, 0];
  return lines.map((line) => {
    const sign = line[0] ?? ' ';
    if (sign === ' ' || sign === '-') old += 1;
    if (sign === ' ' || sign === '+') now += 1;
    return { sign, text: line.slice(1), returns: false, old, now };
  });
}

/** The signs of the lines that make up a version of a file; what both have is read as a part of the newer one. */
const VERSIONS: readonly { signs: string; reads: string }[] = [
  { signs: ' -', reads: '-' },
  { signs: ' +', reads: ' +' },
];

/** Carriage returns would count as lines where the versions are scanned. */
const withoutReturns = (row: Row): Row => ({ ...row, text: row.text.replaceAll('\r', ''), returns: row.text.includes('\r') });

/** Rows whose characters are bytes as text, each version in its own encoding; undefined where one is no text. */
function decodeRows(rows: readonly Row[]): Pick<Section, 'rows' | 'encodings'> | undefined {
  const texts = rows.map(({ text }) => text);
  const encodings = new Set<string>();
  for (const { signs, reads } of VERSIONS) {
    const own = [...rows.entries()].filter(([, { sign }]) => signs.includes(sign));
    const decoded = decodeText(bytesOf(own.map(([, { text }]) => text).join('\n')));
    if (decoded === undefined) return undefined;
    if (decoded.encoding !== undefined) encodings.add(decoded.encoding);
    const lines = decoded.text.split('\n');
    if (lines.length !== Math.max(1, own.length)) return undefined;
    for (const [index, [at, { sign }]] of own.entries()) if (reads.includes(sign)) texts[at] = lines[index] ?? '';
  }
  return { rows: rows.map((row, at) => withoutReturns({ ...row, text: texts[at] ?? '' })), encodings: [...encodings] };
}

/** One version of the file, whole. */
export const versionOf = ({ rows }: Section, sign: '+' | '-'): string =>
  rows
    .filter((row) => row.sign === sign || row.sign === ' ')
    .map(({ text }) => text)
    .join('\n');

/** How many lines are removed and added again with other line endings and nothing else: as they are shown, they look alike. */
export function endingsChanged(rows: readonly Row[]): number {
  const key = (text: string, returns: boolean): string => `${returns} ${text}`;
  const gone = new Map<string, number>();
  const countOf = (one: string): number => gone.get(one) ?? 0;
  for (const { sign, text, returns } of rows) if (sign === '-') gone.set(key(text, returns), countOf(key(text, returns)) + 1);
  let alike = 0;
  for (const { sign, text, returns } of rows) {
    const twin = key(text, !returns);
    if (sign !== '+' || countOf(twin) === 0) continue;
    gone.set(twin, countOf(twin) - 1);
    alike += 1;
  }
  return alike;
}

/** The rows near a change, in the groups that follow each other. */
export function nearChanges(rows: readonly Row[]): Row[][] {
  const near = new Set<number>();
  for (const [index, { sign }] of rows.entries()) {
    if (sign === ' ') continue;
    for (let at = index - CONTEXT; at <= index + CONTEXT; at += 1) near.add(at);
  }
  const groups: Row[][] = [];
  for (const [index, row] of rows.entries()) {
    if (!near.has(index)) continue;
    if (near.has(index - 1) && groups.length > 0) groups.at(-1)?.push(row);
    else groups.push([row]);
  }
  return groups;
}

/** `@@ -1,3 +1,4 @@`. Without the line that git adds from further above: nobody asked for it, and it may be the middle of a key. */
export function hunkHeader(rows: readonly Row[]): string {
  const span = (signs: string, numberOf: (row: Row) => number): string => {
    const own = rows.filter(({ sign }) => signs.includes(sign));
    const [first] = own;
    return first === undefined ? `${rows[0] === undefined ? 0 : numberOf(rows[0])},0` : `${numberOf(first)},${own.length}`;
  };
  return `@@ -${span(' -', ({ old }) => old)} +${span(' +', ({ now }) => now)} @@`;
}
