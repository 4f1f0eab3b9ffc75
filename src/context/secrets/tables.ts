import { judge } from './measure.ts';
import { type Name, namesIn } from './names.ts';
import type { Reader, Span } from './reader.ts';
import type { Finding, SecretRule } from './secret-rule.ts';

/** So many columns and rows of a table are read. */
const MOST_COLUMNS = 64;
const MOST_ROWS = 500;
/** Longer lines and heads are no part of a table that people read, in characters. */
const LONGEST_ROW = 4000;
const LONGEST_HEAD = 60;

function lineAt(text: string, at: number): Span {
  const edge = text.indexOf('\n', at);
  return { start: at, end: edge === -1 ? text.length : edge };
}

/** Splits a line into its cells, without the marks and quotes around them. */
function cellsOf(text: string, { start, end }: Span, delimiter: string): Span[] {
  const cells: Span[] = [];
  let at = start;
  for (const cell of text.slice(start, Math.min(end, start + LONGEST_ROW)).split(delimiter, MOST_COLUMNS)) {
    const [before = ''] = /^[\s"'`*_]*/.exec(cell) ?? [];
    const inner = cell.slice(before.length).replace(/[\s"'`*_]+$/, '');
    cells.push({ start: at + before.length, end: at + before.length + inner.length });
    at += cell.length + delimiter.length;
  }
  return cells;
}

/** Finds the columns that hold secrets, by their heads. */
const secretColumns = (text: string, heads: readonly Span[]): { column: number; name: Name }[] =>
  heads.flatMap(({ start, end }, column) => {
    const names = end - start > LONGEST_HEAD ? [] : namesIn(text.slice(start, end));
    const name = names.find(({ says }) => says !== 'maybe');
    return name === undefined ? [] : [{ column, name }];
  });

/** Judges the cells below the heads of a table, in lines of as many cells. */
function judgeColumns(reader: Reader, head: Span, from: number, delimiter: string): Finding[] {
  const { text } = reader;
  const heads = cellsOf(text, head, delimiter);
  const secret = secretColumns(text, heads);
  const found: Finding[] = [];
  let at = from;
  for (let rows = 0; rows < MOST_ROWS && secret.length > 0 && at < text.length; rows += 1) {
    const line = lineAt(text, at);
    const cells = cellsOf(text, line, delimiter);
    if (cells.length < 2 || Math.abs(cells.length - heads.length) > 1) break;
    for (const { column, name } of secret) {
      const cell = cells[column];
      if (cell !== undefined) found.push(...judge(reader, [cell], name, 'beside'));
    }
    at = line.end + 1;
  }
  // A line of a table is no head of another one.
  reader.remember(inColumns, { start: from, end: at });
  return found;
}

/** The line between the heads of a table of Markdown and its rows. */
const RULE = /[ \t>]{0,20}\|?[ \t]{0,20}:?-{1,200}:?[ \t]{0,200}(?:\|[ \t]{0,20}:?-{0,200}:?[ \t]{0,200}){1,64}\r?\n/y;

/** So far before the sign by which such a line is known its beginning is looked for, in characters. */
const RULE_BEGINS = 220;

function inColumns(reader: Reader, at: number): Finding[] {
  const { text } = reader;
  if (reader.hasRead(inColumns, at)) return [];
  const from = Math.max(0, at - RULE_BEGINS);
  const edge = text.slice(from, at).lastIndexOf('\n');
  const rows = edge === -1 ? undefined : reader.endOf(RULE, from + edge + 1);
  if (rows === undefined) {
    reader.remember(inColumns, { start: at, end: at + RULE_BEGINS });
    return [];
  }
  const head = { start: text.lastIndexOf('\n', from + edge - 1) + 1, end: from + edge };
  reader.remember(inColumns, { start: head.start, end: rows });
  return judgeColumns(reader, head, rows, '|');
}

/** The columns of tables of Markdown. */
export const TABLES: SecretRule = { begins: '\\|[ \\t]{0,20}:?-', read: inColumns };

/** The border between a name and the next cell of its row. */
const NEXT_CELL = /[ \t]{0,40}[`*_"']{0,3}[ \t]{0,40}\|[ \t]{0,40}[`*_"']{0,3}/y;

/** Judges the cell beside a name. */
export function inNextCell(reader: Reader, name: Name): Finding[] | undefined {
  const at = reader.endOf(NEXT_CELL, name.end);
  if (at === undefined || !/[|\s`*_"']/.test(reader.text[reader.beginOfName(name.start) - 1] ?? '\n')) return undefined;
  return judge(reader, [reader.run(at, 'code')], name, 'beside');
}

const DELIMITERS = [',', ';', '\t'];

/** A head of a file of comma-separated values: a name, and nothing else. */
const HEAD = /^["'\w .-]{1,60}$/;

/** Judges the columns of comma-separated values, if the text begins with their heads. */
export function inSeparatedValues(reader: Reader): Finding[] {
  const head = lineAt(reader.text, 0);
  if (head.end > LONGEST_ROW) return [];
  const line = reader.text.slice(head.start, head.end).trim();
  return DELIMITERS.flatMap((delimiter) => {
    const heads = line.split(delimiter);
    const isHead = heads.length > 1 && heads.every((one) => HEAD.test(one));
    return isHead ? judgeColumns(reader, head, head.end + 1, delimiter) : [];
  });
}

const NEXT_VALUE = /["']?[,;\t]["']?/y;

/** Judges the value beside a name that begins its line. */
export function inNextValue(reader: Reader, name: Name): Finding[] | undefined {
  const { text } = reader;
  const at = reader.endOf(NEXT_VALUE, name.end);
  if (at === undefined || !/[\r\n"']/.test(text[reader.beginOfName(name.start) - 1] ?? '\n')) return undefined;
  const span = reader.run(at, 'code');
  return /[\r\n"';,\t]/.test(text[span.end] ?? '\n') ? judge(reader, [span], name, 'beside') : undefined;
}
