import { Failure } from '../core/errors.ts';
import { isObject } from '../core/json-object.ts';
import { clip, list } from '../core/text.ts';
import { check } from './check.ts';
import { withPlainReferences } from './modern.ts';
import { asUnicode } from './pattern.ts';
import { type Schema, SINGLE, subschemas, target } from './subschemas.ts';

/** Larger and deeper than any schema that describes an answer, so that only nonsense is refused here. */
const MAX_CHARACTERS = 200_000;
const MAX_DEPTH = 64;
const MAX_PATTERN = 1000;

const TYPES: ReadonlySet<unknown> = new Set(['array', 'boolean', 'integer', 'null', 'number', 'object', 'string']);

type Rule = { holds: (value: unknown) => boolean; wants: string };

const isSchema = (value: unknown): boolean => isObject(value) || typeof value === 'boolean';
const isList = (value: unknown, holds: (item: unknown) => boolean): boolean => Array.isArray(value) && value.every(holds);
const isFilled = (value: unknown): boolean => Array.isArray(value) && value.length > 0;
const isText = (value: unknown): boolean => typeof value === 'string';

const SCHEMA: Rule = { holds: isSchema, wants: 'a schema' };
const SCHEMAS: Rule = { holds: (value) => isFilled(value) && isList(value, isSchema), wants: 'a list of schemas' };
const TABLE: Rule = { holds: (value) => isObject(value) && Object.values(value).every(isSchema), wants: 'schemas by name' };
const SIZE: Rule = { holds: (value) => Number.isInteger(value) && Number(value) >= 0, wants: 'a whole number from 0 up' };
const NUMBER: Rule = { holds: (value) => typeof value === 'number', wants: 'a number' };
const NAMES: Rule = { holds: (value) => isList(value, isText), wants: 'a list of names' };

const compiles = (value: unknown): boolean =>
  typeof value === 'string' && value.length <= MAX_PATTERN && asUnicode(value) !== undefined;

/** What each keyword has to be. A keyword that is not here may be anything: it constrains nothing. */
const RULES: Readonly<Record<string, Rule>> = {
  type: {
    holds: (value) => TYPES.has(value) || (isFilled(value) && isList(value, (one) => TYPES.has(one))),
    wants: 'one of array, boolean, integer, null, number, object and string, or a list of these',
  },
  enum: { holds: isFilled, wants: 'a list of values' },
  required: NAMES,
  properties: TABLE,
  patternProperties: {
    holds: (value) => TABLE.holds(value) && isObject(value) && Object.keys(value).every(compiles),
    wants: `schemas by regular expressions of at most ${MAX_PATTERN} characters`,
  },
  $defs: TABLE,
  definitions: TABLE,
  dependentSchemas: TABLE,
  items: { holds: (value) => isSchema(value) || isList(value, isSchema), wants: 'a schema or a list of schemas' },
  prefixItems: SCHEMAS,
  anyOf: SCHEMAS,
  allOf: SCHEMAS,
  oneOf: SCHEMAS,
  ...Object.fromEntries([...SINGLE].map((keyword) => [keyword, SCHEMA])),
  minLength: SIZE,
  maxLength: SIZE,
  minItems: SIZE,
  maxItems: SIZE,
  minContains: SIZE,
  maxContains: SIZE,
  minProperties: SIZE,
  maxProperties: SIZE,
  minimum: NUMBER,
  maximum: NUMBER,
  // Draft 4 had booleans here.
  exclusiveMinimum: { holds: (value) => ['number', 'boolean'].includes(typeof value), wants: 'a number' },
  exclusiveMaximum: { holds: (value) => ['number', 'boolean'].includes(typeof value), wants: 'a number' },
  multipleOf: { holds: (value) => typeof value === 'number' && value > 0, wants: 'a number above 0' },
  uniqueItems: { holds: (value) => typeof value === 'boolean', wants: 'true or false' },
  format: { holds: isText, wants: 'a name' },
  pattern: { holds: compiles, wants: `a regular expression of at most ${MAX_PATTERN} characters` },
  $ref: { holds: isText, wants: 'a reference' },
};

const refuse = (why: string): Failure => new Failure('input', `json_schema cannot be used: ${why}`, { param: 'json_schema' });

/** What says something of a schema and nothing of the answer. */
const REMARKS: ReadonlySet<string> = new Set([
  '$schema',
  '$id',
  '$comment',
  '$anchor',
  '$defs',
  'definitions',
  'title',
  'description',
  'default',
  'examples',
  'deprecated',
]);

/** What says something of the answer without a rule of ours for how it is written. */
const FREE: ReadonlySet<string> = new Set([
  'const',
  'nullable',
  'dependentRequired',
  'dependencies',
  '$dynamicRef',
  '$recursiveRef',
]);

/** Where vendors' APIs have the schema inside of something else. */
const WRAPPERS = [
  'schema',
  'json_schema',
  'jsonSchema',
  'parameters',
  'input_schema',
  'inputSchema',
  'response_format',
  'format',
  'function',
];

/** Refuses a schema that would let any answer through, because it is none: a vendor's wrapper around one, or an example. */
function checkSaying(schema: Schema): void {
  const names = Object.keys(schema);
  const wrapper = WRAPPERS.find((name) => isObject(schema[name]));
  const says = names.some((name) => FREE.has(name) || (name !== 'format' && !REMARKS.has(name) && Object.hasOwn(RULES, name)));
  if (wrapper !== undefined && (!says || ['json_schema', 'function'].includes(String(schema['type'])))) {
    throw refuse(`it is a wrapper around a schema: pass what is under "${wrapper}" alone`);
  }
  const strange = names.filter((name) => !REMARKS.has(name));
  if (says || strange.length === 0) return;
  const listed = list(strange.slice(0, 3).map((name) => `"${clip(name, 40)}"`));
  throw refuse(
    `it says nothing about the answer, because ${listed} mean nothing in a JSON Schema: write {"type":"object","properties":{…}}`,
  );
}

const place = (at: string): string => (at === '' ? 'at its root' : `at ${at}`);

/** What is wrong with a reference, in words; undefined: nothing. */
function lost(root: Schema, reference: string): string | undefined {
  if (!reference.startsWith('#')) return 'points outside of the schema, and nothing is fetched: put what it means under $defs';
  let found = target(root, reference);
  for (let hops = 0; isObject(found) && typeof found['$ref'] === 'string'; hops += 1) {
    if (hops > MAX_DEPTH) return 'points at itself';
    found = target(root, found['$ref']);
  }
  return isSchema(found) ? undefined : 'points at nothing';
}

function visit(root: Schema, schema: unknown, at: string, depth: number): void {
  if (depth > MAX_DEPTH) throw refuse(`it is more than ${MAX_DEPTH} levels deep`);
  if (!isObject(schema)) return;
  for (const [keyword, value] of Object.entries(schema)) {
    const rule = Object.hasOwn(RULES, keyword) ? RULES[keyword] : undefined;
    if (rule !== undefined && !rule.holds(value)) {
      throw refuse(`${place(at)}, "${keyword}" has to be ${rule.wants}, and is ${clip(JSON.stringify(value) ?? 'nothing', 80)}`);
    }
  }
  if (at !== '' && schema['$id'] !== undefined) throw refuse(`${place(at)}, "$id" starts a schema of its own: refer by $defs`);
  const reference = schema['$ref'];
  const wrong = typeof reference === 'string' ? lost(root, reference) : undefined;
  if (wrong !== undefined) throw refuse(`${place(at)}, "$ref" ${wrong} (${clip(String(reference), 120)})`);
  for (const below of subschemas(schema)) visit(root, below.schema, at + below.at, depth + 1);
}

function sizeOf(schema: unknown): number {
  try {
    return JSON.stringify(schema)?.length ?? 0;
  } catch (error) {
    throw refuse(`it is no JSON (${error instanceof Error ? clip(error.message, 80) : 'unknown'})`);
  }
}

/** Throws an `input` failure that says what is wrong with a JSON Schema, before anybody is asked by it. */
export function validateSchema(schema: unknown): asserts schema is Schema {
  if (!isObject(schema)) throw refuse('a JSON Schema is an object like {"type":"object","properties":{…}}');
  const characters = sizeOf(schema);
  if (characters > MAX_CHARACTERS) throw refuse(`it has ${characters} characters, and ${MAX_CHARACTERS} is the most`);
  checkSaying(schema);
  visit(schema, schema, '', 0);
  const plain = withPlainReferences(schema);
  if (isObject(plain)) visit(plain, plain, '', 0);
  // A loop that no reference shows by itself (allOf over its own root) shows when a value is held against it.
  for (const value of [null, {}, [], '']) check(schema, value);
}
