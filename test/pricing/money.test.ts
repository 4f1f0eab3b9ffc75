import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Usage } from '../../src/core/chat.ts';
import { type Cost, costText, dollars, nanoOf, total } from '../../src/core/money.ts';
import { loadPricer, type Subject } from '../../src/pricing/price.ts';

const price = await loadPricer();

const KINDS = ['input', 'cacheRead', 'cacheWrite', 'output'] as const;

/** Tokens of a request that stays below every tier. */
const tokens = fc.integer({ min: 0, max: 20_000 });
const usage: fc.Arbitrary<Usage> = fc.record({
  input: tokens,
  cacheRead: tokens,
  cacheWrite: tokens,
  output: tokens,
  thinking: tokens,
  cacheWriteHour: tokens,
});

const rate = fc.double({ min: 0, max: 200, noNaN: true });
const ownRates = fc
  .record({ input: rate, output: rate })
  .map((own): Subject => ({ provider: null, models: ['m'], facts: [], own }));

const subject: fc.Arbitrary<Subject> = fc.oneof(
  fc
    .constantFrom(
      ['openai', 'gpt-5.4'],
      ['anthropic', 'claude-sonnet-4-5'],
      ['google', 'gemini-2.5-pro'],
      ['deepseek', 'deepseek-chat'],
      ['xai', 'grok-4'],
    )
    .map(([provider = '', model = '']): Subject => ({ provider, models: [model], facts: [] })),
  ownRates,
);

const nano = (cost: Cost): number => cost.nanoUsd ?? NaN;

describe('a price', () => {
  it('is a whole number and never negative', () => {
    fc.assert(
      fc.property(usage, subject, (used, of) => {
        expect(Number.isSafeInteger(nano(price(used, of))) && nano(price(used, of)) >= 0).toBe(true);
      }),
    );
  });

  it.each(KINDS)('does not fall when there is more %s', (kind) => {
    fc.assert(
      fc.property(usage, subject, fc.integer({ min: 1, max: 10_000 }), (used, of, more) => {
        const dearer = { ...used, [kind]: (used[kind] ?? 0) + more };
        expect(nano(price(dearer, of))).toBeGreaterThanOrEqual(nano(price(used, of)));
      }),
    );
  });

  it('is unknown where tokens are not reported or no price is known, and never nothing', () => {
    const part = fc.record({ input: tokens, cacheRead: tokens, cacheWrite: tokens, thinking: tokens });
    const nobody: Subject = { provider: 'openai', models: ['a-model-of-nobody'], facts: [{ id: 'a-model-of-nobody' }] };
    fc.assert(
      fc.property(part, usage, subject, ({ input, ...rest }, whole, of) => {
        expect(price({ ...rest, output: 1 }, of).nanoUsd).toBeNull();
        expect(price({ ...rest, input }, of).nanoUsd).toBeNull();
        expect(price({}, of).nanoUsd).toBeNull();
        expect(price(whole, nobody).nanoUsd).toBeNull();
      }),
    );
  });

  it('for an hour in the cache is not lower than for five minutes', () => {
    fc.assert(
      fc.property(usage, subject, (some, of) => {
        const used = { ...some, cacheWriteHour: 0 };
        const hour = { ...some, cacheWriteHour: some.cacheWrite ?? 0 };
        expect(nano(price(hour, of))).toBeGreaterThanOrEqual(nano(price(used, of)));
      }),
    );
  });
});

const known = fc.integer({ min: 0, max: 1_000_000_000_000 }).map((nanoUsd): Cost => ({ nanoUsd, from: 'prices' }));
const anyCost = fc.oneof(known, fc.constant<Cost>({ nanoUsd: null, why: 'nobody knows' }));

describe('several costs', () => {
  it('are unknown together when one of them is, and else their sum', () => {
    fc.assert(
      fc.property(fc.array(anyCost), (costs) => {
        const sum = costs.reduce((all, { nanoUsd }) => all + (nanoUsd ?? 0), 0);
        expect(total(costs).nanoUsd).toBe(costs.some(({ nanoUsd }) => nanoUsd === null) ? null : sum);
      }),
    );
  });

  it.each([
    [['prices', 'estimate'], 'estimate'],
    [['estimate', 'prices'], 'estimate'],
    [['unbilled', 'prices'], 'prices'],
    [['prices', 'unbilled'], 'prices'],
    [['prices', 'local'], 'prices'],
    [['config', 'cache'], 'config'],
    [['local', 'cache'], 'local'],
    [[], 'unbilled'],
  ] as const)('of %j are called %s', (froms, from) => {
    expect(total(froms.map((one) => ({ nanoUsd: 1, from: one })))).toMatchObject({ from });
  });
});

describe('what several things cost', () => {
  const paid: Cost = { nanoUsd: 20_000_000, from: 'config' };
  it.each<[string, Cost[]]>([
    ['$0.02', [paid, { nanoUsd: 0, from: 'local' }]],
    ['$0.02', [paid, { nanoUsd: 0, from: 'cache' }]],
    ['free (local)', [{ nanoUsd: 0, from: 'local' }]],
    ['at least $0.02 (nobody knows)', [{ nanoUsd: null, why: 'nobody knows' }, paid]],
    [
      'cost unknown (nobody knows)',
      [
        { nanoUsd: null, why: 'nobody knows' },
        { nanoUsd: 0, from: 'local' },
      ],
    ],
  ])('is said as %s', (text, costs) => expect(costText(total(costs))).toBe(text));
});

describe('money in words', () => {
  it.each([
    [0, '$0'],
    [1, '$0.000000001'],
    [420_000, '$0.00042'],
    [31_200_000, '$0.0312'],
    [10_000_000, '$0.01'],
    [99_999_999, '$0.10'],
    [250_000_000, '$0.25'],
    [999_999_999, '$1.00'],
    [1_250_000_000, '$1.25'],
    [1_234_567_890_000_000, '$1,234,567.89'],
  ])('%d nano-dollars are %s', (nanoUsd, text) => expect(dollars(nanoUsd)).toBe(text));

  it('says an amount to within a twentieth, whatever it is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9_000_000_000_000_000 }), (nanoUsd) => {
        const said = Number(dollars(nanoUsd).replaceAll(/[$,]/g, '')) * 1e9;
        expect(Math.abs(said - nanoUsd) / nanoUsd).toBeLessThanOrEqual(0.05);
      }),
    );
  });

  it('of a whole nano-dollar stays what it is, and a part of one is a whole one', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 1_000_000_000_000 }), (n) => nanoOf(n / 1_000_000_000) === n));
    expect([nanoOf(1e-10), nanoOf(0), nanoOf(0.1 + 0.2)]).toEqual([1, 0, 300_000_000]);
  });

  it.each([
    [{ nanoUsd: null, why: 'nobody knows' }, 'cost unknown (nobody knows)'],
    [{ nanoUsd: 0, from: 'cache' }, 'free (from the cache)'],
    [{ nanoUsd: 0, from: 'local' }, 'free (local)'],
    [{ nanoUsd: 20_000_000, from: 'estimate' }, 'about $0.02 (estimated)'],
    [{ nanoUsd: 0, from: 'unbilled' }, '$0'],
  ] as const)('%j is %s', (cost, text) => expect(costText(cost)).toBe(text));
});
