import { type Issue, issueText, ownWords, typeText } from '../core/issue.ts';
import { nearest } from '../core/nearest.ts';
import { clip, list, oneLine } from '../core/text.ts';
import { keysAt } from './schema.ts';

/** The way to a value of a file: keys, and places in lists. */
export type Path = readonly (string | number)[];

/** A path as its writer knows it: `agents.reviewer.model`. A key may hold anything, so it is shown on one line. */
export const keyText = (path: Path): string => path.map((key) => clip(oneLine(String(key)), 60)).join('.');

/** What a file is refused for: where it stands, and the sentence. */
export type Complaint = { keys: Path; text: string };

/** How the shorthand for a budget is written. */
export const SHORTHAND = 'write an amount and how long it lasts, such as "$5 a day", "$0.50 a call" or "$100 a month"';

/** How what stands under a key is written, where its types do not say it. */
const HOW: Readonly<Record<string, string>> = {
  budget: `; ${SHORTHAND}`,
  budgets: '; write each as "$5 a day" or as { limit_usd: 5, window: day }',
};

const pathOf = ({ path }: Issue): Path => path.map((key) => (typeof key === 'number' ? key : String(key)));

/** The issue to tell: a key that is not known explains one that is missing. */
function first(issues: readonly Issue[]): Issue | undefined {
  const told = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0];
  return told === undefined ? undefined : unwrapped(told);
}

/** Of a value that may have several forms: what is wrong with the one that was meant, where its type says which that is. */
function unwrapped(issue: Issue): Issue {
  if (issue.code !== 'invalid_union') return issue;
  const inner = issue.errors.flatMap((issues) => first(issues) ?? []);
  const meant = inner.find(({ code, path }) => path.length > 0 || !OTHER_TYPE.has(code));
  return meant === undefined ? issue : { ...meant, path: [...issue.path, ...meant.path] };
}

const OTHER_TYPE: ReadonlySet<string> = new Set(['invalid_type', 'invalid_union']);

/** The types that a value may have. */
function typesIn(issue: Issue): string[] {
  if (issue.code === 'invalid_union') return issue.errors.flatMap((issues) => issues.flatMap(typesIn));
  return issue.code === 'invalid_type' ? [typeText(issue.expected)] : [];
}

/** A key that is not known, and the one that was meant: `limit` is `limit_usd` without its unit. */
function strangeKey(key: string, path: Path): string {
  const keys = keysAt(path);
  const near = keys.find((known) => known.startsWith(`${key}_`)) ?? nearest(key, keys);
  const where = path.length === 0 ? '' : ` in ${keyText(path)}`;
  const hint = near === undefined ? `; known are ${list(keys)}` : `; did you mean "${near}"?`;
  return `the key "${clip(oneLine(key), 60)}"${where} is not known${hint}`;
}

/** The value at the end of a path; undefined: there is none. */
export function valueAt(values: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (at, key) =>
      typeof at === 'object' && at !== null ? Object.entries(at).find(([name]) => name === String(key))?.[1] : undefined,
    values,
  );
}

/** What is wrong with a value, after its name. */
function amiss(issue: Issue, value: unknown): string {
  if (value === undefined) return ' is missing';
  if (issue.code === 'invalid_union') return ` has to be ${list(typesIn(issue), 'or')}`;
  const said = issueText(issue);
  return said === undefined ? `: ${ownWords(issue)}` : ` ${said}`;
}

/** What zod found, as one sentence of ours about what explains the most. Pure. */
export function complaintOf(issues: readonly Issue[], values: unknown): Complaint {
  const issue = first(issues);
  if (issue === undefined) return { keys: [], text: 'it is not a valid configuration' };
  const keys = pathOf(issue);
  if (issue.code === 'unrecognized_keys') {
    const [key = ''] = issue.keys;
    return { keys: [...keys, key], text: strangeKey(key, keys) };
  }
  const inner = issue.code === 'invalid_key' ? (issue.issues[0] ?? issue) : issue;
  const at = keyText(keys) || 'the file';
  const how = OTHER_TYPE.has(inner.code) ? (HOW[String(keys[0])] ?? '') : '';
  return { keys, text: `${at}${amiss(inner, valueAt(values, keys))}${how}` };
}
