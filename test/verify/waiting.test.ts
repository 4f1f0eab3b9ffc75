import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { openDb } from '../../src/ledger/db.ts';
import { ledgerPath, openLedger } from '../../src/ledger/ledger.ts';
import { MIGRATIONS } from '../../src/ledger/migrations.ts';
import { budget, entry, who } from '../ledger/wallet.ts';
import { makeHome } from '../support/home.ts';
import { start } from '../support/process.ts';
import { fillLedger } from './filled.ts';

const ROWS = 1_000_000;

/** What the config of the user says, and the same as the purse is told of it. */
const CONFIG = JSON.stringify({
  budgets: [
    { limit_usd: 1e6, window: 'total' },
    { limit_usd: 1e6, window: 'month', scope: 'model' },
    { limit_usd: 1e6, window: 'week', rolling: true, scope: 'project' },
  ],
});
const BUDGETS = [
  budget({ limit: 1e15, window: 'total' }),
  budget({ limit: 1e15, window: 'month', scope: { kind: 'model' } }),
  budget({ limit: 1e15, window: 'week', rolling: true, scope: { kind: 'project' } }),
];

it(`the first report over ${ROWS} attempts counts for many accounts without a lock: every hold and settle beside it succeeds`, async () => {
  await using home = await makeHome();
  await fillLedger(home.path, ROWS);
  await home.write('.config/switchboard/config.yaml', CONFIG);
  const vars = { SWITCHBOARD_HOME: home.path };
  const reports = [1, 2, 3].map(() => start({ home, args: ['usage'], vars }));
  const over = new AbortController();
  const all = Promise.all(reports.map(({ ended }) => ended)).finally(() => over.abort());
  const ledger = await openLedger(home.path);
  let calls = 0;
  while (!over.signal.aborted) {
    const claim = {
      id: `hold ${(calls += 1)}`,
      who: who({ model: `m${calls % 30}` }),
      nano: 1000,
      expiresAt: Date.now() + 60_000,
    };
    // Whoever waits for a lock in vain is thrown a failure here.
    expect(ledger.purse.hold([claim], BUDGETS)).toBeUndefined();
    ledger.purse.settle(entry(claim.id, Date.now(), 900, claim.who), { budgets: BUDGETS });
    await wait(5);
  }
  const ended = await all;
  expect(ended.map(({ code, stderr }) => ({ code, stderr }))).toEqual(ended.map(() => ({ code: 0, stderr: '' })));
  for (const { stdout } of ended) expect(stdout.match(/^Budget /gm)?.length).toBeGreaterThan(25);
  expect(calls).toBeGreaterThan(10);
  const spent = ledger.purse.standings(BUDGETS, who({ model: 'm1' }));
  ledger.close();

  const db = await openDb(ledgerPath(home.path), MIGRATIONS);
  expect(spent[0]?.spent).toBe(Number(db.all('SELECT TOTAL(nano_usd) AS nano FROM attempt')[0]?.['nano']));
  expect(db.all('SELECT COUNT(*) AS n FROM hold')).toEqual([{ n: 0 }]);
  // All accounts of a budget are one count.
  expect(db.all('SELECT window, rolling FROM counted ORDER BY 1')).toEqual([
    { window: 'month', rolling: 0 },
    { window: 'total', rolling: 0 },
    { window: 'week', rolling: 1 },
  ]);
  db.close();
});

it(`a report over ${ROWS} attempts writes nothing into the ledger`, async () => {
  await using home = await makeHome();
  await fillLedger(home.path, ROWS);
  await home.write('.config/switchboard/config.yaml', CONFIG);
  const db = await openDb(ledgerPath(home.path), MIGRATIONS);
  // A lock that is never given back: whoever needs it fails.
  db.run('BEGIN IMMEDIATE');
  await using report = start({ home, args: ['usage'], vars: { SWITCHBOARD_HOME: home.path } });
  const { code, stdout } = await report.ended;
  expect([code, stdout.match(/^Budget /gm)?.length]).toEqual([0, 1 + 25 + 7]);
  expect(db.all('SELECT * FROM counted')).toEqual([]);
  db.run('COMMIT');
  db.close();
});
