import { describe, expect, it } from 'vitest';
import type { Budget, Spender } from '../../src/core/budget.ts';
import { type Db, IN_MEMORY, openDb } from '../../src/ledger/db.ts';
import { MIGRATIONS } from '../../src/ledger/migrations.ts';
import { type Purse, purseIn } from '../../src/ledger/purse.ts';
import { forgetStale } from '../../src/ledger/tally.ts';
import { makeHome } from '../support/home.ts';
import { lendVariables } from '../support/machine.ts';
import { budget, clockAt, DOLLAR, entry, openWallet, who } from './wallet.ts';

const NOON = '2026-11-21T12:00:00Z';
const AT = Date.parse(NOON);
const DAY_MS = 24 * 3_600_000;

const SCOPES: Budget['scope'][] = [
  { kind: 'all' },
  { kind: 'model' },
  { kind: 'provider' },
  { kind: 'project' },
  { kind: 'tool' },
  { kind: 'model', pattern: 'openai/*' },
];
const CLOCKS: Partial<Budget>[] = [
  { window: 'total' },
  { window: 'month' },
  { window: 'day' },
  { window: 'hour' },
  { window: 'week', rolling: true },
  { window: 'month', project: '/p1' },
];
const EVERY = CLOCKS.flatMap((clock) => SCOPES.map((scope) => budget({ limit: 1e15, ...clock, scope })));

const nth = (n: number): Partial<Spender> => ({
  provider: n % 3 === 0 ? 'openai' : 'groq',
  model: `m${n % 4}`,
  project: `/p${n % 2}`,
  tool: n % 5 === 0 ? 'compare_models' : 'call_model',
});
const MANY = Array.from({ length: 60 }, (_, n) => who(nth(n)));

const FILL = `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < CAST(?1 AS INTEGER))
  INSERT INTO attempt (uid, at, call, session, tool, project, asked, provider, model, cached, nano_usd, ms)
  SELECT 'old-' || i, CAST(?2 AS INTEGER) - (CAST(?1 AS INTEGER) - i) * 40000, 'c', 's', 'call_model', '/p' || (i % 5), 'a/m', 'a', 'm' || (i % 30), 0, i % 100, 5
  FROM n`;
const ROWS = 120_000;

const totalIn = (db: Db, where: string): number =>
  Number(db.all(`SELECT TOTAL(nano_usd) AS nano FROM attempt WHERE ${where}`)[0]?.['nano']);

type Look = { isLocked: boolean; rows: number };

/** The same file, and how many rows of the journal each statement over it may have visited. */
function watched(db: Db): { db: Db; looks: Look[] } {
  const looks: Look[] = [];
  let isLocked = false;
  return {
    looks,
    db: {
      ...db,
      all(sql, ...values) {
        if (sql.includes('TOTAL(nano_usd) AS nano FROM attempt'))
          looks.push({ isLocked, rows: Number(values[1]) - Number(values[0]) });
        return db.all(sql, ...values);
      },
      immediate(work) {
        isLocked = true;
        try {
          return db.immediate(work);
        } finally {
          isLocked = false;
        }
      },
    },
  };
}

const hold = (purse: Purse, budgets: readonly Budget[], spender = who(), nano = 1) =>
  purse.hold([{ id: `hold-${Math.random()}`, who: spender, nano, expiresAt: AT + 60_000 }], budgets);

describe('how budgets stand', () => {
  it('is the same whether the journal was counted before or not, under every clock and scope', async () => {
    using wallet = await openWallet(NOON);
    for (const [n, ago] of [70 * DAY_MS, 20 * DAY_MS, 5 * DAY_MS, DAY_MS / 2, 60_000, 0].entries())
      for (let row = 0; row < 12; row += 1) {
        wallet.at(AT - ago);
        wallet.spend(1 + n * 100 + row, nth(row));
      }
    wallet.at(NOON);
    const look = () => wallet.purse.standings(EVERY, ...MANY).map(({ spent }) => spent);
    const before = look();
    expect(before.some((spent) => spent > 0)).toBe(true);
    expect(wallet.db.all('SELECT * FROM counted')).toEqual([]);
    for (const spender of MANY) expect(hold(wallet.purse, EVERY, spender)).toBeUndefined();
    expect(wallet.db.all('SELECT key FROM piece').length).toBeGreaterThan(20);
    expect(look()).toEqual(before);
    // What comes afterwards is added to what was counted.
    wallet.spend(1000, nth(1));
    const after = look();
    for (const spender of MANY) hold(wallet.purse, EVERY, spender);
    expect(look()).toEqual(after);
    expect(after).not.toEqual(before);
  });

  it('is told of many accounts with one statement over the journal for each budget, without a lock or a change', async () => {
    const db = await openDb(IN_MEMORY, MIGRATIONS);
    db.run(FILL, ROWS, AT);
    const each = watched(db);
    const purse = purseIn(
      each.db,
      clockAt(() => AT),
    );
    const budgets = [
      budget({ window: 'total' }),
      budget({ window: 'month', scope: { kind: 'model' } }),
      budget({ window: 'week', rolling: true, scope: { kind: 'project' } }),
    ];
    const spenders = Array.from({ length: 30 }, (_, n) => who({ provider: 'a', model: `m${n}`, project: `/p${n % 5}` }));
    const changes = () => db.all('SELECT total_changes() AS n')[0]?.['n'];
    const before = changes();
    const standings = purse.standings(budgets, ...spenders);
    expect(standings).toHaveLength(1 + 30 + 5);
    expect(each.looks).toHaveLength(3);
    expect(each.looks.map(({ isLocked }) => isLocked)).toEqual([false, false, false]);
    expect(changes()).toBe(before);
    expect(standings[0]?.spent).toBe(totalIn(db, '1'));
    db.close();
  });

  it('can be told while another program has the lock', async () => {
    await using home = await makeHome();
    const [one, two] = [await openDb(`${home.path}/a.db`, MIGRATIONS), await openDb(`${home.path}/a.db`, MIGRATIONS)];
    purseIn(
      one,
      clockAt(() => AT),
    ).settle(entry('a', AT, 7));
    two.run('BEGIN IMMEDIATE');
    expect(
      purseIn(
        one,
        clockAt(() => AT),
      ).standings([budget()], who()),
    ).toMatchObject([{ spent: 7 }]);
    two.run('COMMIT');
    one.close();
    two.close();
  });
});

describe('a long history that no budget has counted yet', () => {
  it('is read without the lock, in slices, by the first hold, for all accounts of a budget at once', async () => {
    const db = await openDb(IN_MEMORY, MIGRATIONS);
    db.run(FILL, ROWS, AT);
    const each = watched(db);
    const purse = purseIn(
      each.db,
      clockAt(() => AT),
    );
    const one = budget({ window: 'total', scope: { kind: 'model' }, limit: 1e15 });
    // Where another account was reset a slice ends, however short it is.
    db.run("INSERT INTO reset (at, key, budget, nano_usd, through) VALUES (0, 'total model x/y', 'x', 0, 10)");
    expect(hold(purse, [one], who({ provider: 'a', model: 'm3' }))).toBeUndefined();
    expect(each.looks.reduce((sum, { rows }) => sum + rows, 0)).toBe(ROWS);
    expect(each.looks.length).toBeGreaterThan(1);
    expect(Math.max(...each.looks.filter(({ isLocked }) => isLocked).map(({ rows }) => rows), 0)).toBeLessThanOrEqual(50);
    each.looks.length = 0;
    for (let n = 0; n < 30; n += 1) expect(hold(purse, [one], who({ provider: 'a', model: `m${n}` }))).toBeUndefined();
    expect(each.looks).toEqual([]);
    const told = purse.standings([one], ...[0, 7, 29].map((n) => who({ provider: 'a', model: `m${n}` })));
    expect(told.map(({ spent }) => spent)).toEqual(['m0', 'm7', 'm29'].map((model) => totalIn(db, `model = '${model}'`)));
    db.close();
  });

  it('is counted once, however the processes that count it come between each other', async () => {
    await using home = await makeHome();
    const [mine, theirs] = [await openDb(`${home.path}/a.db`, MIGRATIONS), await openDb(`${home.path}/a.db`, MIGRATIONS)];
    mine.run(FILL, ROWS, AT);
    const one = budget({ window: 'total', limit: 1e15 });
    const other = purseIn(
      theirs,
      clockAt(() => AT),
    );
    let times = 0;
    const purse = purseIn(
      {
        ...mine,
        immediate(work) {
          // Between what was read and the lock another process writes, counts, or both.
          other.settle(entry(`between-${(times += 1)}`, AT, 5));
          if (times % 2 === 1) hold(other, [one]);
          return mine.immediate(work);
        },
      },
      clockAt(() => AT),
    );
    expect(hold(purse, [one])).toBeUndefined();
    expect(times).toBeGreaterThan(1);
    expect(purse.standings([one], who())[0]?.spent).toBe(totalIn(mine, '1'));
    expect(totalIn(mine, "uid LIKE 'between-%'")).toBe(5 * times);
    mine.close();
    theirs.close();
  });
});

describe('a reset', () => {
  it('counts for whoever counts the history anew afterwards, and for that account alone', async () => {
    using wallet = await openWallet(NOON);
    const one = budget({ window: 'total', scope: { kind: 'model' } });
    const [m, n] = [who({ model: 'm' }), who({ model: 'n' })];
    for (const model of ['m', 'n', 'm', 'n']) wallet.spend(10, { model });
    expect(wallet.purse.reset(one, m)).toMatchObject([{ spent: 20, whose: 'openai/m' }]);
    for (const model of ['m', 'n']) wallet.spend(3, { model });
    expect(wallet.purse.reset(one, n)).toMatchObject([{ spent: 23 }]);
    wallet.spend(1, { model: 'n' });
    const look = () => wallet.purse.standings([one], m, n).map(({ spent }) => spent);
    expect(look()).toEqual([3, 1]);
    wallet.db.run('DELETE FROM counted');
    wallet.db.run('DELETE FROM piece');
    expect(look()).toEqual([3, 1]);
    expect(hold(wallet.purse, [one], m)).toBeUndefined();
    expect(wallet.db.all('SELECT key, nano_usd AS n FROM piece ORDER BY key')).toEqual([
      { key: 'total model openai/m', n: 3 },
      { key: 'total model openai/n', n: 1 },
    ]);
    expect(look()).toEqual([3, 1]);
  });

  it('holds in a time zone whose count was behind, too', async () => {
    using wallet = await openWallet(NOON);
    const day = budget();
    {
      using _ = lendVariables({ TZ: 'Asia/Tokyo' });
      wallet.spend(5);
      hold(wallet.purse, [day]);
    }
    wallet.spend(6);
    {
      using _ = lendVariables({ TZ: 'UTC' });
      wallet.purse.reset(day, who());
      wallet.spend(7);
      expect(wallet.sums(day).spent).toBe(7);
    }
    using _ = lendVariables({ TZ: 'Asia/Tokyo' });
    expect(wallet.sums(day).spent).toBe(7);
    hold(wallet.purse, [day]);
    expect(wallet.sums(day).spent).toBe(7);
  });
});

it.each(['/work/old~ backup', '/work/call me', 'call me~ day~ x'])(
  'a budget for all times in the folder "%s" never forgets what was spent',
  async (project) => {
    using wallet = await openWallet(NOON);
    const each = [budget({ window: 'total', scope: { kind: 'project' } }), budget({ window: 'total', project })];
    wallet.spend(DOLLAR, { project });
    const refusals = () => each.map((one) => wallet.hold(1, [one], { project })?.spent);
    expect(refusals()).toEqual([DOLLAR, DOLLAR]);
    wallet.at(AT + 200 * DAY_MS);
    forgetStale(wallet.db, AT + 200 * DAY_MS);
    expect(refusals()).toEqual([DOLLAR, DOLLAR]);
  },
);
