import { describe, expect, it } from 'vitest';
import type { Window } from '../../src/core/budget.ts';
import { lendVariables } from '../support/machine.ts';
import { budget, DOLLAR, openWallet, who } from './wallet.ts';

type Case = { window: Window; zone: string; spent: string; counted: string; over: string; resets: string };

/** What was spent then still counts at one moment, and no more at the next, where everything has begun anew. */
const CALENDAR: readonly Case[] = [
  {
    window: 'hour',
    zone: 'UTC',
    spent: '2026-11-21T10:00:00Z',
    counted: '2026-11-21T10:59:59.999Z',
    over: '2026-11-21T11:00:00Z',
    resets: '2026-11-21T11:00:00.000Z',
  },
  {
    window: 'hour',
    zone: 'Asia/Kolkata',
    spent: '2026-11-21T10:30:00Z',
    counted: '2026-11-21T11:29:59.999Z',
    over: '2026-11-21T11:30:00Z',
    resets: '2026-11-21T11:30:00.000Z',
  },
  {
    window: 'day',
    zone: 'Asia/Kathmandu',
    spent: '2026-11-20T18:15:00Z',
    counted: '2026-11-21T18:14:59.999Z',
    over: '2026-11-21T18:15:00Z',
    resets: '2026-11-21T18:15:00.000Z',
  },
  {
    // A day of 25 hours: clocks go back on 2026-10-25.
    window: 'day',
    zone: 'Europe/Berlin',
    spent: '2026-10-24T22:00:00Z',
    counted: '2026-10-25T22:59:59.999Z',
    over: '2026-10-25T23:00:00Z',
    resets: '2026-10-25T23:00:00.000Z',
  },
  {
    // A day of 23 hours.
    window: 'day',
    zone: 'America/New_York',
    spent: '2026-03-08T05:00:00Z',
    counted: '2026-03-09T03:59:59.999Z',
    over: '2026-03-09T04:00:00Z',
    resets: '2026-03-09T04:00:00.000Z',
  },
  {
    // Clocks move by half an hour there.
    window: 'day',
    zone: 'Australia/Lord_Howe',
    spent: '2026-04-04T13:00:00Z',
    counted: '2026-04-05T13:29:59.999Z',
    over: '2026-04-05T13:30:00Z',
    resets: '2026-04-05T13:30:00.000Z',
  },
  {
    // The hour from one to two comes twice: it is one hour to a clock on the wall.
    window: 'hour',
    zone: 'America/New_York',
    spent: '2026-11-01T05:10:00Z',
    counted: '2026-11-01T06:59:59.999Z',
    over: '2026-11-01T07:00:00Z',
    resets: '2026-11-01T07:00:00.000Z',
  },
  {
    // From Monday to Sunday.
    window: 'week',
    zone: 'Europe/Berlin',
    spent: '2026-11-15T23:00:00Z',
    counted: '2026-11-22T22:59:59.999Z',
    over: '2026-11-22T23:00:00Z',
    resets: '2026-11-22T23:00:00.000Z',
  },
  {
    window: 'month',
    zone: 'America/St_Johns',
    spent: '2026-11-01T02:30:00Z',
    counted: '2026-12-01T03:29:59.999Z',
    over: '2026-12-01T03:30:00Z',
    resets: '2026-12-01T03:30:00.000Z',
  },
  {
    window: 'month',
    zone: 'UTC',
    spent: '2028-02-01T00:00:00Z',
    counted: '2028-02-29T23:59:59.999Z',
    over: '2028-03-01T00:00:00Z',
    resets: '2028-03-01T00:00:00.000Z',
  },
];

describe('a budget of the calendar', () => {
  it.each(CALENDAR)('for each $window in $zone begins anew at $over', async ({ window, zone, spent, counted, over, resets }) => {
    using _ = lendVariables({ TZ: zone });
    using wallet = await openWallet(spent);
    const one = budget({ window });
    wallet.spend(DOLLAR);
    wallet.at(counted);
    expect([wallet.sums(one).spent, wallet.resets(one)]).toEqual([DOLLAR, resets]);
    expect(wallet.hold(1, [one])).toMatchObject({ spent: DOLLAR });
    wallet.at(over);
    expect(wallet.sums(one).spent).toBe(0);
    expect(wallet.hold(DOLLAR, [one])).toBeUndefined();
  });

  it('does not count what was spent a millisecond before it began', async () => {
    using _ = lendVariables({ TZ: 'Asia/Kolkata' });
    using wallet = await openWallet('2026-11-20T18:29:59.999Z');
    const one = budget();
    wallet.spend(DOLLAR);
    wallet.at('2026-11-20T18:30:00Z');
    wallet.spend(7);
    expect(wallet.sums(one).spent).toBe(7);
  });

  it('leaves what was spent in each of its windows in the file', async () => {
    using _ = lendVariables({ TZ: 'UTC' });
    using wallet = await openWallet('2026-11-19T12:00:00Z');
    const one = budget();
    for (const [day, nano] of [19, 20, 21].map((nth) => [nth, nth * 10] as const)) {
      wallet.at(`2026-11-${day}T12:00:00Z`);
      wallet.spend(nano);
      expect(wallet.sums(one).spent).toBe(nano);
      wallet.hold(1, [one]);
    }
    const rows = wallet.db.all('SELECT begins_at, nano_usd FROM piece ORDER BY begins_at');
    expect(rows.map((row) => [new Date(Number(row['begins_at'])).toISOString().slice(0, 10), row['nano_usd']])).toEqual([
      // A nano-dollar of a hold that nobody settled counts as spent.
      ['2026-11-19', 191],
      ['2026-11-20', 201],
      ['2026-11-21', 210],
    ]);
  });
});

describe('a rolling budget', () => {
  const HOUR = 3_600_000;
  it.each([
    { window: 'hour', span: HOUR },
    { window: 'day', span: 24 * HOUR },
    { window: 'week', span: 168 * HOUR },
    { window: 'month', span: 720 * HOUR },
  ] as const)('of a $window counts the last $span ms, to a sixtieth, and never less', async ({ window, span }) => {
    const start = Date.UTC(2026, 10, 21, 3, 7, 11, 13);
    using wallet = await openWallet(start);
    const one = budget({ window, rolling: true });
    wallet.spend(DOLLAR);
    for (const [later, spent] of [
      [span / 2, DOLLAR],
      [span - 1, DOLLAR],
      [span + span / 60 + 1, 0],
    ] as const) {
      wallet.at(start + later);
      expect(wallet.sums(one).spent).toBe(spent);
    }
    expect(wallet.resets(one)).toBeUndefined();
  });

  it('lets go bit by bit', async () => {
    using wallet = await openWallet('2026-11-21T10:00:00Z');
    const one = budget({ window: 'day', rolling: true });
    const seen: number[] = [];
    for (const moment of ['2026-11-21T10:00:00Z', '2026-11-21T20:00:00Z', '2026-11-22T09:00:00Z', '2026-11-22T11:00:00Z']) {
      wallet.at(moment);
      wallet.spend(10);
      seen.push(wallet.sums(one).spent);
    }
    expect(seen).toEqual([10, 20, 30, 30]);
  });
});

describe('a budget without a clock', () => {
  it('in total counts for ever', async () => {
    using wallet = await openWallet('2020-01-01T00:00:00Z');
    const one = budget({ window: 'total' });
    wallet.spend(DOLLAR);
    wallet.at('2036-01-01T00:00:00Z');
    expect([wallet.sums(one).spent, wallet.resets(one)]).toEqual([DOLLAR, undefined]);
    expect(wallet.hold(1, [one])).toMatchObject({ spent: DOLLAR });
  });

  it.each(['call', 'session'] as const)('of a %s counts that one and no other', async (window) => {
    using wallet = await openWallet('2026-11-21T10:00:00Z');
    const one = budget({ window });
    expect(wallet.hold(DOLLAR, [one], { [window]: 'first' })).toBeUndefined();
    expect(wallet.hold(1, [one], { [window]: 'first' })).toMatchObject({ held: DOLLAR });
    expect(wallet.hold(DOLLAR, [one], { [window]: 'second' })).toBeUndefined();
  });

  it.each(['call', 'session'] as const)('of a %s that only warns counts its first attempt too', async (window) => {
    using wallet = await openWallet('2026-11-21T10:00:00Z');
    const one = budget({ window, mode: 'warn' });
    const row = { uid: 'first', at: Date.now(), asked: 'openai/m', cost: { nanoUsd: DOLLAR, from: 'prices' as const }, ms: 1 };
    wallet.purse.settle({ ...row, ...who() }, { budgets: [one] });
    expect(wallet.sums(one).spent).toBe(DOLLAR);
  });
});

describe('the same day elsewhere', () => {
  it.each(['day', 'week', 'month'] as const)('counts what its own %s has, whoever wrote it and looked before', async (window) => {
    const one = budget({ window });
    using wallet = await openWallet('2026-11-18T15:25:00Z');
    {
      using _ = lendVariables({ TZ: 'UTC' });
      wallet.spend(20);
      expect(wallet.sums(one).spent).toBe(20);
    }
    for (const zone of ['America/New_York', 'Pacific/Auckland', 'Asia/Kathmandu', 'UTC']) {
      using _ = lendVariables({ TZ: zone });
      expect([zone, wallet.sums(one).spent]).toEqual([zone, 20]);
    }
  });

  it('sees what is held in another time zone', async () => {
    using wallet = await openWallet('2026-11-18T15:25:00Z');
    {
      using _ = lendVariables({ TZ: 'UTC' });
      expect(wallet.hold(DOLLAR, [budget()])).toBeUndefined();
    }
    using _ = lendVariables({ TZ: 'Asia/Tokyo' });
    expect(wallet.hold(1, [budget()])).toMatchObject({ held: DOLLAR });
  });
});

describe('a clock that is set back', () => {
  it.each(['hour', 'day', 'week', 'month'] as const)('gives a budget for each %s no new money', async (window) => {
    using _ = lendVariables({ TZ: 'UTC' });
    using wallet = await openWallet('2026-12-18T12:00:00Z');
    const one = budget({ window });
    expect(wallet.hold(0.6 * DOLLAR, [one])).toBeUndefined();
    wallet.purse.release('uid-1');
    wallet.spend(0.6 * DOLLAR);
    for (const moment of ['2026-12-17T12:00:00Z', '2026-12-16T12:00:00Z', '2026-11-18T12:00:00Z', '2025-11-18T12:00:00Z']) {
      wallet.set(moment);
      expect(wallet.sums(one).spent).toBe(0.6 * DOLLAR);
      expect(wallet.hold(0.6 * DOLLAR, [one])).toMatchObject({ spent: 0.6 * DOLLAR });
    }
    expect(wallet.hold(0.6 * DOLLAR, [one])).toMatchObject({ ahead: 0.6 * DOLLAR });
    wallet.set('2026-12-18T12:01:00Z');
    expect(wallet.purse.standings([one], who())[0]).not.toHaveProperty('ahead');
    expect(wallet.hold(0.6 * DOLLAR, [one])).toMatchObject({ spent: 0.6 * DOLLAR });
  });

  it('leaves a day that began by itself its own money', async () => {
    using _ = lendVariables({ TZ: 'UTC' });
    using wallet = await openWallet('2026-12-18T12:00:00Z');
    wallet.spend(DOLLAR);
    wallet.set('2026-12-17T12:00:00Z');
    wallet.at('2026-12-19T00:00:00Z');
    expect(wallet.hold(DOLLAR, [budget()])).toBeUndefined();
  });

  it('can be made up for by hand', async () => {
    using wallet = await openWallet('2036-12-18T12:00:00Z');
    wallet.spend(DOLLAR);
    wallet.set('2026-12-18T12:00:00Z');
    expect(wallet.hold(1, [budget()])).toMatchObject({ spent: DOLLAR });
    wallet.purse.reset(budget(), who());
    expect(wallet.hold(DOLLAR, [budget()])).toBeUndefined();
  });
});
