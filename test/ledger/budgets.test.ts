import { describe, expect, it } from 'vitest';
import type { Budget } from '../../src/core/budget.ts';
import { budget, DOLLAR, entry, openWallet, who } from './wallet.ts';

const NOON = '2026-11-21T12:00:00Z';

describe('the scope of a budget', () => {
  it.each([
    ['all', { provider: 'x', model: 'y', tool: 'z', project: '/q' }, DOLLAR],
    ['provider', { model: 'other' }, DOLLAR],
    ['provider', { provider: 'other' }, 0],
    ['model', { tool: 'other' }, DOLLAR],
    ['model', { model: 'other' }, 0],
    ['model', { provider: 'other' }, 0],
    ['tool', { provider: 'other' }, DOLLAR],
    ['tool', { tool: 'other' }, 0],
    ['project', { tool: 'other' }, DOLLAR],
    ['project', { project: '/other' }, 0],
  ] as const)('%s: what was spent counts for %j as %d', async (kind, other, spent) => {
    using wallet = await openWallet(NOON);
    const one = budget({ scope: { kind } });
    wallet.spend(DOLLAR);
    expect(wallet.sums(one, other).spent).toBe(spent);
    expect(wallet.hold(1, [one], other) === undefined).toBe(spent === 0);
  });

  it.each([
    ['provider:openai', 'provider', 'openai', { provider: 'OpenAI' }, true],
    ['provider:open*', 'provider', 'open*', { provider: 'openrouter' }, true],
    ['provider:openai', 'provider', 'openai', { provider: 'openai-eu' }, false],
    ['model:openai/*', 'model', 'openai/*', { model: 'a/b/c' }, true],
    ['model:*mini*', 'model', '*mini*', { model: 'gpt-5-mini-2025' }, true],
    ['model:openai/m', 'model', 'openai/m', { model: 'm2' }, false],
    ['tool:compare_models', 'tool', 'compare_models', { tool: 'compare_models' }, true],
    ['project:/work/*', 'project', '/work/*', { project: '/work/a/b' }, true],
    ['project:/work/*', 'project', '/work/*', { project: '/home' }, false],
  ] as const)('%s %s %s is shared by those that it matches: %j %s', async (_, kind, pattern, part, isMeant) => {
    using wallet = await openWallet(NOON);
    const one = budget({ scope: { kind, pattern } });
    expect(wallet.purse.standings([one], who(part))).toHaveLength(isMeant ? 1 : 0);
    wallet.spend(10, part);
    wallet.spend(1, { provider: 'no', model: 'no', tool: 'no', project: 'no' });
    if (isMeant) expect(wallet.sums(one, part).spent).toBe(10);
    expect(wallet.hold(2 * DOLLAR, [one], part) === undefined).toBe(!isMeant);
  });

  it('of a project that brought its own file is that project, whatever else it says', async () => {
    using wallet = await openWallet(NOON);
    const own: Budget[] = [budget({ project: '/p' }), budget({ project: '/p', scope: { kind: 'provider' } })];
    wallet.spend(DOLLAR, { project: '/elsewhere' });
    expect(own.map((one) => wallet.sums(one).spent)).toEqual([0, 0]);
    wallet.spend(3);
    expect(own.map((one) => wallet.sums(one).spent)).toEqual([3, 3]);
    expect(wallet.hold(2 * DOLLAR, own, { project: '/elsewhere' })).toBeUndefined();
    expect(wallet.hold(DOLLAR, own)).toMatchObject({ spent: 3 });
  });
});

describe('several budgets', () => {
  it('all hold, and of those that count the same the tightest', async () => {
    using wallet = await openWallet(NOON);
    const [wide, tight] = [budget({ name: 'wide', limit: 10 * DOLLAR }), budget({ name: 'tight', limit: DOLLAR })];
    const month = budget({ name: 'month', window: 'month', limit: 5 * DOLLAR });
    expect(wallet.hold(2 * DOLLAR, [wide, tight, month])?.budget.name).toBe('tight');
    expect(wallet.hold(6 * DOLLAR, [wide, month])?.budget.name).toBe('month');
    expect(wallet.hold(DOLLAR, [wide, tight, month])).toBeUndefined();
    expect([wide, tight, month].map((one) => wallet.sums(one).held)).toEqual([DOLLAR, DOLLAR, DOLLAR]);
  });

  it('that refuse leave nothing held anywhere', async () => {
    using wallet = await openWallet(NOON);
    const all = [budget({ limit: 9 * DOLLAR }), budget({ window: 'month', name: 'month' })];
    expect(wallet.hold(2 * DOLLAR, all)?.budget.name).toBe('month');
    expect(wallet.holds()).toBe(0);
    expect(all.map((one) => wallet.sums(one).held)).toEqual([0, 0]);
  });

  it('that only warn refuse nothing, and are counted', async () => {
    using wallet = await openWallet(NOON);
    const one = budget({ mode: 'warn' });
    expect(wallet.hold(5 * DOLLAR, [one])).toBeUndefined();
    wallet.spend(5 * DOLLAR);
    expect(wallet.sums(one)).toEqual({ spent: 5 * DOLLAR, held: 0 });
  });
});

describe('what a budget counts', () => {
  it('is what any process wrote, one without budgets too', async () => {
    using wallet = await openWallet(NOON);
    const one = budget();
    expect(wallet.hold(1, [one])).toBeUndefined();
    wallet.spend(DOLLAR, { session: 'of another process', call: 'of another process' });
    expect(wallet.hold(1, [one])).toMatchObject({ spent: DOLLAR });
  });

  it.each(['day', 'week', 'month', 'total'] as const)('is what was spent in its %s before it was set', async (window) => {
    using wallet = await openWallet('2026-11-18T08:00:00Z');
    for (const moment of ['2026-11-18T08:00:00Z', '2026-11-18T09:00:00Z', '2026-11-18T12:00:00Z']) {
      wallet.at(moment);
      wallet.spend(10);
    }
    expect(wallet.sums(budget({ window })).spent).toBe(30);
  });

  it('is nothing that nobody knows the price of, and each row once, however often it is looked at', async () => {
    using wallet = await openWallet(NOON);
    wallet.spend(null);
    wallet.spend(5);
    for (let n = 0; n < 3; n += 1) expect(wallet.sums(budget()).spent).toBe(5);
    wallet.spend(6);
    for (let n = 0; n < 3; n += 1) expect(wallet.sums(budget()).spent).toBe(11);
  });

  it('is the same whether limits, names and modes change', async () => {
    using wallet = await openWallet(NOON);
    wallet.spend(5);
    expect(wallet.sums(budget()).spent).toBe(5);
    wallet.spend(5);
    expect(wallet.sums(budget({ limit: 7, name: 'other', mode: 'warn' })).spent).toBe(10);
  });
});

describe('a budget that is reset by hand', () => {
  const clocks = [{ window: 'total' }, { window: 'month' }, { window: 'day', rolling: true }] as const;
  it.each(clocks)('counts nothing from before, leaves a row, and goes on: $window', async (clock) => {
    using wallet = await openWallet(NOON);
    const one = budget(clock);
    wallet.spend(7);
    expect(wallet.purse.reset(one, who())).toMatchObject([{ spent: 7 }]);
    expect(wallet.sums(one).spent).toBe(0);
    wallet.spend(5);
    expect(wallet.sums(one).spent).toBe(5);
    expect(wallet.purse.standings([one], who())).toMatchObject([{ resetAt: Date.parse(NOON) }]);
    expect(wallet.db.all('SELECT budget, nano_usd, through FROM reset')).toEqual([
      { budget: 'the budget', nano_usd: 7, through: 1 },
    ]);
    // What others count is theirs.
    expect(wallet.sums(budget({ scope: { kind: 'tool' } })).spent).toBe(12);
  });

  it('keeps what is held for calls under way', async () => {
    using wallet = await openWallet(NOON);
    expect(wallet.hold(0.9 * DOLLAR, [budget()])).toBeUndefined();
    wallet.purse.reset(budget(), who());
    expect(wallet.hold(0.2 * DOLLAR, [budget()])).toMatchObject({ held: 0.9 * DOLLAR });
  });
});

describe('a hold', () => {
  it('may be tried: it says what it would say, and holds nothing', async () => {
    using wallet = await openWallet(NOON);
    const claim = { id: 'x', who: who(), nano: DOLLAR, expiresAt: Date.parse(NOON) + 1000 };
    expect(wallet.purse.wouldRefuse([claim], [budget()])).toBeUndefined();
    expect([wallet.holds(), wallet.sums(budget()).held]).toEqual([0, 0]);
    expect(wallet.purse.wouldRefuse([{ ...claim, nano: DOLLAR + 1 }], [budget()])).toMatchObject({ held: 0 });
  });

  it('is as large as the budget and no larger', async () => {
    using wallet = await openWallet(NOON);
    expect(wallet.hold(DOLLAR + 1, [budget()])).toMatchObject({ spent: 0, held: 0 });
    expect(wallet.hold(DOLLAR, [budget()])).toBeUndefined();
    expect(wallet.hold(1, [budget()])).toMatchObject({ spent: 0, held: DOLLAR });
  });

  it('of several attempts is for all of them or for none, and says whose had no room', async () => {
    using wallet = await openWallet(NOON);
    const claim = (id: string, nano: number) => ({ id, who: who(), nano, expiresAt: Date.parse(NOON) + 1000 });
    const three = ['a', 'b', 'c'].map((id) => claim(id, 0.4 * DOLLAR));
    expect(wallet.purse.hold(three, [budget()])).toMatchObject({ claim: { id: 'c' }, held: 0 });
    expect(wallet.holds()).toBe(0);
    expect(wallet.purse.hold(three.slice(0, 2), [budget()])).toBeUndefined();
    expect(wallet.holds()).toBe(2);
  });

  it('for what seems to cost nothing needs something to be left', async () => {
    using wallet = await openWallet(NOON);
    wallet.spend(DOLLAR - 1);
    expect(wallet.hold(0, [budget()])).toBeUndefined();
    wallet.spend(1);
    expect(wallet.hold(0, [budget()])).toMatchObject({ spent: DOLLAR });
  });

  it('is let go of when it is settled or released, and not by somebody else', async () => {
    using wallet = await openWallet(NOON);
    const one = budget();
    const expiresAt = Date.parse(NOON) + 60_000;
    for (const id of ['a', 'b']) wallet.purse.hold([{ id, who: who(), nano: 400_000_000, expiresAt }], [one]);
    wallet.purse.settle(entry('a', Date.parse(NOON), 5));
    expect(wallet.sums(one)).toEqual({ spent: 5, held: 400_000_000 });
    wallet.purse.release('nobody');
    expect(wallet.holds()).toBe(1);
    wallet.purse.release('b');
    wallet.purse.release('b');
    expect(wallet.sums(one)).toEqual({ spent: 5, held: 0 });
  });

  it('that was settled twice counts once, as it was settled first', async () => {
    using wallet = await openWallet(NOON);
    const at = Date.parse(NOON);
    for (const nano of [5, 5, 9]) wallet.purse.settle(entry('a', at, nano));
    expect(wallet.sums(budget()).spent).toBe(5);
    expect(wallet.db.all('SELECT nano_usd FROM attempt')).toEqual([{ nano_usd: 5 }]);
  });

  it('does not go with the window: what is under way at midnight counts for the new day', async () => {
    using wallet = await openWallet('2026-11-21T12:00:00Z');
    wallet.purse.hold([{ id: 'a', who: who(), nano: DOLLAR, expiresAt: Date.parse('2026-11-23T12:00:00Z') }], [budget()]);
    wallet.at('2026-11-22T12:00:00Z');
    expect(wallet.hold(1, [budget()])).toMatchObject({ spent: 0, held: DOLLAR });
  });
});
