import { describe, expect, it } from 'vitest';
import { plausible } from '../../src/pricing/plausible.ts';
import { asking, ledgerOf, priced, TOKEN } from '../engine/cashbox.ts';
import { A, openRing } from '../engine/ring.ts';
import { makeHome } from '../support/home.ts';
import { answer } from '../support/reply.ts';
import { reporting } from './reporting.ts';

const DOLLAR = 1_000_000_000;
const MOST = { input: 20, output: 1000, cost: 0.01 * DOLLAR, searching: false };

describe('a count', () => {
  it.each([
    ['within the limit', { input: 15, output: 1000 }],
    ['of thinking beside the limit', { input: 15, output: 9000, thinking: 8000 }],
    ['with what the vendor adds to a prompt', { input: 1_000_000, cacheRead: 900_000, output: 5 }],
    ['with a small bill', { input: 15, output: 5, billed: 19 * DOLLAR }],
    ['that is not told', {}],
  ])('%s is believed', (_, usage) => {
    expect(plausible(usage, MOST)).toEqual({ usage, notes: [] });
  });

  it.each([
    [
      'more out',
      { input: 15, output: 1e9, thinking: 1e9 },
      { input: 15, output: 1000, thinking: 1000 },
      'of 1,000,000,000 tokens out',
    ],
    ['more in', { input: 1e9, output: 5 }, { input: 20, output: 5 }, 'of 1,000,000,000 tokens in'],
    ['more from the cache', { input: 5, cacheRead: 1e9, output: 5 }, { input: 20, output: 5 }, 'of 1,000,000,005 tokens in'],
    [
      'more to the cache',
      { input: 5, cacheWrite: 9e8, cacheWriteHour: 9e8, output: 5 },
      { input: 20, output: 5 },
      'of 900,000,005 tokens in',
    ],
    ['a larger bill', { input: 15, output: 5, billed: 11_000 * DOLLAR }, { input: 15, output: 5 }, 'of $11,000.00'],
  ])('of %s than can be is not', (_, usage, believed, asked) => {
    expect(plausible(usage, MOST)).toMatchObject({ usage: believed, notes: [{ asked }] });
    expect(plausible(plausible(usage, MOST).usage, MOST).notes).toEqual([]);
  });

  it('of research on the web is believed up to millions', () => {
    const usage = { input: 3_000_000, output: 9000, searches: 120, billed: 60 * DOLLAR };
    expect(plausible(usage, { ...MOST, searching: true })).toEqual({ usage, notes: [] });
    expect(plausible(usage, MOST).notes).toHaveLength(2);
  });

  it('of nothing that has a price is believed up to a small bill', () => {
    expect(plausible({ billed: 19 * DOLLAR }, { ...MOST, cost: undefined }).notes).toEqual([]);
    expect(plausible({ billed: 11_000 * DOLLAR }, { ...MOST, cost: undefined })).toMatchObject({
      usage: {},
      notes: [{ param: 'bill' }],
    });
  });
});

describe('what cannot have been used', () => {
  it('is booked as the most that can, and told', async () => {
    await using home = await makeHome();
    await using ring = await openRing({ names: ['custom-a'], config: priced(), home: home.path });
    ring.vendors[0]?.always(answer({ usage: { input: 5, output: 900_000_000 } }));
    const { cost, notes } = await ring.call(asking(1000), { model: A });
    expect(cost).toEqual({ nanoUsd: 1000 * TOKEN, from: 'config' });
    expect(notes).toMatchObject([{ param: 'usage', asked: 'of 900,000,000 tokens out', sent: '1,000' }]);
    expect((await ledgerOf(home.path)).rows).toMatchObject([{ nano_usd: 1000 * TOKEN, output: 1000 }]);
  });

  it('is not billed either: the tokens are priced', async () => {
    await using ring = await openRing({ names: ['openrouter'] });
    ring.vendors[0]?.next(reporting([{ prompt_tokens: 10, completion_tokens: 1000, cost: 11_000 }], 'openai/gpt-5'));
    const { cost, notes } = await ring.call(asking(1000), { model: 'openrouter/openai/gpt-5' });
    expect(cost).toMatchObject({ from: 'prices' });
    expect(notes).toMatchObject([{ param: 'bill', asked: 'of $11,000.00', sent: null }]);
  });
});
