import type { z } from 'zod';
import { clip, list, oneLine, plural } from './text.ts';

/** What is wrong with one value, as zod tells it. */
export type Issue = z.core.$ZodIssue;

const EXPECTED: Partial<Record<string, string>> = {
  int: 'an integer',
  number: 'a number',
  string: 'a string',
  boolean: 'true or false',
  array: 'a list',
  object: 'a table of keys',
  record: 'a table of keys',
};

/** A type as it is called in a sentence. */
export const typeText = (type: string): string => EXPECTED[type] ?? `of type ${type}`;

function tooSmall({ origin, minimum }: Extract<Issue, { code: 'too_small' }>): string {
  if (origin === 'string') return 'is empty';
  if (origin === 'array') return `has to have at least ${plural(Number(minimum), 'item')}`;
  return `has to be at least ${String(minimum)}`;
}

function tooBig({ origin, maximum }: Extract<Issue, { code: 'too_big' }>): string {
  if (origin === 'string') return `may be at most ${String(maximum)} characters`;
  if (origin === 'array') return `may have at most ${plural(Number(maximum), 'item')}`;
  return `may be at most ${String(maximum)}`;
}

/** One issue as the end of a sentence that begins with what it is about: `has to be a number`; undefined: it has words of its own. */
export function issueText(issue: Issue): string | undefined {
  if (issue.code === 'invalid_value') return `has to be one of ${list(issue.values.map(String), 'or')}`;
  if (issue.code === 'invalid_type') return `has to be ${typeText(issue.expected)}`;
  if (issue.code === 'too_small') return tooSmall(issue);
  return issue.code === 'too_big' ? tooBig(issue) : undefined;
}

/** The words that stand in an issue itself, on one line. */
export const ownWords = ({ message }: Issue): string => clip(oneLine(message), 160);
