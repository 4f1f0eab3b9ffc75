import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { countTokens } from 'gpt-tokenizer/encoding/o200k_base';
import { describe, expect, it } from 'vitest';
import { COSTLY_TOOLS } from '../../src/core/budget.ts';
import { TOOLS } from '../../src/tools/index.ts';
import { offered } from '../../src/tools/offered.ts';
import { listedTools } from '../support/listed-tools.ts';
import { ROOT } from '../support/source.ts';

/** The most tokens that hosts may be charged for our definitions in every session. */
const BUDGET = 1700;

/** The most characters of a description: some hosts cut what is longer. */
const LONGEST_DESCRIPTION = 1024;

/** What breaks one host or another, wherever it stands in a schema. */
const FORBIDDEN = [
  '$schema',
  '$ref',
  '$defs',
  'oneOf',
  'anyOf',
  'allOf',
  'not',
  'additionalProperties',
  'propertyNames',
  'patternProperties',
  'exclusiveMinimum',
  'exclusiveMaximum',
];

type Node = { path: string; schema: unknown };
type Keyed = Record<string, unknown>;

const isKeyed = (value: unknown): value is Keyed => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Every schema within a schema, itself among them. */
function within({ path, schema }: Node): Node[] {
  if (!isKeyed(schema)) return [{ path, schema }];
  const properties = isKeyed(schema['properties']) ? Object.entries(schema['properties']) : [];
  const items = 'items' in schema ? [within({ path: `${path}[]`, schema: schema['items'] })] : [];
  return [
    { path, schema },
    ...properties.flatMap(([name, inner]) => within({ path: `${path}.${name}`, schema: inner })),
    ...items.flat(),
  ];
}

const ofAll = TOOLS.flatMap(({ name, inputSchema }) => within({ path: name, schema: inputSchema }));
const parameters = ofAll.filter(({ path }) => path.includes('.') && !path.endsWith('[]'));
const pathsWhere = (nodes: readonly Node[], holds: (schema: Keyed) => boolean): string[] =>
  nodes.filter(({ schema }) => isKeyed(schema) && holds(schema)).map(({ path }) => path);

describe('the tools', () => {
  it('are one file each, named as the tool is, and all of them in the list', () => {
    const files = readdirSync(join(ROOT, 'src/tools')).map((file) => file.replace('.ts', '').replaceAll('-', '_'));
    const names = TOOLS.map(({ name }) => name);
    expect(names).toEqual(['call_model', 'compare_models', 'route_by_task', 'list_models', 'get_result']);
    expect(names.filter((name) => !files.includes(name))).toEqual([]);
    // A tool's file is named by a verb and what it acts on; the others by what they hold.
    const verbs = files.filter((file) => /^(?:call|compare|route|list|get)_/.test(file));
    expect(verbs.toSorted()).toEqual(names.toSorted());
  });

  it.each(TOOLS)('$name says what it does, when to use it and when not, in a few words', ({ description }) => {
    expect(description.length).toBeLessThan(LONGEST_DESCRIPTION);
    expect(description).toMatch(/^[A-Z].*\. Use it .*\. Not .*\.$/);
  });

  it('that can cost money are those that a budget may be for', () => {
    expect(
      TOOLS.filter(({ annotations }) => annotations.openWorldHint && !annotations.idempotentHint).map(({ name }) => name),
    ).toEqual([...COSTLY_TOOLS]);
  });

  it('say what the hosts’ models look for', () => {
    const [call, compare] = TOOLS.map(({ description }) => description.toLowerCase());
    for (const word of ['ask', 'consult', 'second opinion']) expect(call).toContain(word);
    expect(compare).toContain('sends a prompt');
  });

  it.each(TOOLS)('$name changes nothing, and says so', ({ annotations }) => {
    expect(annotations).toMatchObject({ readOnlyHint: true, destructiveHint: false });
  });
});

describe('their schemas', () => {
  it('describe every parameter', () => {
    expect(pathsWhere(parameters, ({ description }) => typeof description !== 'string' || description.length < 8)).toEqual([]);
  });

  it('are flat objects', () => {
    expect(TOOLS.map(({ inputSchema }) => inputSchema.type)).toEqual(TOOLS.map(() => 'object'));
    expect(pathsWhere(parameters, ({ type }) => type === 'object')).toEqual([]);
  });

  it.each(FORBIDDEN)('have no %s', (keyword) => {
    expect(pathsWhere(ofAll, (schema) => keyword in schema)).toEqual([]);
  });

  it('have one type everywhere, in the items of lists too', () => {
    expect(ofAll.filter(({ schema }) => !isKeyed(schema)).map(({ path }) => path)).toEqual([]);
    expect(pathsWhere(ofAll, ({ type }) => typeof type !== 'string')).toEqual([]);
    expect(pathsWhere(ofAll, ({ type, items }) => type === 'array' && items === undefined)).toEqual([]);
  });

  it('bound every number, by bounds that somebody chose', () => {
    const bounded = (bound: unknown) => typeof bound === 'number' && Math.abs(bound) < Number.MAX_SAFE_INTEGER;
    const numbers = ({ type }: Keyed) => type === 'integer' || type === 'number';
    expect(pathsWhere(ofAll, (schema) => numbers(schema) && !(bounded(schema['minimum']) && bounded(schema['maximum'])))).toEqual(
      [],
    );
  });

  it('require exactly what a call cannot do without', () => {
    expect(Object.fromEntries(TOOLS.map(({ name, inputSchema }) => [name, inputSchema.required ?? []]))).toEqual({
      call_model: ['prompt'],
      compare_models: ['prompt'],
      route_by_task: ['task', 'prompt'],
      list_models: [],
      get_result: ['job_id'],
    });
  });
});

describe('what the tools and instructions cost a host', async () => {
  const { tools, instructions } = await listedTools(TOOLS);
  const definitions = tools.map(({ name, description, inputSchema }) => ({ name, description, input_schema: inputSchema }));
  const tokens = countTokens(JSON.stringify(definitions)) + countTokens(instructions);

  it(`is ${tokens} tokens, of ${BUDGET} at most`, () => {
    expect(definitions).toHaveLength(TOOLS.length);
    expect(tokens).toBeGreaterThan(100);
    expect(tokens).toBeLessThan(BUDGET);
  });

  it('is not more than what the schemas say: nothing is added on the way', () => {
    expect(definitions.map(({ input_schema: schema }) => schema)).toEqual(offered(TOOLS).map(({ inputSchema }) => inputSchema));
  });
});
