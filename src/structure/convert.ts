import { isObject } from '../core/json-object.ts';
import type { Dialect } from './dialects.ts';
import { checkLoops, references } from './loops.ts';
import { excess } from './measure.ts';
import { merged } from './merge.ts';
import { modern } from './modern.ts';
import { namesIn, type Schema, target, typesOf } from './subschemas.ts';
import { Unfit } from './unfit.ts';

/** A schema as a vendor takes it, with what of it is left to our own check; or why it cannot be said natively. */
export type Converted = { schema: Schema; left: string[] } | { unfit: string };

/** What says nothing about which values are right. */
const REMARKS: ReadonlySet<string> = new Set([
  '$schema',
  '$id',
  '$comment',
  '$anchor',
  '$defs',
  'definitions',
  'default',
  'examples',
  'readOnly',
  'writeOnly',
  'deprecated',
]);

/** What this file itself takes care of. */
const HANDLED: ReadonlySet<string> = new Set([
  '$ref',
  'type',
  'enum',
  'const',
  'properties',
  'required',
  'additionalProperties',
  'items',
  'anyOf',
  'oneOf',
  'allOf',
  'prefixItems',
]);

/** As much of a constraint that is left out is told in the description, in characters. */
const MAX_TOLD = 200;

/** What a walk over a schema carries along: whose part of JSON Schema it is, and what had to be left out. */
type Walk = { dialect: Dialect; left: Set<string> };

const isPlain = (value: unknown): boolean => value === null || typeof value !== 'object';

const moved = (reference: unknown): string => {
  const said = String(reference).replace(/^#\/definitions\//, '#/$defs/');
  if (said === '#' || /^#\/\$defs\/[^/]+$/.test(said)) return said;
  throw new Unfit('it refers to places other than its definitions');
};

/** The type that values have in common; undefined: none. */
function typeOfValues(values: readonly unknown[]): string | undefined {
  const types = new Set(values.map((value) => (value === null ? 'null' : typeof value)));
  const [only] = types;
  return types.size === 1 ? only : undefined;
}

/** `enum` and `const`, where the vendor follows them. */
function literals(schema: Schema, { dialect, left }: Walk): Schema {
  const listed = Array.isArray(schema['enum']) ? schema['enum'] : undefined;
  const values = listed ?? ('const' in schema ? [schema['const']] : undefined);
  if (values === undefined) return {};
  if (!values.every(isPlain)) throw new Unfit('it lists objects or lists as values');
  const type = schema['type'] === undefined ? typeOfValues(values) : undefined;
  const typed = type === undefined ? {} : { type };
  if (dialect.enums === 'strings and numbers') {
    const kept = values.filter((value) => value !== null);
    if (kept.length > 0 && kept.every((value) => ['string', 'number'].includes(typeof value))) return { ...typed, enum: kept };
    left.add(listed === undefined ? 'const' : 'enum');
    return typed;
  }
  return listed === undefined && dialect.keywords.has('const') ? { ...typed, const: values[0] } : { ...typed, enum: values };
}

/** The same value or null. */
function orNull(schema: Schema): Schema {
  const types = typesOf(schema);
  if (types.includes('null')) return schema;
  if (types.length === 0 || 'const' in schema || 'anyOf' in schema) {
    const forms: readonly unknown[] =
      Array.isArray(schema['anyOf']) && Object.keys(schema).length === 1 ? schema['anyOf'] : [schema];
    return { anyOf: [...forms, { type: 'null' }] };
  }
  const values = Array.isArray(schema['enum']) ? { enum: [...schema['enum'], null] } : {};
  return { ...schema, type: [...types, 'null'], ...values };
}

function object(schema: Schema, walk: Walk): Schema {
  const properties = isObject(schema['properties']) ? schema['properties'] : {};
  const names = Object.keys(properties);
  const required = new Set(namesIn(schema['required']));
  const open = schema['additionalProperties'];
  const below = Object.entries(properties).map(([name, one]) => [name, node(one, walk)] as const);
  if (!walk.dialect.closed) {
    return {
      ...(names.length === 0 ? {} : { properties: Object.fromEntries(below) }),
      ...(required.size === 0 ? {} : { required: [...required] }),
      ...(open === undefined ? {} : { additionalProperties: isObject(open) ? node(open, walk) : open }),
    };
  }
  if (isObject(open) || isObject(schema['patternProperties']) || (names.length === 0 && open !== false)) {
    throw new Unfit('it has objects whose properties are not named');
  }
  if (!walk.dialect.nullable)
    return { properties: Object.fromEntries(below), required: [...required], additionalProperties: false };
  if (names.some((name) => !required.has(name))) walk.left.add('optional properties (asked for as null)');
  const all = below.map(([name, one]) => [name, required.has(name) ? one : orNull(one)] as const);
  return { properties: Object.fromEntries(all), required: names, additionalProperties: false };
}

function list(schema: Schema, walk: Walk): Schema {
  const { items, prefixItems } = schema;
  if (Array.isArray(items) || (prefixItems !== undefined && !walk.dialect.keywords.has('prefixItems'))) {
    throw new Unfit('it has lists whose items differ by place');
  }
  if (items === undefined && walk.dialect.closed) throw new Unfit('it has lists of anything');
  const places = Array.isArray(prefixItems) ? { prefixItems: prefixItems.map((one: unknown) => node(one, walk)) } : {};
  return items === undefined || typeof items === 'boolean' ? places : { ...places, items: node(items, walk) };
}

/** The keywords that are passed on as they are, and in the description those that the vendor does not follow. */
function passed(schema: Schema, { dialect, left }: Walk): Schema {
  const kept: [string, unknown][] = [];
  const told: string[] = [];
  for (const [keyword, value] of Object.entries(schema)) {
    if (HANDLED.has(keyword) || REMARKS.has(keyword)) continue;
    const follows =
      dialect.keywords.has(keyword) &&
      (keyword !== 'format' || dialect.formats === undefined || dialect.formats.has(String(value))) &&
      (keyword !== 'minItems' || Number(value) <= (dialect.minItems ?? Infinity));
    if (follows) kept.push([keyword, value]);
    else {
      left.add(keyword);
      told.push(`${keyword}: ${JSON.stringify(value)}`);
    }
  }
  const remark = told.join(', ');
  const said = [schema['description'], remark === '' || remark.length > MAX_TOLD ? undefined : `(${remark})`];
  const description = said.filter((part) => typeof part === 'string').join(' ');
  return { ...Object.fromEntries(kept), ...(description === '' ? {} : { description }) };
}

/** The type that a schema has without saying so. */
const implied = (schema: Schema): Schema => {
  if (schema['type'] !== undefined) return { type: schema['type'] };
  if (isObject(schema['properties'])) return { type: 'object' };
  return schema['items'] === undefined ? {} : { type: 'array' };
};

function node(raw: unknown, walk: Walk): Schema {
  if (!isObject(raw)) {
    if (raw === false || walk.dialect.closed) throw new Unfit('it has values of which nothing is said');
    return {};
  }
  if (raw['$ref'] !== undefined) return { $ref: moved(raw['$ref']) };
  const schema = merged(raw);
  const forms = schema['anyOf'] ?? schema['oneOf'];
  if (schema['oneOf'] !== undefined) walk.left.add('oneOf');
  const literal = literals(schema, walk);
  const type = 'type' in literal ? {} : implied(schema);
  const types = typesOf(type);
  const built: Schema = {
    ...type,
    ...literal,
    ...(types.includes('object') ? object(schema, walk) : {}),
    ...(types.includes('array') ? list(schema, walk) : {}),
    ...(Array.isArray(forms) ? { anyOf: forms.map((form: unknown) => node(form, walk)) } : {}),
    ...passed(schema, walk),
  };
  const says = ['type', 'enum', 'const', 'anyOf'].some((keyword) => keyword in built);
  if (walk.dialect.closed && !says) throw new Unfit('it has values of which nothing is said');
  return built;
}

/** What the whole answer is: generators like to put it among the definitions. */
function topOf(schema: Schema): Schema {
  const { $ref: reference, ...rest } = schema;
  const meant = typeof reference === 'string' ? target(schema, reference) : undefined;
  return isObject(meant) && meant['$ref'] === undefined ? { ...rest, ...meant } : schema;
}

/** The definitions that are referred to, converted; what nobody refers to may be as it likes. */
function definitionsFor(root: Schema, definitions: Schema, walk: Walk): Schema {
  const built: Record<string, Schema> = {};
  const open = [root];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const { reference } of references(next, false)) {
      const name = reference.slice('#/$defs/'.length).replaceAll('~1', '/').replaceAll('~0', '~');
      if (reference === '#' || Object.hasOwn(built, name)) continue;
      const definition = node(definitions[name], walk);
      built[name] = definition;
      open.push(definition);
    }
  }
  return built;
}

function converted(schema: Schema, dialect: Dialect): Converted {
  const walk: Walk = { dialect, left: new Set() };
  const definitions = {
    ...(isObject(schema['definitions']) ? schema['definitions'] : {}),
    ...(isObject(schema['$defs']) ? schema['$defs'] : {}),
  };
  const root = node(topOf(schema), walk);
  if (dialect.objectRoot && root['type'] !== 'object') throw new Unfit('the answer itself has to be an object there');
  if (dialect.objectRoot && 'anyOf' in root) throw new Unfit('the answer itself may not have several forms there');
  const defs = definitionsFor(root, definitions, walk);
  const whole = Object.keys(defs).length === 0 ? root : { ...root, $defs: defs };
  checkLoops(whole, dialect);
  const over = excess(whole, dialect);
  if (over !== undefined) throw new Unfit(over);
  return { schema: whole, left: [...walk.left] };
}

/** A schema in the part of JSON Schema that a vendor takes. Pure. */
export function convert(schema: Schema, dialect: Dialect): Converted {
  try {
    const today = modern(schema);
    return converted(isObject(today) ? today : schema, dialect);
  } catch (error) {
    if (error instanceof Unfit) return { unfit: error.message };
    throw error;
  }
}
