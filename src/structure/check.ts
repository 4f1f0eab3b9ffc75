import { createContext, runInContext } from 'node:vm';
import { type OutputUnit, type SchemaDraft, Validator } from '@cfworker/json-schema';
import { Failure } from '../core/errors.ts';
import { isObject } from '../core/json-object.ts';
import { clip, oneLine } from '../core/text.ts';
import { modern } from './modern.ts';
import { type Schema, subschemas } from './subschemas.ts';

/** Where a value differs from its schema (`a[0].b`, empty at the root), and what was expected there. */
export type Problem = { path: string; expected: string };

/** At most so many problems are told: who mends these will mend the others. */
const MAX_PROBLEMS = 10;
const MAX_WORDS = 240;

/** For how long a value is held against its schema, in milliseconds: a pattern may take for ever. */
const PATIENCE_MS = 1000;

/** What only sums up the problems below it. */
const SUMMARIES: ReadonlySet<string> = new Set([
  '$ref',
  'properties',
  'patternProperties',
  'additionalProperties',
  'unevaluatedProperties',
  'items',
  'prefixItems',
  'additionalItems',
  'unevaluatedItems',
  'allOf',
  'dependentSchemas',
  'if',
]);

function usesOldItems(schema: unknown): boolean {
  if (!isObject(schema)) return false;
  return Array.isArray(schema['items']) || subschemas(schema).some((below) => usesOldItems(below.schema));
}

/** The draft that a schema says or shows that it is of. */
function draftOf(schema: Schema): SchemaDraft {
  const said = typeof schema['$schema'] === 'string' ? schema['$schema'] : '';
  // What draft 4 says otherwise is said in today's words before.
  if (/draft-0[467]/.test(said)) return '7';
  if (said.includes('2019-09')) return '2019-09';
  return said === '' && usesOldItems(schema) ? '7' : '2020-12';
}

/** The validator writes into its schema, and reads an address from `$id`, which is none of our business. */
function ownCopy(schema: Schema): Schema {
  const { $id: _, ...rest } = structuredClone(schema);
  const copy = modern(rest);
  return isObject(copy) ? copy : rest;
}

const pathOf = (pointer: string): string =>
  pointer
    .split('/')
    .slice(1)
    .map((step) => decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((step) => (/^\d+$/.test(step) ? `[${step}]` : `.${step}`))
    .join('')
    .replace(/^\./, '');

function problem({ instanceLocation, keyword, error }: OutputUnit): Problem[] {
  if (SUMMARIES.has(keyword)) return [];
  const expected = keyword === 'false' ? 'nothing: it is not allowed here' : error.replace(/^Instance/, 'the value');
  return [{ path: clip(pathOf(instanceLocation), MAX_WORDS), expected: clip(oneLine(expected), MAX_WORDS) }];
}

/** Runs work that may never end of itself, and ends it. */
function inTime<T>(work: () => T): T {
  let result: { value: T } | undefined;
  const context = createContext({ run: () => void (result = { value: work() }) });
  runInContext('run()', context, { timeout: PATIENCE_MS });
  if (result === undefined) throw new Error('The work was not done.');
  return result.value;
}

const unusable = (error: unknown): Failure => {
  const loops = error instanceof Error && error.name === 'RangeError';
  const why = loops
    ? 'it refers to itself without an end'
    : 'a pattern of it takes too long to be matched: simplify its patterns';
  return new Failure('input', `json_schema cannot be used: ${why}`, { param: 'json_schema', cause: error });
};

/** Runs work over a schema that nobody trusts. Throws an `input` failure where it would go on for ever. */
export function guarded<T>(work: () => T): T {
  try {
    return inTime(work);
  } catch (error) {
    throw error instanceof Failure ? error : unusable(error);
  }
}

const validators = new WeakMap<Schema, Validator>();

/** The rules of a schema, built once for each. Stops at nothing, so that all that is wrong is told. */
function validatorOf(schema: Schema): Validator {
  const known = validators.get(schema);
  if (known !== undefined) return known;
  const validator = new Validator(ownCopy(schema), draftOf(schema), false);
  validators.set(schema, validator);
  return validator;
}

/** As `check`, for work that is guarded already. */
export function problemsIn(schema: Schema, value: unknown): Problem[] {
  const { errors } = validatorOf(schema).validate(value);
  const seen = new Map(errors.flatMap(problem).map((one) => [`${one.path}: ${one.expected}`, one]));
  return errors.length > 0 && seen.size === 0
    ? [{ path: '', expected: 'a value that matches the schema' }]
    : [...seen.values()].slice(0, MAX_PROBLEMS);
}

/** Where `value` differs from `schema`; empty: it does not. Throws an `input` failure for a schema that cannot be followed. */
export const check = (schema: Schema, value: unknown): Problem[] => guarded(() => problemsIn(schema, value));

/** Problems as a person says them, one a line. */
export const problemsText = (problems: readonly Problem[]): string =>
  problems.map(({ path, expected }) => `${path === '' ? 'The answer itself' : path}: ${expected}`).join('\n');
