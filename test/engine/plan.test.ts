import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { refText, userText } from '../../src/core/chat.ts';
import { estimateTokens } from '../../src/engine/estimate.ts';
import { type Intent, type Option, plan, type Planned } from '../../src/engine/plan.ts';

const option: fc.Arbitrary<Option> = fc
  .record({
    provider: fc.constantFrom('a', 'b', 'c'),
    model: fc.constantFrom('one', 'two', 'three'),
    context: fc.option(fc.integer({ min: 1, max: 2000 }), { nil: undefined }),
    image: fc.option(fc.boolean(), { nil: undefined }),
    json: fc.option(fc.boolean(), { nil: undefined }),
    missing: fc.boolean(),
    allowed: fc.boolean(),
    standing: fc.constantFrom('closed' as const, 'open' as const, 'half-open' as const),
    opensAt: fc.integer({ min: 0, max: 1000 }),
  })
  .map(({ provider, model, context, image, json, missing, ...rest }) => ({
    provider,
    model,
    facts: {
      id: model,
      ...(context === undefined ? {} : { context }),
      ...(image === undefined ? {} : { input: image ? ['image' as const] : [] }),
      ...(json === undefined ? {} : { json }),
    },
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
  .record({ length: fc.integer({ min: 1, max: 4000 }), image: fc.boolean(), schema: fc.boolean() })
  .map(({ length, image, schema }) => ({
    messages: [
      userText('x'.repeat(length)),
      ...(image ? [{ role: 'user' as const, content: [{ type: 'image' as const, mediaType: 'image/png', data: '' }] }] : []),
    ],
    ...(schema ? { schema: {} } : {}),
  }));

type Asked = Parameters<typeof plan>[0];

const reads = ({ facts }: Option, { messages }: Asked): boolean =>
  facts.input === undefined ||
  facts.input.includes('image') ||
  messages.every(({ content }) => content.every(({ type }) => type === 'text'));

/** Whether a model could take the ask, told without the planner. */
const eligible = (one: Option, asked: Asked): boolean =>
  one.missing === undefined && one.allowed && reads(one, asked) && estimateTokens(asked) <= (one.facts.context ?? Infinity);

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
        // Of a model that stands twice, the first mention counts.
        const first = wanted.options.filter(
          (one, at) => wanted.options.findIndex((other) => refText(other) === refText(one)) === at,
        );
        fc.pre(wanted.by === 'explicit' && first.some((one) => eligible(one, asked)));
        expect(plan(asked, wanted).tries.length).toBeGreaterThan(0);
      }),
    );
  });

  it('asks an open breaker only when nothing else is left, and then one', () => {
    fc.assert(
      fc.property(ask, intent, (asked, wanted) => {
        const { tries } = plan(asked, wanted);
        const open = tries.filter(({ standing }) => standing === 'open');
        expect(open.length === 0 || tries.length === 1).toBe(true);
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

  it('is the same for the same facts', () => {
    fc.assert(
      fc.property(ask, intent, (asked, wanted) => {
        expect(plan(asked, wanted)).toEqual(plan(asked, structuredClone(wanted)));
      }),
    );
  });
});
