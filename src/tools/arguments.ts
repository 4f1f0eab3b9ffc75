import type { z } from 'zod';
import { Failure } from '../core/errors.ts';
import { nearest } from '../core/nearest.ts';
import { clip, list, oneLine, plural } from '../core/text.ts';

/** Arguments that hosts add to every call by themselves (Gemini CLI): not meant for us, so not an error. */
const HOSTS_OWN = new Set(['wait_for_previous']);

/** Arguments that are JSON as text: hosts that send what it means mean the same. */
const JSON_TEXTS = new Set(['json_schema']);

type Properties = Readonly<Record<string, { [key: string]: unknown }>>;

const refuse = (tool: string, why: string): Failure => new Failure('input', `${tool}: ${why}`);

/** Some hosts send every value as a string: `"0.2"`, `"[\"a\"]"`. Where the schema wants another type and it parses, it is that. */
function unquoted(name: string, value: unknown, type: unknown): unknown {
  if (JSON_TEXTS.has(name) && typeof value === 'object' && value !== null) return JSON.stringify(value);
  if (typeof value !== 'string' || typeof type !== 'string' || type === 'string') return value;
  try {
    const parsed: unknown = JSON.parse(value);
    const is = Array.isArray(parsed) ? 'array' : typeof parsed;
    return is === type || (is === 'number' && type === 'integer') ? parsed : value;
  } catch {
    return value;
  }
}

const EXPECTED: Partial<Record<string, string>> = {
  int: 'an integer',
  number: 'a number',
  string: 'a string',
  boolean: 'a boolean',
  array: 'an array',
};

function issueText(issue: z.core.$ZodIssue, input: unknown): string {
  const [name, ...rest] = issue.path.map(String);
  const where = rest.length === 0 ? String(name) : `${name}[${rest.join('.')}]`;
  const missing =
    issue.code === 'invalid_type' &&
    rest.length === 0 &&
    (typeof input !== 'object' || input === null || !(String(name) in input));
  if (missing) return `${where} is missing`;
  if (issue.code === 'invalid_value') return `${where} has to be one of ${list(issue.values.map(String), 'or')}`;
  if (issue.code === 'too_small' && issue.origin === 'string') return `${where} is empty`;
  if (issue.code === 'too_small' && issue.origin === 'array')
    return `${where} has to have at least ${plural(Number(issue.minimum), 'item')}`;
  if (issue.code === 'too_big' && issue.origin === 'array')
    return `${where} may have at most ${plural(Number(issue.maximum), 'item')}`;
  if (issue.code === 'too_small') return `${where} has to be at least ${String(issue.minimum)}`;
  if (issue.code === 'too_big')
    return `${where} may be at most ${String(issue.maximum)}${issue.origin === 'string' ? ' characters' : ''}`;
  if (issue.code === 'invalid_type') return `${where} has to be ${EXPECTED[issue.expected] ?? `of type ${issue.expected}`}`;
  return `${where}: ${clip(oneLine(issue.message), 120)}`;
}

/**
 * What the host sent, checked against the tool's input. Null counts as absent. Throws an `input` failure that names the
 * argument, what was expected, and for an unknown one the arguments that there are.
 */
export function parseArguments<Output>(tool: string, input: z.ZodType<Output>, properties: Properties, raw: unknown): Output {
  if (raw !== undefined && (typeof raw !== 'object' || raw === null || Array.isArray(raw)))
    throw refuse(tool, 'the arguments have to be an object');
  const names = Object.keys(properties);
  const given = Object.entries(raw ?? {}).filter(
    ([name, value]) => value !== null && value !== undefined && !HOSTS_OWN.has(name),
  );
  const stranger = given.map(([name]) => name).find((name) => !names.includes(name));
  if (stranger !== undefined) {
    const near = nearest(stranger, names, 1)[0];
    const hint = near === undefined ? '' : ` Did you mean "${near}"?`;
    throw refuse(tool, `there is no argument "${clip(oneLine(stranger), 60)}".${hint} It takes ${list(names)}.`);
  }
  const values = Object.fromEntries(given.map(([name, value]) => [name, unquoted(name, value, properties[name]?.['type'])]));
  const blank = Object.entries(values).find(
    ([name, value]) => name === 'prompt' && typeof value === 'string' && value.trim() === '',
  );
  if (blank !== undefined) throw refuse(tool, 'prompt is empty: say what the model should do');
  const parsed = input.safeParse(values);
  if (parsed.success) return parsed.data;
  const said = parsed.error.issues.slice(0, 3).map((issue) => issueText(issue, values));
  throw refuse(tool, `${list(said)}.`);
}
