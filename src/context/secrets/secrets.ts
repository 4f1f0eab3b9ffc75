import { privateKeys } from './private-keys.ts';
import { Reader } from './reader.ts';
import { search } from './search.ts';
import type { Finding } from './secret-rule.ts';
import { unescaped } from './unescaped.ts';

/** Findings in the order of the text; those that overlap are one, called by the first. */
export function joined(findings: readonly Finding[]): Finding[] {
  const all: Finding[] = [];
  for (const finding of findings.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    const last = all.at(-1);
    if (last !== undefined && finding.start < last.end) last.end = Math.max(last.end, finding.end);
    else all.push({ ...finding });
  }
  return all;
}

/** What our rules find in a text as it stands. */
async function findingsIn(text: string): Promise<Finding[]> {
  const found: Finding[] = [];
  for (const some of search(new Reader(text))) found.push(...some);
  return [...found, ...privateKeys(text)];
}

/**
 * Every secret in a text: as it is written, and as it is read where it holds escapes. Both count: a password may hold what looks
 * like an escape.
 */
export async function findSecrets(text: string): Promise<Finding[]> {
  const read = unescaped(text);
  const inside = read === undefined ? [] : await findingsIn(read.text);
  const placed = inside.map(({ start, end, kind }) => ({
    start: read?.written(start) ?? start,
    end: read?.written(end) ?? end,
    kind,
  }));
  return joined([...(await findingsIn(text)), ...placed]);
}

/** The text with every finding replaced by what it was, on each of its lines, so that there are as many lines as before. */
export function withoutSecrets(text: string, findings: readonly Finding[]): string {
  const pieces: string[] = [];
  let at = 0;
  for (const { start, end, kind } of findings) {
    const breaks = text.slice(start, end).match(/\r\n|\n|\r/g) ?? [];
    pieces.push(text.slice(at, start), `[redacted: ${kind}]`, ...breaks.map((lineBreak) => `${lineBreak}[redacted]`));
    at = end;
  }
  return pieces.join('') + text.slice(at);
}

/** The line (from 1) of each of some offsets that ascend. */
export function linesAt(text: string, offsets: readonly number[]): number[] {
  let [line, at] = [1, 0];
  return offsets.map((offset) => {
    line += (text.slice(at, offset).match(/\r\n|\n|\r/g) ?? []).length;
    at = Math.max(at, offset);
    return line;
  });
}
