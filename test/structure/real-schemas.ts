import { isObject } from '../../src/core/json-object.ts';
import type { Schema } from '../../src/structure/subschemas.ts';

/** A schema as people write them, an answer that has its shape, and one that has not, with a word of what is wrong. */
export type Real = { schema: Schema; good: unknown; bad: unknown; wrong: RegExp };

const text = { type: 'string' };
const object = (properties: Schema, required: string[] = Object.keys(properties)): Schema => ({
  type: 'object',
  properties,
  required,
});

export const REAL: Readonly<Record<string, Real>> = {
  'an address': {
    schema: {
      ...object({ street: text, city: text, zip: { type: 'string', pattern: '^\\d{5}$' } }),
      additionalProperties: false,
    },
    good: { street: 'Hauptstr. 1', city: 'Köln', zip: '50667' },
    bad: { street: 'Hauptstr. 1', city: 'Köln', zip: 'K-50667' },
    wrong: /zip/,
  },
  'optional properties': {
    schema: object({ name: text, nick: text, age: { type: 'integer' }, mood: { enum: ['glad', 'sad'] } }, ['name']),
    good: { name: 'Ada', age: 36 },
    bad: { nick: 'A' },
    wrong: /name/,
  },
  'a manifest like package.json': {
    schema: object(
      {
        name: { type: 'string', minLength: 1, maxLength: 214 },
        version: { type: 'string', pattern: '^\\d+\\.\\d+\\.\\d+$' },
        private: { type: 'boolean' },
        keywords: { type: 'array', items: text, uniqueItems: true },
        scripts: { type: 'object', additionalProperties: text },
        engines: object({ node: text }, []),
      },
      ['name', 'version'],
    ),
    good: { name: 'x', version: '1.0.0', keywords: ['a', 'b'], scripts: { test: 'vitest' }, engines: {} },
    bad: { name: 'x', version: 'one' },
    wrong: /version/,
  },
  'a piece of OpenAPI': {
    schema: {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $id: 'https://example.com/operation.json',
      title: 'Operation',
      ...object(
        {
          operationId: text,
          deprecated: { type: 'boolean', default: false },
          parameters: { type: 'array', items: { $ref: '#/$defs/parameter' } },
        },
        ['operationId', 'parameters'],
      ),
      $defs: {
        parameter: object(
          { name: text, in: { type: 'string', enum: ['query', 'path', 'header'] }, required: { type: 'boolean' } },
          ['name', 'in'],
        ),
        unused: { allOf: [{ $ref: '#/$defs/parameter' }, { not: { type: 'null' } }] },
      },
    },
    good: { operationId: 'list', parameters: [{ name: 'limit', in: 'query' }] },
    bad: { operationId: 'list', parameters: [{ name: 'limit', in: 'cookie' }] },
    wrong: /parameters\[0\]\.in/,
  },
  'a tree that holds itself': {
    schema: {
      $ref: '#/$defs/node',
      $defs: { node: object({ value: text, children: { type: 'array', items: { $ref: '#/$defs/node' } } }, ['value']) },
    },
    good: { value: 'a', children: [{ value: 'b' }, { value: 'c', children: [] }] },
    bad: { value: 'a', children: [{ value: ['b'] }] },
    wrong: /children\[0\]\.value/,
  },
  'a list that ends in null': {
    schema: object({ head: text, tail: { anyOf: [{ $ref: '#' }, { type: 'null' }] } }),
    good: { head: 'a', tail: { head: 'b', tail: null } },
    bad: { head: 'a', tail: { head: 'b' } },
    wrong: /tail/,
  },
  'enum and const': {
    schema: object({ kind: { const: 'report' }, level: { enum: ['low', 'high'] }, stars: { type: 'integer', enum: [1, 2, 3] } }),
    good: { kind: 'report', level: 'low', stars: 2 },
    bad: { kind: 'letter', level: 'low', stars: 2 },
    wrong: /kind/,
  },
  'one of several forms': {
    schema: object({
      shape: {
        anyOf: [
          object({ type: { const: 'circle' }, radius: { type: 'number' }, label: text }, ['type', 'radius']),
          object({ type: { const: 'square' }, side: { type: 'number' } }),
        ],
      },
    }),
    good: { shape: { type: 'circle', radius: 2 } },
    bad: { shape: { type: 'circle', side: 2 } },
    wrong: /shape/,
  },
  'exactly one of several forms': {
    schema: object({ id: { oneOf: [text, { type: 'integer' }] } }),
    good: { id: 7 },
    bad: { id: ['7'] },
    wrong: /id/,
  },
  'lists with bounds': {
    schema: object({ tags: { type: 'array', items: text, minItems: 2, maxItems: 3 } }),
    good: { tags: ['a', 'b'] },
    bad: { tags: ['a'] },
    wrong: /tags/,
  },
  formats: {
    schema: object({
      at: { type: 'string', format: 'date-time' },
      mail: { type: 'string', format: 'email' },
      link: { type: 'string', format: 'uri' },
    }),
    good: { at: '2026-11-21T10:00:00Z', mail: 'ada@example.com', link: 'https://example.com/' },
    bad: { at: 'yesterday', mail: 'ada@example.com', link: 'https://example.com/' },
    wrong: /at/,
  },
  'numbers with bounds': {
    schema: object({ share: { type: 'number', minimum: 0, exclusiveMaximum: 1 }, even: { type: 'integer', multipleOf: 2 } }),
    good: { share: 0.5, even: 4 },
    bad: { share: 1, even: 4 },
    wrong: /share/,
  },
  'values that may be null': {
    schema: object({ title: text, subtitle: { type: ['string', 'null'] }, editor: { type: ['string', 'null'] } }, [
      'title',
      'subtitle',
    ]),
    good: { title: 'T', subtitle: null, editor: null },
    bad: { title: null, subtitle: null },
    wrong: /title/,
  },
  'definitions of draft-07': {
    schema: {
      $schema: 'http://json-schema.org/draft-07/schema#',
      ...object({ home: { $ref: '#/definitions/place' }, work: { $ref: '#/definitions/place' } }, ['home']),
      definitions: { place: object({ city: text }) },
    },
    good: { home: { city: 'Rome' } },
    bad: { home: {} },
    wrong: /home/,
  },
  'definitions in definitions': {
    schema: {
      ...object({ team: { $ref: '#/$defs/team' } }),
      $defs: {
        person: object({ name: text, boss: { $ref: '#/$defs/name' } }, ['name']),
        team: object({ lead: { $ref: '#/$defs/person' }, members: { type: 'array', items: { $ref: '#/$defs/person' } } }),
        name: { type: 'string', minLength: 1 },
      },
    },
    good: { team: { lead: { name: 'A' }, members: [{ name: 'B', boss: 'A' }] } },
    bad: { team: { lead: { name: 'A' }, members: [{ boss: 'A' }] } },
    wrong: /members\[0\]/,
  },
  'a tree that refers to the outermost of its name (2020-12)': {
    schema: {
      $dynamicAnchor: 'node',
      ...object({ v: { type: 'integer' }, c: { type: 'array', items: { $dynamicRef: '#node' } } }, ['v']),
    },
    good: { v: 1, c: [{ v: 2, c: [] }] },
    bad: { v: 1, c: [{}] },
    wrong: /c\[0\]/,
  },
  'a tree that refers to its root by the word of 2019-09': {
    schema: {
      $schema: 'https://json-schema.org/draft/2019-09/schema',
      $recursiveAnchor: true,
      ...object({ v: { type: 'integer' }, c: { type: 'array', items: { $recursiveRef: '#' } } }, ['v']),
    },
    good: { v: 1, c: [{ v: 2 }] },
    bad: { v: 1, c: [{ v: 'two' }] },
    wrong: /c\[0\]/,
  },
  'schemas joined by allOf': {
    schema: { allOf: [object({ a: text }), object({ b: { type: 'integer' } })] },
    good: { a: 'x', b: 1 },
    bad: { a: 'x' },
    wrong: /b/,
  },
  'a list at the root': {
    schema: { type: 'array', items: object({ word: text, note: text }, ['word']), minItems: 1 },
    good: [{ word: 'a' }, { word: 'b', note: 'n' }],
    bad: [],
    wrong: /answer itself/,
  },
  'a text at the root': { schema: { type: 'string', enum: ['yes', 'no'] }, good: 'yes', bad: 'maybe', wrong: /answer itself/ },
  'anything by name': {
    schema: { type: 'object', additionalProperties: { type: 'number' }, propertyNames: { pattern: '^[a-z]+$' } },
    good: { apples: 1, pears: 2.5 },
    bad: { apples: 'one' },
    wrong: /apples/,
  },
  'a pair by place': {
    schema: object({
      point: { type: 'array', prefixItems: [{ type: 'number' }, { type: 'number' }], items: false, minItems: 2 },
    }),
    good: { point: [1, 2] },
    bad: { point: [1] },
    wrong: /point/,
  },
  'what depends on something else': {
    schema: {
      ...object({ pays: { type: 'boolean' }, card: text }, ['pays']),
      if: { properties: { pays: { const: false } } },
      else: { required: ['card'] },
    },
    good: { pays: true, card: '4242' },
    bad: { pays: true },
    wrong: /card/,
  },
  'twelve levels': {
    schema: Array.from({ length: 12 }).reduce<Schema>((inside) => object({ in: inside }), text),
    good: Array.from({ length: 12 }).reduce<unknown>((inside) => ({ in: inside }), 'deep'),
    bad: { in: { in: 'too soon' } },
    wrong: /in\.in/,
  },
};

/** The same answer as a model in strict mode gives it: with null for every optional property that is not there. */
export function withNulls(schema: unknown, value: unknown): unknown {
  const { properties, items } = isObject(schema) ? schema : {};
  if (Array.isArray(value)) return value.map((item: unknown) => withNulls(items, item));
  if (!isObject(value)) return value;
  const known = isObject(properties) ? properties : {};
  const own = Object.entries(value).map(([name, item]) => [name, withNulls(known[name], item)] as const);
  const missing = Object.keys(known).filter((name) => !(name in value));
  return Object.fromEntries([...own, ...missing.map((name) => [name, null] as const)]);
}
