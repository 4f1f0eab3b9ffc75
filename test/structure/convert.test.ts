import { describe, expect, it } from 'vitest';
import { check } from '../../src/structure/check.ts';
import { convert } from '../../src/structure/convert.ts';
import { ANTHROPIC, BEDROCK, GOOGLE, OPENAI } from '../../src/structure/dialects.ts';
import { REAL } from './real-schemas.ts';

const DIALECTS = { OPENAI, ANTHROPIC, BEDROCK, GOOGLE };

const properties = (count: number): Record<string, object> =>
  Object.fromEntries(Array.from({ length: count }, (_, nth) => [`p${nth}`, { type: 'string' }]));

describe.each(Object.entries(DIALECTS))('%s', (_, dialect) => {
  it.each(Object.entries(REAL))('takes, or says why not: %s', (__, { schema }) => {
    expect(convert(schema, dialect)).toMatchSnapshot();
  });

  it.each(Object.entries(REAL))('lets nothing through that it does not follow: %s', (__, { schema }) => {
    const converted = convert(schema, dialect);
    const keywords = new Set<string>();
    const walk = (one: unknown, isTable: boolean): void => {
      if (Array.isArray(one)) for (const item of one) walk(item, false);
      else if (typeof one === 'object' && one !== null) {
        for (const [key, value] of Object.entries(one)) {
          if (!isTable) keywords.add(key);
          if (!['enum', 'const', 'required'].includes(key) || isTable)
            walk(value, !isTable && ['properties', '$defs'].includes(key));
        }
      }
    };
    walk('schema' in converted ? converted.schema : {}, false);
    expect([...keywords].filter((keyword) => !dialect.keywords.has(keyword) && !['$ref', '$defs'].includes(keyword))).toEqual([]);
  });
});

describe('a converted schema', () => {
  it('says in the vendors’ words what other dialects say', () => {
    const schema = {
      type: 'object',
      properties: { a: { type: 'string', nullable: true }, b: { type: 'number', minimum: 0, exclusiveMinimum: true } },
      required: ['a', 'b'],
      additionalProperties: false,
    };
    expect(convert(schema, OPENAI)).toMatchObject({
      schema: { properties: { a: { type: ['string', 'null'] }, b: { type: 'number', exclusiveMinimum: 0 } } },
    });
  });

  it.each(Object.entries(REAL))('still admits a good answer where properties may be missing: %s', (_, { schema, good }) => {
    const converted = [ANTHROPIC, GOOGLE].map((dialect) => convert(schema, dialect));
    expect(converted.flatMap((one) => ('schema' in one ? check(one.schema, good) : []))).toEqual([]);
  });

  it('is none when it has more of something than its vendor takes', () => {
    const wide = (count: number) => ({ type: 'object', properties: properties(count) });
    expect(convert(wide(5001), OPENAI)).toEqual({ unfit: 'it has 5001 properties, and 5000 is the most there' });
    expect(convert(wide(25), ANTHROPIC)).toEqual({ unfit: 'it has 25 optional properties, and 24 is the most there' });
    expect(convert(wide(24), ANTHROPIC)).toHaveProperty('schema');
    const many = { type: 'object', properties: { a: { type: 'string', enum: Object.keys(properties(1001)) } }, required: ['a'] };
    expect(convert(many, OPENAI)).toEqual({ unfit: 'it has 1001 values in its enums, and 1000 is the most there' });
  });

  it('tells in a description what the vendor does not follow', () => {
    const schema = {
      type: 'object',
      properties: { a: { type: 'string', minLength: 3, description: 'A word' } },
      required: ['a'],
    };
    expect(convert(schema, OPENAI)).toMatchObject({
      schema: { properties: { a: { type: 'string', description: 'A word (minLength: 3)' } } },
      left: ['minLength'],
    });
  });
});
