import { describe, expect, it } from 'vitest';
import { loadCatalog } from '../../src/catalog/catalog.ts';
import type { ModelFacts } from '../../src/core/model.ts';
import { loadPricer } from '../../src/pricing/price.ts';

const [price, catalog] = await Promise.all([loadPricer(), loadCatalog()]);

/** By the prices of a day in November, when DeepSeek takes its lower ones. */
const NOON = new Date('2026-11-20T12:00:00Z');
const USED = { input: 100_000, output: 100_000 };

/** Dollars a million tokens, in and out together, of a prompt below every tier; and whose word that is. */
function costOf(provider: string, facts: ModelFacts, at = NOON) {
  const cost = price(USED, { provider, models: [facts.id], facts: [facts] }, at);
  return cost.nanoUsd === null ? [] : [cost.nanoUsd / 1e8, cost.from];
}

describe('where the price data and the catalogue differ', () => {
  it.each([
    ['an alias that now means a cheaper model', 'mistral', 'mistral-large-latest', 2],
    ['an alias that now means a dearer model', 'mistral', 'mistral-small-latest', 0.75],
    ['a price of the first weeks', 'zai', 'glm-5.3-flash', 0.65],
    ['a model that the price data takes for a larger one', 'groq', 'openai/gpt-oss-safeguard-20b', 0.375],
    ['a model that another vendor hosts at a price of its own', 'azure', 'deepseek-v4-pro', 5.753],
  ])('the catalogue counts: %s', (_, provider, model, usd) => {
    expect(costOf(provider, catalog.facts(provider, model))).toEqual([usd, 'catalog']);
  });

  it('the catalogue counts where only what the cache gives costs something else', () => {
    const facts = catalog.facts('anthropic', 'claude-sonnet-5-5');
    const used = { input: 0, cacheRead: 1_000_000, output: 0 };
    const subject = { provider: 'anthropic', models: [facts.id], facts: [facts] };
    expect(price(used, subject, NOON)).toEqual({ nanoUsd: 100_000_000, from: 'catalog' });
  });

  it('the price data counts for a release that has an entry of its own, and no other', () => {
    expect(costOf('mistral', catalog.facts('mistral', 'mistral-large-2411'))).toEqual([8, 'prices']);
    expect(costOf('mistral', catalog.facts('mistral', 'mistral-large-2512'))).toEqual([2, 'prices']);
  });

  it('the price data counts where its price began after the day of the catalogue, and not before', () => {
    const gemma = catalog.facts('openrouter', 'google/gemma-4-31b-it');
    expect(costOf('openrouter', gemma)).toEqual([0.6, 'catalog']);
    expect(costOf('openrouter', { ...gemma, ratesDate: '2026-08-26' })).toEqual([0.43, 'prices']);
  });

  it('what was listed by the vendor itself counts by the day on which it was', () => {
    const own: ModelFacts = { id: 'deepseek-v4-pro', rates: { input: 3, output: 9 } };
    expect(costOf('deepseek', { ...own, ratesDate: '2026-08-16' })).toEqual([2.64, 'prices']);
    expect(costOf('deepseek', { ...own, ratesDate: '2026-08-18' })).toEqual([12, 'catalog']);
  });
});

describe('where they agree, the price data counts', () => {
  it('for a price that depends on the hour, of which the catalogue has one', () => {
    const facts = catalog.facts('deepseek', 'deepseek-v4-pro');
    expect(costOf('deepseek', facts)).toEqual([2.64, 'prices']);
    expect(costOf('deepseek', facts, new Date('2026-11-20T02:00:00Z'))).toEqual([5.28, 'prices']);
  });

  it('to within a fifth, as for a surcharge of a region', () => {
    const of = (input: number): ModelFacts => ({ id: 'gpt-5.4', rates: { input, output: 15 }, ratesDate: '2026-11-10' });
    expect(costOf('openai', of(2.5 * 1.19))).toEqual([17.5, 'prices']);
    expect(costOf('openai', of(2.5 / 1.19))).toEqual([17.5, 'prices']);
    expect(costOf('openai', of(2.5 * 1.21))).toEqual([18.025, 'catalog']);
    expect(costOf('openai', of(2.5 / 1.21))[1]).toBe('catalog');
  });

  it('also for long prompts, whose tier only the price data may know', () => {
    const { above: _, ...rates } = catalog.facts('google', 'gemini-2.5-pro').rates ?? expect.fail('no rates');
    const facts: ModelFacts = { id: 'gemini-2.5-pro', rates, ratesDate: '2026-11-10' };
    const subject = { provider: 'google', models: [facts.id], facts: [facts] };
    expect(price({ input: 300_000, output: 0 }, subject, NOON)).toEqual({ nanoUsd: 750_000_000, from: 'prices' });
  });
});
