import { isObject } from '../core/json-object.ts';
/** A JSON Schema that is an object; the other two are `true` and `false`. */
export type Schema = { readonly [keyword: string]: unknown };

/** Keywords that hold one schema and nothing else. */
export const SINGLE: ReadonlySet<string> = new Set([
  'additionalItems',
  'unevaluatedItems',
  'contains',
  'additionalProperties',
  'unevaluatedProperties',
  'propertyNames',
  'not',
  'if',
  'then',
  'else',
]);
/** Keywords that hold one schema, a list of schemas, and a table of schemas by name. `items` may be one or a list. */
const ONE: ReadonlySet<string> = new Set([...SINGLE, 'items']);
const LIST: ReadonlySet<string> = new Set(['items', 'prefixItems', 'allOf', 'anyOf', 'oneOf']);
const TABLE: ReadonlySet<string> = new Set(['$defs', 'definitions', 'properties', 'patternProperties', 'dependentSchemas']);

/** The types that a schema names, in one form. */
export const typesOf = ({ type }: Schema): readonly unknown[] => (Array.isArray(type) ? type : type === undefined ? [] : [type]);

export const namesIn = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((name): name is string => typeof name === 'string') : [];

const escaped = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');

/** Every schema right below one, with its place as a JSON pointer from there. */
export function subschemas(schema: Schema): { at: string; schema: unknown }[] {
  return Object.entries(schema).flatMap(([keyword, value]) => {
    if (LIST.has(keyword) && Array.isArray(value)) {
      return value.map((one: unknown, nth) => ({ at: `/${keyword}/${nth}`, schema: one }));
    }
    if (TABLE.has(keyword) && isObject(value)) {
      return Object.entries(value).map(([name, one]) => ({ at: `/${keyword}/${escaped(name)}`, schema: one }));
    }
    return ONE.has(keyword) ? [{ at: `/${keyword}`, schema: value }] : [];
  });
}

/** The schema with every schema right below it replaced by what becomes of it. */
export function mapped(schema: Schema, change: (below: unknown) => unknown): Schema {
  const changed = Object.entries(schema).map(([keyword, value]) => {
    if (LIST.has(keyword) && Array.isArray(value)) return [keyword, value.map(change)] as const;
    if (TABLE.has(keyword) && isObject(value)) {
      return [keyword, Object.fromEntries(Object.entries(value).map(([name, one]) => [name, change(one)]))] as const;
    }
    return [keyword, ONE.has(keyword) ? change(value) : value] as const;
  });
  return Object.fromEntries(changed);
}

/** What a local reference (`#`, `#/$defs/a`, `#anchor`) points at; undefined: nothing. */
export function target(root: Schema, reference: string): unknown {
  const fragment = decoded(reference.slice(1));
  if (fragment === '') return root;
  if (!fragment.startsWith('/')) return anchored(root, fragment);
  const steps = fragment.slice(1).split('/');
  return steps.reduce<unknown>((at, step) => {
    const name = step.replaceAll('~1', '/').replaceAll('~0', '~');
    if (Array.isArray(at)) return at[Number(name)];
    return isObject(at) && Object.hasOwn(at, name) ? at[name] : undefined;
  }, root);
}

function decoded(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}

function anchored(schema: unknown, name: string): unknown {
  if (!isObject(schema)) return undefined;
  if (schema['$anchor'] === name) return schema;
  for (const below of subschemas(schema)) {
    const found = anchored(below.schema, name);
    if (found !== undefined) return found;
  }
  return undefined;
}
