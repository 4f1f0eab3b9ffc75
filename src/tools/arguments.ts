import type { z } from 'zod';
import { Failure } from '../core/errors.ts';
import { type Issue, issueText, ownWords } from '../core/issue.ts';
import { didYouMean } from '../core/nearest.ts';
import { clip, list, oneLine } from '../core/text.ts';

/** Arguments that hosts add to every call by themselves (Gemini CLI): not meant for us, so not an error. */
const HOSTS_OWN = new Set(['wait_for_previous']);

/** Arguments that are JSON as text: hosts that send what it means mean the same. */
const JSON_TEXTS = new Set(['json_schema']);

/** Lists of names, which people also separate by commas. A path may hold a comma. */
const BY_COMMA = new Set(['models']);

/** How lists are written, for who wrote something else. */
const WRITTEN: Partial<Record<string, string>> = {
  models: '["openai", "groq"]',
  files: '["src/a.ts"]',
  images: '["shot.png"]',
};

/** What to write in place of nothing, where something has to be said. */
const WANTED: Partial<Record<string, string>> = {
  prompt: 'say what the model should do',
  task: 'say what kind of work it is, such as code_review',
  job_id: 'pass the one that the long result names',
};

/** What of a tool's schema the check goes by. */
type Expected = {
  properties: Readonly<Record<string, { [key: string]: unknown }>>;
  required?: readonly string[];
};

const refuse = (tool: string, why: string): Failure => new Failure('input', `${tool}: ${why}`);

/** What was meant as a JSON list and is none: a path may begin with a bracket, and rarely ends with one. */
const BROKEN_LIST = /^\s*\[\s*(?:["'].*|.*\]\s*)$/s;

/** One text where a list is expected: a list of one, or of several names. */
function listed(name: string, text: string): unknown {
  if (BROKEN_LIST.test(text)) return text;
  if (!BY_COMMA.has(name)) return [text];
  const names = text.split(',').map((one) => one.trim());
  return names.filter((one) => one !== '');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Some hosts send every value as a string: `"0.2"`, `"[\"a\"]"`, `"a"`. Where the schema wants another type and it parses, it is that. */
function unquoted(name: string, value: unknown, type: unknown): unknown {
  if (JSON_TEXTS.has(name) && typeof value === 'object' && value !== null) return JSON.stringify(value);
  if (typeof value !== 'string' || typeof type !== 'string' || type === 'string') return value;
  const meant = parsed(value);
  const is = Array.isArray(meant) ? 'array' : typeof meant;
  if (is === type || (is === 'number' && type === 'integer')) return meant;
  return type === 'array' ? listed(name, typeof meant === 'string' ? meant : value) : value;
}

function sentence(issue: Issue, input: unknown): string {
  const [name = '', ...rest] = issue.path.map(String);
  const where = rest.length === 0 ? name : `${name}[${rest.join('.')}]`;
  const missing =
    issue.code === 'invalid_type' && rest.length === 0 && (typeof input !== 'object' || input === null || !(name in input));
  if (missing) return `${where} is missing`;
  const example = issue.code === 'invalid_type' && issue.expected === 'array' ? WRITTEN[name] : undefined;
  const said = issueText(issue);
  if (said === undefined) return `${where}: ${ownWords(issue)}`;
  return `${where} ${said}${example === undefined ? '' : `, such as ${example}`}`;
}

/** The first issue of each value: what follows from a wrong type is no news. */
const firsts = (issues: readonly Issue[]): Issue[] => {
  const pathOf = ({ path }: Issue): string => path.join('.');
  return issues.filter((issue, at) => issues.findIndex((other) => pathOf(other) === pathOf(issue)) === at);
};

/** What is never taken for unsaid when it comes empty: a ceiling, and the wish that nothing be sent. */
const DECISIVE: ReadonlySet<string> = new Set(['max_cost_usd', 'dry_run']);

const isBlank = (value: unknown): boolean => typeof value === 'string' && value.trim() === '';

/** What was given: null counts as absent, and so does an empty text or list where nothing has to be said. */
function givenIn(raw: object, { required = [] }: Expected): [string, unknown][] {
  const all: [string, unknown][] = Object.entries(raw);
  return all.filter(
    ([name, value]) =>
      value !== null &&
      value !== undefined &&
      !HOSTS_OWN.has(name) &&
      (required.includes(name) || !isBlank(value) || DECISIVE.has(name)),
  );
}

/**
 * What the host sent, checked against the tool's input. Throws an `input` failure that names the argument, what was expected,
 * and for an unknown one the arguments that there are.
 */
export function parseArguments<Output>(tool: string, input: z.ZodType<Output>, expected: Expected, raw: unknown): Output {
  if (raw !== undefined && (typeof raw !== 'object' || raw === null || Array.isArray(raw)))
    throw refuse(tool, 'the arguments have to be an object');
  const { properties } = expected;
  const names = Object.keys(properties);
  const given = givenIn(raw ?? {}, expected);
  const stranger = given.map(([name]) => name).find((name) => !names.includes(name));
  if (stranger !== undefined) {
    const shown = clip(oneLine(stranger), 60);
    throw refuse(tool, `there is no argument "${shown}"${didYouMean(stranger, names)}; it takes ${list(names)}.`);
  }
  const blank = given.find(([, value]) => isBlank(value))?.[0];
  if (blank !== undefined) throw refuse(tool, `${blank} is empty: ${WANTED[blank] ?? 'give it a value'}`);
  const values = Object.fromEntries(given.map(([name, value]) => [name, unquoted(name, value, properties[name]?.['type'])]));
  const checked = input.safeParse(values);
  if (checked.success) return checked.data;
  const said = firsts(checked.error.issues)
    .slice(0, 3)
    .map((issue) => sentence(issue, values));
  throw refuse(tool, `${list(said)}.`);
}
