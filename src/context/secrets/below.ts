import { judge } from './measure.ts';
import type { Name } from './names.ts';
import type { Reader, Span } from './reader.ts';
import type { Finding } from './secret-rule.ts';

/** So much below a name is read, in characters and lines. */
const FURTHEST = 4000;
const MOST_LINES = 60;
/** So far before a name the beginning of its line is looked for, in characters. */
const LONGEST_INDENT = 200;

const OPENS = /[[{]/y;
const CLOSES: Readonly<Record<string, string>> = { '[': ']', '{': '}' };

/** The end of a line behind a sign that assigns: with the mark of a block of YAML, a bracket, or a remark. */
const LINE_ENDS = /[ \t]{0,40}(?:[|>][+-]?\d?[+-]?|\\|\()?[ \t]{0,20}(?:(?:\/\/|#)[^\n]{0,200})?\r?\n(?:[ \t+]{0,80}\r?\n)?/y;

/** The rest of a line on which a value stands alone. */
const ALONE = /[ \t]{0,20}[,;]?[ \t]{0,20}(?:[\r\n]|$)/y;

/** The mark of a block of YAML. */
const BLOCK = /[ \t]{0,40}[|>]/y;

/** The beginning of the next line: further in, quoted in a diff or a mail, an item of a list. */
const BEGINS = /[ \t+>]{0,80}(?:- )?[rbufRBUFL$@]{0,2}/y;

/** Values in a list, and alone on their lines. */
const ITEMS =
  /(?:[,[][ \t]{0,80}|^[ \t+>]{0,80}(?:- )?)(?:["'`](?<string>[^"'`\r\n]{8,})["'`]|(?<bare>[^\s"'`,;:=(){}<>[\]]{8,}={0,2})(?=[ \t]{0,20}(?:[,;\]\r\n]|#|$)))|^[ \t+>]{0,80}(?:- )?(?<alone>[^\s"'`(){}[\]<>]{8,})(?=[ \t]{0,20}(?:[\r\n]|$))/gm;
/** Values in a map, each behind a name. */
const FIELDS =
  /[\w"'-](?::|=>?)[ \t]{0,80}(?:["'`](?<string>[^"'`\r\n]{8,})["'`]|(?<bare>[^\s"'`,;:=(){}<>[\]]{8,}={0,2})(?=[ \t]{0,20}(?:[,;}\r\n]|#|$)))/g;

/** Measures how far in the line of a place begins. */
function indentAt(text: string, at: number): number {
  const before = text.slice(Math.max(0, at - LONGEST_INDENT), at);
  return /^[ \t+>]*(?:- ?)?/.exec(before.slice(before.lastIndexOf('\n') + 1))?.[0].length ?? 0;
}

/** Finds the end of the lines that are further in than `indent`. */
function endOfBlock(text: string, from: number, indent: number): number {
  let at = from;
  for (let lines = 0; lines < MOST_LINES && at < text.length && at - from < FURTHEST; lines += 1) {
    const edge = text.indexOf('\n', at);
    const line = text.slice(at, edge === -1 ? text.length : edge);
    const own = /^[ \t+>]*/.exec(line)?.[0].length ?? 0;
    if (own < line.trimEnd().length && own <= indent) break;
    at += line.length + 1;
  }
  return Math.min(at, text.length);
}

function endOfBracket(text: string, at: number): number {
  const end = text.slice(at, at + FURTHEST).indexOf(CLOSES[text[at] ?? ''] ?? ']');
  return end === -1 ? Math.min(text.length, at + FURTHEST) : at + end;
}

const judgeEach = (pattern: RegExp, reader: Reader, { start: from, end }: Span, name: Name): Finding[] =>
  Array.from(reader.text.slice(from, end).matchAll(pattern)).flatMap((match) => {
    const value = match.groups?.['string'] ?? match.groups?.['bare'] ?? match.groups?.['alone'] ?? '';
    const start = from + match.index + match[0].lastIndexOf(value);
    return judge(reader, [{ start, end: start + value.length }], name, 'within');
  });

/** Judges the next line: a string, or a value that stands there alone. */
function onNextLine(reader: Reader, from: number, name: Name): Finding[] {
  const at = reader.endOf(BEGINS, from) ?? from;
  if (/["'`]/.test(reader.text[at] ?? '')) return judge(reader, reader.strings(at), name, 'string');
  const span = reader.run(at, 'code');
  return reader.endOf(ALONE, span.end) === undefined ? [] : judge(reader, [span], name, 'beside');
}

/** Recognizes a name of several secrets, each of which has a name of its own. */
const isPlural = ({ text }: Reader, { start, end }: Name): boolean => /s$/i.test(text.slice(start, end));

/** Judges what a list, a map or the lines below a name hold; undefined if none begins at the place. */
export function below(reader: Reader, at: number, name: Name): Finding[] | undefined {
  const { text } = reader;
  const opened = reader.endOf(OPENS, at);
  const start = opened ?? reader.endOf(LINE_ENDS, at);
  if (start === undefined) return undefined;
  const next = opened === undefined ? onNextLine(reader, start, name) : [];
  if (next.length > 0 || name.says === 'maybe' || reader.hasRead(below, start)) return next;
  const isList = text[at] === '[' || reader.endOf(BLOCK, at) !== undefined;
  if (!isList && !isPlural(reader, name)) return [];
  const end = opened === undefined ? endOfBlock(text, start, indentAt(text, name.start)) : endOfBracket(text, at);
  const span = { start, end };
  reader.remember(below, span);
  return [
    ...(text[at] === '[' ? [] : judgeEach(FIELDS, reader, span, name)),
    ...(text[at] === '{' ? [] : judgeEach(ITEMS, reader, span, name)),
  ];
}
