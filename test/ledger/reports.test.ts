import { describe, expect, it } from 'vitest';
import { keptAnswersIn } from '../../src/ledger/kept-answers.ts';
import { reportsIn } from '../../src/ledger/report.ts';
import { forgetStale } from '../../src/ledger/tally.ts';
import { lendVariables } from '../support/machine.ts';
import { budget, openWallet } from './wallet.ts';

const NOON = '2026-11-21T12:00:00Z';

describe('a report', () => {
  it('counts an attempt by when it was made, though one that was made later stands before it', async () => {
    using wallet = await openWallet(NOON);
    wallet.spend(1);
    wallet.at(Date.parse(NOON) - 60_000);
    wallet.spend(20);
    const told = reportsIn(wallet.db).by('provider', Date.parse(NOON) - 1000);
    expect(told.map(({ nanoUsd }) => nanoUsd)).toEqual([1]);
  });

  it.each([
    [
      'model',
      [
        ['openai/m', 30],
        ['openai/n', 20],
        ['groq/m', 1],
      ],
    ],
    [
      'provider',
      [
        ['openai', 50],
        ['groq', 1],
      ],
    ],
    [
      'tool',
      [
        ['call_model', 31],
        ['compare_models', 20],
      ],
    ],
    [
      'project',
      [
        ['/p', 50],
        ['/q', 1],
      ],
    ],
    [
      'agent',
      [
        ['', 30],
        ['claude-code', 21],
      ],
    ],
  ] as const)('by %s tells the dearest first', async (dimension, lines) => {
    using wallet = await openWallet(NOON);
    wallet.spend(30);
    wallet.spend(20, { model: 'n', tool: 'compare_models', agent: 'claude-code' });
    wallet.spend(1, { provider: 'groq', project: '/q', agent: 'claude-code' });
    const told = reportsIn(wallet.db).by(dimension, 0);
    expect(told.map(({ key, nanoUsd }) => [key, nanoUsd])).toEqual(lines);
  });

  it.each([
    ['UTC', ['2026-11-20', '2026-11-21', '2026-11-22']],
    ['Asia/Kathmandu', ['2026-11-20', '2026-11-21', '2026-11-22']],
    ['America/Los_Angeles', ['2026-11-19', '2026-11-20', '2026-11-21']],
  ])('by day is by the days of %s, in their order', async (zone, days) => {
    using _ = lendVariables({ TZ: zone });
    using wallet = await openWallet(NOON);
    for (const moment of ['2026-11-21T07:59:00Z', '2026-11-20T05:00:00Z', '2026-11-22T01:00:00Z']) {
      wallet.at(moment);
      wallet.spend(1);
    }
    expect(
      reportsIn(wallet.db)
        .by('day', 0)
        .map(({ key }) => key),
    ).toEqual(days);
  });

  it('parts two days at the quarter of an hour at which Kathmandu has midnight', async () => {
    using _ = lendVariables({ TZ: 'Asia/Kathmandu' });
    using wallet = await openWallet('2026-11-20T18:14:59.999Z');
    wallet.spend(1);
    wallet.at('2026-11-20T18:15:00Z');
    wallet.spend(2);
    expect(reportsIn(wallet.db).by('day', 0)).toMatchObject([
      { key: '2026-11-20', nanoUsd: 1 },
      { key: '2026-11-21', nanoUsd: 2 },
    ]);
  });

  it('tells attempts, failures, kept answers and unknown costs apart', async () => {
    using wallet = await openWallet(NOON);
    wallet.spend(10, { ms: 100, usage: { input: 5, cacheRead: 2, output: 3 } });
    wallet.spend(4, { ms: 300, usage: { input: 1, output: 1 } });
    wallet.spend(0, { kind: 'overloaded', ms: 9000 });
    wallet.spend(null, { ms: 200 });
    wallet.spend(0, { cached: true, ms: 0 });
    expect(reportsIn(wallet.db).by('provider', 0)).toEqual([
      {
        key: 'openai',
        calls: 4,
        attempts: 4,
        failed: 1,
        cached: 1,
        input: 6,
        cacheRead: 2,
        cacheWrite: 0,
        output: 4,
        nanoUsd: 14,
        unknown: 1,
        estimatedNanoUsd: 0,
        lost: 0,
        lostNanoUsd: 0,
        meanMs: 200,
      },
    ]);
  });

  it('begins where it is told to, and tells nothing of an empty ledger', async () => {
    using wallet = await openWallet('2026-11-20T12:00:00Z');
    const reports = reportsIn(wallet.db);
    expect([reports.by('model', 0), reports.observed(), reports.spenders()]).toEqual([[], [], []]);
    wallet.spend(1);
    wallet.at(NOON);
    wallet.spend(2);
    expect(reports.by('model', Date.parse(NOON))).toMatchObject([{ nanoUsd: 2 }]);
  });

  it('of what was seen counts answers only, and leaves out a cost that nobody knows', async () => {
    using wallet = await openWallet(NOON);
    wallet.spend(10, { ms: 100 });
    wallet.spend(20, { ms: 200 });
    wallet.spend(5000, { ms: 5000, kind: 'timeout' });
    wallet.spend(0, { cached: true, ms: 0 });
    wallet.spend(null, { model: 'n', ms: 50 });
    expect(reportsIn(wallet.db).observed()).toEqual([
      { provider: 'openai', model: 'm', calls: 2, nanoUsd: 15, ms: 150 },
      { provider: 'openai', model: 'n', calls: 1, ms: 50 },
    ]);
  });
});

describe('kept answers', () => {
  const LIMITS = { ttlMs: 1000, maxBytes: 100 };

  it('are there until their time', async () => {
    using wallet = await openWallet(NOON);
    let now = 5000;
    const kept = keptAnswersIn(wallet.db, () => now);
    kept.write('a', 'text', LIMITS);
    now += 999;
    expect(kept.read('a', LIMITS.ttlMs)).toEqual({ body: 'text', at: 5000 });
    now += 1;
    expect(kept.read('a', LIMITS.ttlMs)).toBeUndefined();
    kept.write('b', 'text', LIMITS);
    expect(wallet.db.all('SELECT key FROM kept_answer')).toEqual([{ key: 'b' }]);
  });

  it('make room for new ones, the oldest first, and one that is too large is not kept at all', async () => {
    using wallet = await openWallet(NOON);
    let now = 5000;
    const kept = keptAnswersIn(wallet.db, () => now);
    for (const key of ['a', 'b', 'c']) {
      now += 1;
      kept.write(key, 'ä'.repeat(20), LIMITS);
    }
    expect(['a', 'b', 'c'].map((key) => kept.read(key, 1000)?.body.length)).toEqual([undefined, 20, 20]);
    kept.write('d', 'x'.repeat(101), LIMITS);
    expect(['b', 'c', 'd'].map((key) => kept.read(key, 1000)?.body.length)).toEqual([20, 20, undefined]);
  });
});

it('counts of calls, of sessions and of rolling pieces are forgotten in time, those of the calendar stay', async () => {
  using wallet = await openWallet(NOON);
  const budgets = [
    budget({ window: 'call' }),
    budget({ window: 'session' }),
    budget({ window: 'day' }),
    budget({ window: 'month', rolling: true }),
    budget({ window: 'total' }),
  ];
  expect(wallet.hold(1, budgets)).toBeUndefined();
  wallet.spend(1);
  expect(wallet.hold(1, budgets)).toBeUndefined();
  expect(budgets.map((one) => wallet.sums(one).spent)).toEqual([1, 1, 1, 1, 1]);
  const later = Date.parse(NOON) + 70 * 86_400_000;
  // A clock that is ahead for a while takes nothing away.
  forgetStale(wallet.db, later);
  expect(wallet.db.all('SELECT key FROM piece')).toHaveLength(5);
  wallet.at(later);
  wallet.spend(0);
  wallet.at(NOON);
  forgetStale(wallet.db, later);
  const left = wallet.db.all('SELECT key FROM piece').map((row) => row['key']);
  expect(left).toEqual(['day all', 'total all']);
  expect(budgets.slice(2).map((one) => wallet.sums(one).spent)).toEqual([1, 0, 1]);
});
