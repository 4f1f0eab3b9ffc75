import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadCatalog } from '../../src/catalog/catalog.ts';
import type { Usage } from '../../src/core/chat.ts';
import { type Cost, costText, dollars, nanoOf, total } from '../../src/core/money.ts';
import { loadPricer, type Subject } from '../../src/pricing/price.ts';
import { inputTokens, priceRange } from '../../src/pricing/worst.ts';
import { anthropic } from '../../src/providers/anthropic.ts';
import type { Provider } from '../../src/providers/define.ts';
import { google } from '../../src/providers/google.ts';
import { groq } from '../../src/providers/groq.ts';
import { openai } from '../../src/providers/openai.ts';

const pricer = await loadPricer();

/** By the prices of a day in November. */
const NOON = new Date('2026-11-20T12:00:00Z');
const price = (used: Usage, of: Subject, at = NOON) => pricer(used, of, at);

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

const catalog = await loadCatalog();

/** A model of a provider's row, with what the catalogue knows of it. */
function listed(provider: Provider, model: string): Subject {
  const facts = [catalog.facts(provider.catalog ?? provider.id, model)];
  return { provider: provider.id, models: [model], facts, ...(provider.searchFees && { searchFees: provider.searchFees }) };
}

describe('searches of the web', () => {
  const FIVE: Usage = { input: 1000, output: 1000, searches: 5 };

  it.each([
    [anthropic, 'claude-haiku-5-5', 50_000_000],
    [anthropic, 'claude-fable-5-1', 50_000_000],
    [anthropic, 'claude-fable-5-2', 50_000_000],
    [openai, 'gpt-6.1-sol', 50_000_000],
    [openai, 'gpt-5.4', 50_000_000],
    [google, 'gemini-3.8-flash', 70_000_000],
    [google, 'gemini-2.5-pro', 35_000_000],
  ])('are paid for once: %o %s', (provider, model, fee) => {
    const of = listed(provider, model);
    const { searches: _, ...without } = FIVE;
    expect(nano(price(without, of))).toBeGreaterThan(0);
    expect(nano(price(FIVE, of)) - nano(price(without, of))).toBe(fee);
  });

  it('make a cost a least one where nobody knows what they cost', () => {
    const grey: Subject = { provider: 'groq', models: ['m'], facts: [{ id: 'm', rates: { input: 1, output: 2 } }] };
    const cost = price(FIVE, grey);
    expect(cost).toMatchObject({ nanoUsd: null, atLeast: 3_000_000 });
    expect(costText(cost)).toBe('at least $0.003 (no price of a web search is known for m; pricing takes search_usd_per_1000)');
    expect(costText(total([cost, cost]))).toContain('at least $0.006');
    const told: Subject = { ...grey, searchFees: [{ usdPerThousand: 4, per: 'search' }] };
    expect(price(FIVE, told)).toEqual({ nanoUsd: 23_000_000, from: 'catalog' });
  });

  it('are held, with the pages that they find', () => {
    const ask = { messages: [{ role: 'user' as const, content: [{ type: 'text' as const, text: 'Hi' }] }] };
    const [plain, searching] = [inputTokens(ask), inputTokens({ ...ask, webSearch: true })];
    expect([plain.searches, searching.searches]).toEqual([0, 10]);
    expect(searching.most - plain.most).toBe(100_000);
    const high = (provider: Provider, model: string, input = searching) =>
      priceRange(input, 100, { subject: listed(provider, model), price: pricer, at: NOON });
    // 100,000 tokens at $8 a million, written to the cache for a quarter more, and ten searches at a cent.
    expect(high(anthropic, 'claude-fable-5-2').high).toBeGreaterThan(1_100_000_000);
    expect(high(anthropic, 'claude-fable-5-2', plain).high).toBeLessThan(5_000_000);
    expect(high(groq, 'openai/gpt-oss-120b')).toMatchObject({ low: null, why: expect.stringContaining('web search') });
    expect(high(groq, 'openai/gpt-oss-120b', plain).high).toBeGreaterThan(0);
  });
});

describe('an entry of the price data without prices of tokens', () => {
  const used: Usage = { input: 1000, output: 1000 };

  it.each([
    ['cerebras', 'qwen-3-coder-480b'],
    ['mistral', 'voxtral-mini-latest'],
    ['groq', 'whisper-large-v3'],
    ['openrouter', 'google/lyria-3-pro-preview'],
  ])('is no price: %s/%s', (provider, model) => {
    expect(price(used, { provider, models: [model], facts: [{ id: model }] }).nanoUsd).toBeNull();
    const rates = { input: 1, output: 2 };
    expect(price(used, { provider, models: [model], facts: [{ id: model, rates }] })).toEqual({
      nanoUsd: 3_000_000,
      from: 'catalog',
    });
  });

  it('is free where the id says so', () => {
    expect(price(used, { provider: 'openrouter', models: ['openai/gpt-oss-20b:free'], facts: [] }).nanoUsd).toBe(0);
  });
});

it('what is kept in a cache for an hour costs more by the catalogue too', () => {
  const used: Usage = { input: 1000, cacheWrite: 2000, cacheWriteHour: 500, output: 500 };
  const rates = { input: 0.1, output: 0.5, cacheRead: 0.01, cacheWrite: 0.125 };
  // 1,000 in at 0.1, 1,500 written at 0.125, 500 at twice the input, 500 out at 0.5.
  expect(price(used, { provider: null, models: ['m'], facts: [{ id: 'm', rates }] }).nanoUsd).toBe(637_500);
});

it('a price that depends on the time of the day is that of the moment of the request', () => {
  const of: Subject = { provider: 'deepseek', models: ['deepseek-chat'], facts: [] };
  const hours = Array.from({ length: 24 }, (_, hour) => new Date(Date.UTC(2025, 5, 1, hour, 45)));
  const range = (at: Date) =>
    priceRange({ likely: 1000, most: 1000, searches: 0 }, 1000, { subject: of, price: pricer, at }).high;
  const held = hours.map(range);
  expect(new Set(held).size).toBeGreaterThan(1);
  expect(hours.map((at) => price({ input: 1000, output: 1000 }, of, at).nanoUsd)).toEqual(held);
});

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
