import { Pace } from '../../core/pace.ts';
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

/** Searches a text as it stands, in turns with whatever else there is to do. */
async function searchAt(text: string, pace: Pace): Promise<Finding[]> {
  const found: Finding[] = [];
  for (const searching of [search(new Reader(text)), privateKeys(text)]) {
    for (const some of searching) {
      for (const finding of some) found.push(finding);
      await pace.step();
    }
  }
  return found;
}

/**
 * Finds every secret in a text: as it is written, and as it is read where it holds escapes. Both count: a password may hold what
 * looks like an escape. Throws the reason of the pace's signal once that is aborted.
 */
export async function findSecrets(text: string, pace = new Pace()): Promise<Finding[]> {
  const read = await unescaped(text, pace);
  const inside = read === undefined ? [] : await searchAt(read.text, pace);
  const placed = inside.map(({ start, end, kind }) => ({
    start: read?.written(start) ?? start,
    end: read?.written(end) ?? end,
    kind,
  }));
  return joined([...(await searchAt(text, pace)), ...placed]);
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
