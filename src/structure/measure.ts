import { isObject } from '../core/json-object.ts';
import type { Dialect } from './dialects.ts';
import { namesIn, type Schema, subschemas, typesOf } from './subschemas.ts';

type Size = { properties: number; enumValues: number; characters: number; optional: number; unions: number; depth: number };

const NOTHING: Size = { properties: 0, enumValues: 0, characters: 0, optional: 0, unions: 0, depth: 0 };

/** What vendors call what they count. */
const COUNTED: Record<keyof Size, string> = {
  properties: 'properties',
  enumValues: 'values in its enums',
  characters: 'characters of names and values',
  optional: 'optional properties',
  unions: 'values of several types',
  depth: 'levels',
};

function added(a: Size, b: Size): Size {
  return {
    properties: a.properties + b.properties,
    enumValues: a.enumValues + b.enumValues,
    characters: a.characters + b.characters,
    optional: a.optional + b.optional,
    unions: a.unions + b.unions,
    depth: Math.max(a.depth, b.depth),
  };
}

function own(schema: Schema): Size {
  const names = isObject(schema['properties']) ? Object.keys(schema['properties']) : [];
  const required = new Set(namesIn(schema['required']));
  const values = Array.isArray(schema['enum']) ? schema['enum'] : [];
  const many = typesOf(schema).length > 1 || Array.isArray(schema['anyOf']);
  return {
    properties: names.length,
    enumValues: values.length,
    characters: [...names, ...values.map(String)].reduce((sum, word) => sum + word.length, 0),
    optional: names.filter((name) => !required.has(name)).length,
    unions: many ? 1 : 0,
    depth: 0,
  };
}

function sizeOf(schema: unknown): Size {
  if (!isObject(schema)) return NOTHING;
  const below = subschemas(schema).map((one) => sizeOf(one.schema));
  const total = below.reduce(added, own(schema));
  const isLevel = isObject(schema['properties']) || isObject(schema['items']);
  return { ...total, depth: total.depth + (isLevel ? 1 : 0) };
}

const COUNTS = ['properties', 'enumValues', 'characters', 'optional', 'unions', 'depth'] as const;

/** Of what a converted schema has more than its vendor takes; undefined: of nothing. */
export function excess(schema: Schema, { most }: Dialect): string | undefined {
  const size = sizeOf(schema);
  const over = COUNTS.find((what) => size[what] > (most[what] ?? Infinity));
  return over === undefined ? undefined : `it has ${size[over]} ${COUNTED[over]}, and ${most[over]} is the most there`;
}
