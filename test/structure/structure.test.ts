import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { failureIn } from '../../src/core/errors.ts';
import { check, problemsText } from '../../src/structure/check.ts';
import { readJson } from '../../src/structure/read-json.ts';
import { tidied } from '../../src/structure/tidy.ts';
import { validateSchema } from '../../src/structure/validate-schema.ts';
import { REAL, withNulls } from './real-schemas.ts';

const REFUSED: Readonly<Record<string, [unknown, RegExp]>> = {
  'that is no object': ['a string', /a JSON Schema is an object like/],
  'with a type that there is not': [{ type: 'strng' }, /at its root, "type" has to be one of array.* and is "strng"/],
  'with properties in a list': [{ properties: ['a'] }, /"properties" has to be schemas by name/],
  'that requires by a word': [
    { properties: { a: { required: true } } },
    /at \/properties\/a, "required" has to be a list of names/,
  ],
  'with a size below 0': [{ items: { minLength: -1 } }, /at \/items, "minLength" has to be a whole number from 0 up/],
  'with a pattern that is none': [{ pattern: '(' }, /"pattern" has to be a regular expression/],
  'with a name that is no pattern': [{ patternProperties: { '(': {} } }, /"patternProperties" has to be schemas by regular/],
  'with an empty enum': [{ enum: [] }, /"enum" has to be a list of values/],
  'that would have something fetched': [
    { $ref: 'https://evil.example/schema.json' },
    /points outside of the schema, and nothing is fetched/,
  ],
  'that would have a file read': [{ items: { $ref: 'file:///etc/passwd' } }, /points outside of the schema/],
  'that refers to nothing by its outermost name': [{ items: { $dynamicRef: '#gone' } }, /"\$ref" points at nothing/],
  'that refers outside by its outermost name': [{ $dynamicRef: 'https://evil.example/s' }, /points outside of the schema/],
  'that refers to nothing': [{ $ref: '#/$defs/gone' }, /"\$ref" points at nothing/],
  'that refers to itself and nothing else': [{ $ref: '#' }, /"\$ref" points at itself/],
  'that holds itself without an end': [{ allOf: [{ $ref: '#' }] }, /refers to itself without an end/],
  'with a schema of its own inside': [{ properties: { a: { $id: 'x' } } }, /"\$id" starts a schema of its own/],
  'that is very deep': [
    Array.from({ length: 80 }).reduce<object>((inside) => ({ items: inside }), {}),
    /more than 64 levels deep/,
  ],
  'that is very large': [{ enum: ['x'.repeat(300_000)] }, /300\d+ characters, and 200000 is the most/],
};

describe('a schema', () => {
  it.each(Object.entries(REFUSED))('%s is refused, and it is said why', (_, [schema, why]) => {
    const failure = (() => {
      try {
        return validateSchema(schema);
      } catch (error) {
        return failureIn(error);
      }
    })();
    expect(failure).toMatchObject({ kind: 'input', message: expect.stringMatching(why), facts: { param: 'json_schema' } });
  });

  it.each(Object.entries(REAL))('is taken: %s', (_, { schema }) => {
    expect(() => validateSchema(schema)).not.toThrow();
  });

  it('with a pattern that takes for ever is refused when it does', () => {
    expect(() => check({ type: 'string', pattern: '^(a+)+$' }, `${'a'.repeat(60)}!`)).toThrow(/a pattern of it takes too long/);
  });

  it('is not changed by being used', () => {
    const schema = {
      $id: 'https://example.com/',
      type: 'object',
      properties: { a: { $ref: '#/$defs/a' } },
      $defs: { a: { type: 'string' } },
    };
    const before = structuredClone(schema);
    validateSchema(schema);
    expect(schema).toEqual(before);
    expect(Object.getOwnPropertyNames(schema.properties.a)).toEqual(['$ref']);
  });
});

describe('an answer', () => {
  it.each(Object.entries(REAL))('matches or not, in words that name the place: %s', (_, { schema, good, bad, wrong }) => {
    expect(check(schema, good)).toEqual([]);
    expect(problemsText(check(schema, bad))).toMatch(wrong);
  });

  it('is told of ten problems at the most, each once and short', () => {
    const schema = { type: 'array', items: { type: 'integer' } };
    const problems = check(
      schema,
      Array.from({ length: 50 }, () => 'no'),
    );
    expect(problems).toHaveLength(10);
    expect(problems[0]).toEqual({ path: '[0]', expected: 'the value type "string" is invalid. Expected "integer".' });
  });

  it.each(Object.entries(REAL))('loses the nulls that stand for nothing, and no others: %s', (_, { schema, good }) => {
    expect(tidied(schema, good)).toEqual(good);
    expect(tidied(schema, withNulls(schema, good))).toEqual(good);
  });

  it('may have many forms in many places without taking long', () => {
    const form = (kind: string) => ({
      type: 'object',
      properties: { kind: { const: kind }, note: { type: 'string' } },
      required: ['kind'],
    });
    const schema = { type: 'array', items: { anyOf: ['a', 'b', 'c', 'd'].map(form) } };
    const value = Array.from({ length: 2000 }, () => ({ kind: 'd', note: null }));
    expect(tidied(schema, value)).toEqual(value.map(() => ({ kind: 'd' })));
  });
});

const FOUND: Readonly<Record<string, [string, unknown]>> = {
  alone: ['{"a":1}', { a: 1 }],
  'with room around it': [' \n[1, 2]\n', [1, 2]],
  'as a bare text': ['"yes"', 'yes'],
  'in a fence': ['```json\n{"a":1}\n```', { a: 1 }],
  'in a fence amidst words': ['Here you are:\n\n```\n{"a": "```"}\n```\nAnything else?', { a: '```' }],
  'amidst words': ['The answer is {"a": {"b": "}"}} as you [see].', { a: { b: '}' } }],
  'after what looks like it': ['In [brackets] and {braces}: {"a":1}.', { a: 1 }],
  'after a mark of its encoding': ['\uFEFF{"a":1}', { a: 1 }],
  'with a comma too many': ['{"a": [1, 2, ], }', { a: [1, 2] }],
  'with comments': ['{\n  // the first\n  "a": "http://b//c", // and this\n}', { a: 'http://b//c' }],
  'in words of Python': ['{"a": True, "b": [None, False], "c": "True, None"}', { a: true, b: [null, false], c: 'True, None' }],
  'with a comma too many amidst words': ['Here: {"a":1,} there.', { a: 1 }],
};

/** A value that an older or another dialect's schema takes, and one that it does not. */
const DIALECTS: Readonly<Record<string, [schema: object, good: unknown[], bad: unknown[]]>> = {
  'nullable of OpenAPI': [{ type: 'string', nullable: true }, [null, 'a'], [1]],
  'nullable beside an enum': [{ type: 'string', enum: ['a'], nullable: true }, [null, 'a'], ['b']],
  'nullable beside a reference': [
    { properties: { a: { $ref: '#/$defs/a', nullable: true } }, $defs: { a: { type: 'integer' } } },
    [{ a: null }, { a: 1 }],
    [{ a: 'x' }],
  ],
  'nullable that is false': [{ type: 'string', nullable: false }, ['a'], [null]],
  'an exclusive bound of draft 4': [
    { minimum: 0, exclusiveMinimum: true, maximum: 1, exclusiveMaximum: false },
    [0.5, 1],
    [0, 2],
  ],
  'the same of a schema that says so': [
    { $schema: 'http://json-schema.org/draft-04/schema#', items: { minimum: 0, exclusiveMinimum: true } },
    [[0.5]],
    [[0], [-1]],
  ],
  'a bound that excludes nothing': [{ exclusiveMinimum: true }, [0.5, -1], []],
  'an escaped hyphen': [{ pattern: String.raw`^\d{4}\-\d{2}$` }, ['2026-11'], ['2026_11']],
  'a hyphen after a kind of characters': [{ pattern: String.raw`^[\w-\.]+@[\w-]+\.com$` }, ['a-b.c@d-e.com'], ['a b@d.com']],
  'braces and quotes': [{ pattern: String.raw`^{\"a\"}]{2}$` }, ['{"a"}]]'], ['{"a"}]']],
  'an escape in a name': [
    { patternProperties: { [String.raw`^x\-`]: { type: 'integer' } }, additionalProperties: false },
    [{ 'x-a': 1 }],
    [{ 'x-a': 'b' }, { x_a: 1 }],
  ],
};

describe('what other dialects say', () => {
  it.each(Object.entries(DIALECTS))('is understood: %s', (_, [schema, good, bad]) => {
    const before = structuredClone(schema);
    expect(() => validateSchema(schema)).not.toThrow();
    const found = (values: unknown[]) => values.map((value) => check({ ...schema }, tidied({ ...schema }, value)).length > 0);
    expect(found(good)).toEqual(good.map(() => false));
    expect(found(bad)).toEqual(bad.map(() => true));
    expect(schema).toEqual(before);
  });

  it('keeps a null that is allowed', () => {
    const schema = { properties: { a: { type: 'string', nullable: true }, b: { type: 'string' } } };
    expect(tidied(schema, { a: null, b: null })).toEqual({ a: null });
  });
});

describe('JSON in a text', () => {
  it.each([
    ['a fence and then words', 'Draft:\n```json\n{"a":1}\n```\nBetter: {"a":2}.', { a: 2 }],
    ['two fences', '```json\n{"a":1}\n```\nNo.\n```json\n{"a":2}\n```', { a: 2 }],
    ['a citation at the end', 'It is {"a":3}, see [1] and {}.', { a: 3 }],
    ['a last one that does not fit', '```json\n{"a":4}\n```\nAnd not {"a":"x"}', { a: 4 }],
  ])('is the last that fits: %s', (_, text, value) => {
    const fits = (one: unknown): boolean =>
      check({ type: 'object', properties: { a: { type: 'integer' } }, required: ['a'] }, one).length === 0;
    expect(readJson(text, fits)?.value).toEqual(value);
  });

  it('is the last in a fence where none fits', () => {
    expect(readJson('```\n{"a":1}\n```\n```\n{"b":2}\n```\n{"c":"longer than these"}')?.text).toBe('{"b":2}');
  });

  it.each(Object.entries(FOUND))('is found %s', (_, [said, value]) => {
    expect(readJson(said)).toMatchObject({ value });
  });

  it.each(['', 'No.', '{"a":', '{a: 1}', '[1, 2', '```json\n{"a":\n```'])('is not found where there is none: %j', (said) => {
    expect(readJson(said)).toBeUndefined();
  });

  it('is found whatever stands around it, and nothing is thrown', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.string(), fc.string(), (value, before, after) => {
        expect(() => readJson(`${before}${JSON.stringify(value)}${after}`)).not.toThrow();
        expect(readJson(JSON.stringify(value))?.value).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('is not looked for without an end', () => {
    expect(readJson('{['.repeat(200_000))).toBeUndefined();
  });
});
