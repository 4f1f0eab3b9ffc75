import { inPair } from './markup.ts';
import { type Name, nameAt, NAMES } from './names.ts';
import { Reader } from './reader.ts';
import type { Finding } from './secret-rule.ts';
import { RULE_BOOKS } from './secret-rules.ts';
import { inSeparatedValues } from './tables.ts';
import { followName } from './ways.ts';

/** So much of a text is searched at once, in characters: some milliseconds' worth. */
const SLICE = 32_768;
/** A beginning that a slice cuts in two is no longer than this, in characters. */
const OVERLAP = 160;

/** A part of a text in which things begin. */
type Slice = { from: number; to: number };

function* matchesIn({ text }: Reader, pattern: RegExp, { from, to }: Slice): Generator<{ at: number; match: RegExpExecArray }> {
  // One character more in front, so that the pattern knows where words begin.
  const start = Math.max(0, from - 1);
  const part = text.slice(start, to + OVERLAP);
  pattern.lastIndex = from - start;
  for (let match = pattern.exec(part); match !== null; match = pattern.exec(part)) {
    const at = start + match.index;
    if (at >= to) return;
    yield { at, match };
  }
}

function searchByRules(reader: Reader, slice: Slice): Finding[] {
  const found: Finding[] = [];
  for (const { begins, rules } of RULE_BOOKS) {
    for (const { at, match } of matchesIn(reader, begins, slice)) {
      begins.lastIndex = match.index + 1;
      for (const rule of rules[match.indexOf(match[0], 1) - 1] ?? []) found.push(...rule.read(reader, at));
    }
  }
  return found;
}

/** Finds the names that begin in a slice, and the first one behind it. */
function namesIn(reader: Reader, { from, to }: Slice): Name[] {
  const names: Name[] = [];
  for (const { at, match } of matchesIn(reader, NAMES, { from, to: to + OVERLAP })) {
    const [, word = '', tail = ''] = match;
    const name = nameAt(reader.text, at, word, tail);
    if (name === undefined) NAMES.lastIndex = match.index + word.length;
    else names.push(name);
    if (at >= to) break;
  }
  return names;
}

/** Between two names no value is shorter, in characters with the sign before it. */
const SHORTEST = 7;

/** Finds the place up to which a value may go: there the next name begins, if something is assigned to it. */
function limitOf(reader: Reader, { end }: Name, next: Name | undefined): number {
  const sign = next === undefined ? '' : reader.text[next.end];
  if (next === undefined || (sign !== '=' && sign !== ':')) return reader.text.length;
  const begin = reader.beginOfName(next.start);
  return begin > end ? begin : reader.text.length;
}

function searchByNames(reader: Reader, slice: Slice): Finding[] {
  const found: Finding[] = [];
  const names = namesIn(reader, slice);
  for (const [index, name] of names.entries()) {
    if (name.start >= slice.to) break;
    const limit = limitOf(reader, name, names[index + 1]);
    if (limit < reader.text.length && limit - name.end < SHORTEST) continue;
    found.push(...followName(reader, { name, limit }), ...inPair(reader, name));
  }
  return found;
}

/** Searches a text slice by slice, so that others can have their turn between two of them. */
export function* search(reader: Reader): Generator<readonly Finding[]> {
  yield inSeparatedValues(reader);
  for (let from = 0; from < reader.text.length; from += SLICE) {
    const slice = { from, to: Math.min(reader.text.length, from + SLICE) };
    yield [...searchByRules(reader, slice), ...searchByNames(reader, slice)];
  }
}
