import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Part, refText, userText } from '../../src/core/chat.ts';
import { type Intent, type Option, plan, type Planned } from '../../src/engine/plan/plan.ts';
import { estimateTokens } from '../../src/pricing/estimate.ts';

const carries: fc.Arbitrary<NonNullable<Option['carries']>> = fc.record({
  imageUrls: fc.boolean(),
  pdfs: fc.constantFrom('models' as const, 'all' as const, 'none' as const),
  search: fc.constantFrom('any' as const, 'none' as const),
  schema: fc.constant('none' as const),
  maxTemperature: fc.constant(2),
  minOutput: fc.constant(1),
});

const PARTS: readonly Part[] = [
  { type: 'image', mediaType: 'image/png', data: '' },
  { type: 'image_url', url: 'https://pictures.example/cat.png' },
  { type: 'pdf', data: '' },
];

const option: fc.Arbitrary<Option> = fc
  .record({
    provider: fc.constantFrom('a', 'b', 'c'),
    model: fc.constantFrom('one', 'two', 'three'),
    context: fc.option(fc.integer({ min: 1, max: 2000 }), { nil: undefined }),
    input: fc.option(fc.subarray(['image', 'pdf'] as const), { nil: undefined }),
    search: fc.option(fc.boolean(), { nil: undefined }),
    carries: fc.option(carries, { nil: undefined }),
    json: fc.option(fc.boolean(), { nil: undefined }),
    missing: fc.boolean(),
    allowed: fc.boolean(),
    standing: fc.constantFrom('closed' as const, 'open' as const, 'half-open' as const),
    opensAt: fc.integer({ min: 0, max: 1000 }),
  })
  .map(({ provider, model, context, input, search, json, missing, carries: carried, ...rest }) => ({
    provider,
    model,
    facts: {
      id: model,
      ...(context === undefined ? {} : { context }),
      ...(input === undefined ? {} : { input }),
      ...(search === undefined ? {} : { search }),
      ...(json === undefined ? {} : { json }),
    },
    ...(carried === undefined ? {} : { carries: carried }),
    ...(missing ? { missing: { kind: 'auth' as const, reason: 'no key' } } : {}),
    ...rest,
  }));

const options = fc.array(option, { maxLength: 5 });

const intent: fc.Arbitrary<Intent> = fc.record({
  by: fc.constantFrom('explicit' as const, 'choice' as const),
  options: fc.array(option, { minLength: 1, maxLength: 4 }),
  fallbacks: options,
  chains: fc.record({ too_long: options, refused: options }),
});

const ask = fc
  .record({
    length: fc.integer({ min: 1, max: 4000 }),
    parts: fc.subarray([...PARTS]),
    schema: fc.boolean(),
    webSearch: fc.boolean(),
  })
  .map(({ length, parts, schema, webSearch }) => ({
    webSearch,
    messages: [userText('x'.repeat(length)), ...(parts.length > 0 ? [{ role: 'user' as const, content: parts }] : [])],
    ...(schema ? { schema: {} } : {}),
  }));

type Asked = Parameters<typeof plan>[0];

/** Whether nothing that is known speaks against a model's taking everything in the ask, told without the planner. */
function takes({ facts, carries: carried }: Option, { messages, webSearch }: Asked): boolean {
  const has = (type: Part['type']) => messages.some(({ content }) => content.some((part) => part.type === type));
  const reads = (what: 'image' | 'pdf') => facts.input === undefined || facts.input.includes(what);
  const images = !(has('image') || has('image_url')) || reads('image');
  const addresses = !has('image_url') || carried?.imageUrls !== false;
  const pdfs = !has('pdf') || (carried?.pdfs !== 'none' && (carried?.pdfs === 'all' || reads('pdf')));
  const searches = carried === undefined || (carried.search === 'any' && facts.search !== false);
  return images && addresses && pdfs && (!webSearch || searches);
}

/** Whether a model could take the ask, told without the planner. */
const eligible = (one: Option, asked: Asked): boolean =>
  one.missing === undefined && one.allowed && takes(one, asked) && estimateTokens(asked) <= (one.facts.context ?? Infinity);

it.each([
  ['Latin letters at three to the token', 'abc'.repeat(100), 100],
  ['Chinese at one', '汉'.repeat(240), 240],
  ['Hangul at one', '한'.repeat(240), 240],
])('an estimate counts %s', (_, system, tokens) => {
  expect(estimateTokens({ system, messages: [] })).toBe(tokens);
});

/** The models that were meant: of one that stands twice, the first mention counts. */
const firstOfEach = ({ options: meant }: Intent): Option[] =>
  meant.filter((one, at) => meant.findIndex((other) => refText(other) === refText(one)) === at);

describe('a plan', () => {
  it('never asks a model that cannot take the ask, by whatever chain', () => {
    fc.assert(
      fc.property(ask, intent, (asked, wanted) => {
        const { tries, chains } = plan(asked, wanted);
        const all: readonly Planned[] = [...tries, ...Object.values(chains).flat()];
        expect(all.filter((one) => !eligible(one, asked)).map(refText)).toEqual([]);
      }),
    );
  });

  it('is never empty while one of the models that were meant could take the ask', () => {
    fc.assert(
      fc.property(ask, intent, (asked, wanted) => {
        fc.pre(wanted.by === 'explicit' && firstOfEach(wanted).some((one) => eligible(one, asked)));
        expect(plan(asked, wanted).tries.length).toBeGreaterThan(0);
      }),
    );
  });

  it('asks an open breaker only when nothing else is left, and then one', () => {
    fc.assert(
      fc.property(ask, intent, (asked, wanted) => {
        const { tries } = plan(asked, wanted);
        fc.pre(tries.some(({ standing }) => standing === 'open'));
        expect(tries).toHaveLength(1);
        // One that was not named is left out, too, when it is known to write no JSON by a schema.
        const fits = (one: Option) => eligible(one, asked) && (asked.schema === undefined || one.facts.json !== false);
        const closed = firstOfEach(wanted).filter((one) => one.standing !== 'open' && fits(one));
        expect(closed.map(refText)).toEqual([]);
      }),
    );
  });

  it('names every model once, among those to ask or those that were dropped', () => {
    fc.assert(
      fc.property(ask, intent, (asked, { chains: _chains, ...wanted }) => {
        const { tries, dropped } = plan(asked, { ...wanted, chains: {} });
        const told = [...tries.map(refText), ...dropped.map(({ model }) => refText(model))];
        expect(told.toSorted()).toEqual([...new Set([...wanted.options, ...wanted.fallbacks].map(refText))].toSorted());
        expect(dropped.every(({ reason }) => reason !== '')).toBe(true);
      }),
    );
  });
});
