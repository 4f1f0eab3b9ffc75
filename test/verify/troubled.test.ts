import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDb } from '../../src/ledger/db.ts';
import { ledgerPath } from '../../src/ledger/ledger.ts';
import { MIGRATIONS } from '../../src/ledger/migrations.ts';
import { asking, priced } from '../engine/cashbox.ts';
import { A, asked, openRing } from '../engine/ring.ts';
import { makeHome } from '../support/home.ts';
import { answer } from '../support/reply.ts';

const nothing: Disposable = { [Symbol.dispose]: () => undefined };

/** What may be wrong with the file; `using` mends what has to be mended. */
const TROUBLE: readonly [string, RegExp, (home: string) => Promise<Disposable>][] = [
  [
    'is damaged',
    /is damaged: move it away, and a new one is made/,
    async (home) => {
      await writeFile(ledgerPath(home), 'This is no database.'.repeat(500));
      return nothing;
    },
  ],
  [
    'may not be written',
    /cannot be written/,
    async (home) => {
      (await openDb(ledgerPath(home), ['CREATE TABLE one (n INTEGER)'])).close();
      await chmod(ledgerPath(home), 0o444);
      await chmod(home, 0o555);
      return { [Symbol.dispose]: () => void chmod(home, 0o755) };
    },
  ],
  [
    'is a folder',
    /cannot be (written|used): /,
    async (home) => {
      await mkdir(join(home, 'switchboard.db'));
      return nothing;
    },
  ],
  [
    'is locked by another program',
    /is locked by another program: end that program/,
    async (home) => {
      const db = await openDb(ledgerPath(home), MIGRATIONS);
      db.run('BEGIN EXCLUSIVE');
      return {
        [Symbol.dispose]() {
          db.run('COMMIT');
          db.close();
        },
      };
    },
  ],
];

it('a ledger that is locked while a call is settled costs no answer, where a budget only warns, and the row is written in the end', async () => {
  await using home = await makeHome();
  const config = priced({ budgets: [{ limit_usd: 1, window: 'total', mode: 'warn' }] });
  await using ring = await openRing({ names: ['custom-a'], config, home: home.path });
  ring.vendors[0]?.always(answer());
  await ring.call(asking(10), { model: A });
  const db = await openDb(ledgerPath(home.path), MIGRATIONS);
  db.run('BEGIN EXCLUSIVE');
  const { text, notes } = await ring.call(asking(10), { model: A });
  expect(text).toBe('Hello');
  expect(notes.map(({ why }) => why).join(' ')).toContain('is locked by another program');
  db.run('COMMIT');
  await ring.engine.close();
  expect(db.all('SELECT COUNT(*) AS n FROM attempt')).toEqual([{ n: 2 }]);
  db.close();
});

// Whoever is root may write everything.
const isRoot = process.getuid?.() === 0;

describe.each(TROUBLE.filter(([what]) => !isRoot || what !== 'may not be written'))('a ledger that %s', (what, words, harm) => {
  it('stops no call without a budget; the answer says that nothing is kept', async () => {
    await using home = await makeHome();
    using _ = await harm(home.path);
    await using ring = await openRing({ names: ['custom-a'], config: priced(), home: home.path });
    ring.vendors[0]?.always(answer());
    const { text, notes } = await ring.call(asking(100), { model: A });
    expect([text, notes.map(({ param }) => param)]).toEqual(['Hello', ['record of this call']]);
    expect(notes[0]?.why).toMatch(words);
  });

  it('stops no call under a budget that only warns', async () => {
    await using home = await makeHome();
    using _ = await harm(home.path);
    const budgets = [{ limit_usd: 1, mode: 'warn' }];
    await using ring = await openRing({ names: ['custom-a'], config: priced({ budgets }), home: home.path });
    ring.vendors[0]?.always(answer());
    expect((await ring.call(asking(100), { model: A })).text).toBe('Hello');
  });

  it('stops a call under a budget that blocks, and says what to do', async () => {
    await using home = await makeHome();
    using _ = await harm(home.path);
    const budgets = [{ limit_usd: 1 }];
    await using ring = await openRing({ names: ['custom-a'], config: priced({ budgets }), home: home.path });
    ring.vendors[0]?.always(answer());
    const { kind, message } = await ring.failure(asking(100), { model: A });
    expect([kind, asked(ring)]).toEqual(['config', [0]]);
    expect(message).toMatch(words);
    expect(message).toContain(`A budget is set, and ${ledgerPath(home.path)} that keeps it`);
  });
});

it('a lock that goes away is no trouble any more, and what could not be written is written then', async () => {
  await using home = await makeHome();
  await using ring = await openRing({ names: ['custom-a'], config: priced(), home: home.path });
  ring.vendors[0]?.always(answer());
  await ring.call(asking(100), { model: A });
  const other = await openDb(ledgerPath(home.path), MIGRATIONS);
  other.run('BEGIN IMMEDIATE');
  const { notes } = await ring.call(asking(100), { model: A });
  expect(notes).toMatchObject([
    { param: 'record of this call', why: expect.stringContaining('it is tried again at the next call') },
  ]);
  other.run('COMMIT');
  expect((await ring.call(asking(100), { model: A })).notes).toEqual([]);
  expect(other.all('SELECT COUNT(*) AS n FROM attempt')).toEqual([{ n: 3 }]);
  other.close();
});

it('a file that is locked at the first call has the records of all calls in the end', async () => {
  await using home = await makeHome();
  const other = await openDb(ledgerPath(home.path), []);
  other.run('BEGIN EXCLUSIVE');
  await using ring = await openRing({ names: ['custom-a'], config: priced(), home: home.path });
  ring.vendors[0]?.always(answer());
  const { notes } = await ring.call(asking(100), { model: A });
  expect(notes).toMatchObject([{ param: 'record of this call', why: expect.stringContaining('is locked by another program') }]);
  other.run('COMMIT');
  other.close();
  await ring.engine.close();
  const db = await openDb(ledgerPath(home.path), MIGRATIONS);
  expect(db.all('SELECT COUNT(*) AS n FROM attempt')).toEqual([{ n: 1 }]);
  db.close();
});

it('a budget is there for the whole process where a home has none: its ledger is in memory', async () => {
  await using ring = await openRing({ names: ['custom-a'], config: priced({ budgets: [{ limit_usd: 0.001 }] }) });
  ring.vendors[0]?.always(answer({ usage: { input: 1, output: 100 } }));
  await ring.call(asking(100), { model: A });
  expect((await ring.failure(asking(100), { model: A })).kind).toBe('budget');
});
