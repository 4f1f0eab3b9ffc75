import { isObject } from '../core/json-object.ts';
import { guarded, problemsIn } from './check.ts';
import { coerced } from './coerced.ts';
import { namesIn, type Schema, target, typesOf } from './subschemas.ts';

const MAX_DEPTH = 64;

/** Follows references to what they mean. */
function meant(root: Schema, schema: unknown): unknown {
  let found = schema;
  for (let hops = 0; hops < MAX_DEPTH && isObject(found) && typeof found['$ref'] === 'string'; hops += 1) {
    found = target(root, found['$ref']);
  }
  return found;
}

const alone = new WeakMap<Schema, Schema>();

/** The same schema as one that stands alone: what it refers to comes along. */
function standing(root: Schema, schema: Schema): Schema {
  const known = schema === root ? root : alone.get(schema);
  if (known !== undefined) return known;
  const built = withDefinitions(root, schema);
  alone.set(schema, built);
  return built;
}

const withDefinitions = (root: Schema, schema: Schema): Schema => ({
  ...(root['$schema'] === undefined ? {} : { $schema: root['$schema'] }),
  ...(isObject(root['$defs']) ? { $defs: root['$defs'] } : {}),
  ...(isObject(root['definitions']) ? { definitions: root['definitions'] } : {}),
  ...schema,
});

const branches = (schema: Schema): unknown[] =>
  ['anyOf', 'oneOf'].flatMap((keyword) => (Array.isArray(schema[keyword]) ? schema[keyword] : []));

/** Whether a schema lets a null through. What cannot be known counts as yes: then the null stays. */
function admitsNull(root: Schema, raw: unknown): boolean {
  const schema = meant(root, raw);
  if (!isObject(schema)) return schema !== false;
  if (schema['nullable'] === true) return true;
  const types = typesOf(schema);
  if (types.length > 0 && !types.includes('null')) return false;
  if (Array.isArray(schema['enum']) && !schema['enum'].includes(null)) return false;
  if ('const' in schema && schema['const'] !== null) return false;
  const forms = branches(schema);
  return forms.length === 0 || forms.some((form) => admitsNull(root, form));
}

/** The schema as a whole, and whether a value in the wrong dress (`"1"` for 1) is taken for the one that it means. */
type Tidying = { root: Schema; lenient: boolean };

function tidyObject(tidying: Tidying, schema: Schema, value: Schema, depth: number): Schema {
  const properties = isObject(schema['properties']) ? schema['properties'] : {};
  const required = new Set(namesIn(schema['required']));
  const entries = Object.entries(value).flatMap(([name, item]) => {
    const own = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (own === undefined) return [[name, item] as const];
    if (item === null && !required.has(name) && !admitsNull(tidying.root, own)) return [];
    return [[name, tidyBelow(tidying, own, item, depth + 1)] as const];
  });
  return Object.fromEntries(entries);
}

/** Whether a value has a form. A form whose references lead outside of it cannot be told alone, and counts as no. */
function has(root: Schema, form: Schema, value: unknown): boolean {
  try {
    return problemsIn(standing(root, form), value).length === 0;
  } catch {
    return false;
  }
}

/** By the first of several forms that the value has once it is tidied by it; one that it has as it is comes before. */
function tidyByForm({ root, lenient }: Tidying, forms: readonly unknown[], value: unknown, depth: number): unknown {
  const objects = forms.map((form) => meant(root, form)).filter(isObject);
  for (const way of lenient ? [false, true] : [false]) {
    for (const schema of objects) {
      const tidied = tidyBelow({ root, lenient: way }, schema, value, depth + 1);
      if (has(root, schema, tidied)) return tidied;
    }
  }
  return value;
}

function tidyBelow(tidying: Tidying, raw: unknown, given: unknown, depth: number): unknown {
  const schema = meant(tidying.root, raw);
  if (depth > MAX_DEPTH || !isObject(schema)) return given;
  const value = tidying.lenient ? coerced(schema, given) : given;
  const forms = branches(schema);
  const own = forms.length === 0 ? value : tidyByForm(tidying, forms, value, depth);
  const both = Array.isArray(schema['allOf']) ? schema['allOf'] : [];
  const all = both.reduce((sofar: unknown, one: unknown) => tidyBelow(tidying, one, sofar, depth + 1), own);
  if (Array.isArray(all)) return all.map((item: unknown) => tidyBelow(tidying, schema['items'], item, depth + 1));
  return isObject(all) ? tidyObject(tidying, schema, all, depth) : all;
}

/**
 * An answer in the shape that was asked for: a null in place of an optional property, which is how vendors have a property left
 * out that they insist on, is no property. Pure.
 */
export const tidied = (schema: Schema, value: unknown): unknown =>
  guarded(() => tidyBelow({ root: schema, lenient: false }, schema, value, 0));

/** The same, with values in the wrong dress taken for what they mean: `"1"` for 1, `"High"` for `high`. Pure. */
export const tidiedLeniently = (schema: Schema, value: unknown): unknown =>
  guarded(() => tidyBelow({ root: schema, lenient: true }, schema, value, 0));
