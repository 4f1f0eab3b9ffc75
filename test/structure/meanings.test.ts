import { describe, expect, it } from 'vitest';
import { convert } from '../../src/structure/convert.ts';
import { ANTHROPIC, GOOGLE, OPENAI } from '../../src/structure/dialects.ts';
import { meaningBy } from '../../src/structure/meanings.ts';
import { readJson } from '../../src/structure/read-json.ts';
import { validateSchema } from '../../src/structure/validate-schema.ts';

const SCHEMA = {
  type: 'object',
  properties: {
    n: { type: 'integer' },
    ok: { type: 'boolean' },
    level: { enum: ['high', 'low'] },
    zip: { type: 'string' },
    maybe: { anyOf: [{ type: 'number' }, { type: 'null' }] },
    either: { anyOf: [{ type: 'number' }, { type: 'string' }] },
    list: { type: 'array', items: { type: 'number' } },
  },
  required: ['n'],
  additionalProperties: false,
};

describe('an answer', () => {
  it('that matches is taken as it is', () => {
    expect(meaningBy(SCHEMA, { n: 1, either: '2' })).toEqual({ value: { n: 1, either: '2' }, did: '' });
  });

  it.each<[string, unknown, unknown]>([
    ['an object with one field around it', { answer: { n: 1 } }, { n: 1 }],
    ['a list with one item around it', [{ n: 1 }], { n: 1 }],
    ['JSON in a text', '{"n":1}', { n: 1 }],
    ['JSON in a text in an object', { result: '{"n":1}' }, { n: 1 }],
    ['a number in a text', { n: '1' }, { n: 1 }],
    ['a truth in a text', { n: 1, ok: 'True' }, { n: 1, ok: true }],
    ['a word with other capitals', { n: 1, level: ' High' }, { n: 1, level: 'high' }],
    ['a number where a text is wanted', { n: 1, zip: 8001 }, { n: 1, zip: '8001' }],
    ['one of several forms in a text', { n: 1, maybe: '2.5' }, { n: 1, maybe: 2.5 }],
    ['a list in a text', { n: 1, list: '[1, 2]' }, { n: 1, list: [1, 2] }],
    ['numbers of a list in texts', { n: 1, list: ['1', '2'] }, { n: 1, list: [1, 2] }],
    ['all of it together', { data: { n: '1', ok: 'false', either: '7' } }, { n: 1, ok: false, either: '7' }],
  ])('that has %s means what it means', (_, said, value) => {
    const meaning = meaningBy(SCHEMA, said);
    expect(meaning?.value).toEqual(value);
    expect(meaning?.did).not.toBe('');
  });

  it.each<[string, unknown]>([
    ['a word for a number', { n: 'one' }],
    ['a fraction for a whole number', { n: '1.5' }],
    ['a number that would be rounded', { n: '12345678901234567890' }],
    ['a field too many', { n: 1, other: 2 }],
    ['two fields around it', { answer: { n: 1 }, note: 'x' }],
    ['two answers', [{ n: 1 }, { n: 2 }]],
    ['nothing', {}],
  ])('that has %s is not guessed at', (_, said) => {
    expect(meaningBy(SCHEMA, said)).toBeUndefined();
  });

  it.each(['[', '{"a":'])('of 300,000 %s in one another is no JSON', (open) => {
    const text = open.repeat(300_000) + '1' + (open === '[' ? ']' : '}').repeat(300_000);
    expect(readJson(text)).toBeUndefined();
  });
});

describe('a schema that is none', () => {
  const inner = { type: 'object', properties: { a: { type: 'integer' } } };

  it.each<[string, object, RegExp]>([
    ['OpenAI’s wrapper', { name: 'x', strict: true, schema: inner }, /pass what is under "schema" alone/],
    ['OpenAI’s format', { type: 'json_schema', json_schema: { name: 'x', schema: inner } }, /under "json_schema"/],
    ['a function', { name: 'f', description: 'd', parameters: inner }, /under "parameters"/],
    ['Anthropic’s tool', { name: 'f', input_schema: inner }, /under "input_schema"/],
    ['an example', { name: 'string', age: 'number' }, /"name" and "age" mean nothing/],
  ])('is refused with what to do: %s', (_, schema, said) => {
    expect(() => validateSchema(schema)).toThrow(said);
  });

  it.each([{}, { title: 'Anything' }, { const: 1 }, { ...inner, schema: {} }, { $ref: '#/$defs/a', $defs: { a: inner } }])(
    'is not taken for one where it says something: %j',
    (schema) => {
      expect(() => validateSchema(schema)).not.toThrow();
    },
  );
});

describe('the order of fields', () => {
  const part = (name: string) => ({ type: 'object', properties: { [name]: { type: 'string' } }, required: [name] });

  it.each([
    ['two parts', { allOf: [part('reasoning'), part('answer')] }],
    ['a part after its own fields', { ...part('reasoning'), allOf: [part('answer')] }],
    ['a part before its own fields', { allOf: [part('reasoning')], ...part('answer') }],
  ])('is kept where allOf joins %s', (_, schema) => {
    for (const dialect of [OPENAI, ANTHROPIC, GOOGLE]) {
      expect(JSON.stringify(convert(schema, dialect))).toMatch(/"properties":\{"reasoning":.*"answer":/);
    }
  });
});
