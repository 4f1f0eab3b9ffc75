import { mkdir, open, rm } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import Database from 'libsql';
import { describe, expect, it } from 'vitest';
import { troubleOf } from '../../src/engine/money/books.ts';
import { observed, spending } from '../../src/engine/spending.ts';
import { openDb } from '../../src/ledger/db.ts';
import { ledgerPath, memoryLedger, openLedger } from '../../src/ledger/ledger.ts';
import { MIGRATIONS } from '../../src/ledger/migrations.ts';
import { budget, entry, who } from '../ledger/wallet.ts';
import { openDesk } from '../support/desk.ts';
import { makeHome } from '../support/home.ts';
import { MODEL, openAIVars, startOpenAI } from '../support/openai.ts';
import { answer } from '../support/reply.ts';
import { asking, ledgerOf, priced } from './cashbox.ts';
import { A, openRing, type Ring } from './ring.ts';

/** Nothing can be opened where a folder lies; `mend` takes it away. */
async function obstruct(home: string): Promise<() => Promise<void>> {
  await mkdir(ledgerPath(home));
  return () => rm(ledgerPath(home), { recursive: true });
}

const notesOf = async (ring: Ring): Promise<string[]> =>
  (await ring.call(asking(10), { model: A })).notes.map(({ param, why }) => `${param}: ${why}`);

describe('a ledger that cannot be opened', () => {
  it('is tried again, and then has all that was remembered without it', async () => {
    await using home = await makeHome();
    const mend = await obstruct(home.path);
    await using ring = await openRing({ names: ['custom-a'], config: priced(), home: home.path });
    ring.vendors[0]?.always(answer({ usage: { input: 1, output: 5 } }));
    const first = await notesOf(ring);
    expect(first).toEqual([expect.stringMatching(/^record of this call: .*switchboard\.db cannot be .*; it is tried again at/)]);
    const early = (await ring.engine.ledger()).ledger.results.keep('', 'A long result.');
    await mend();
    let calls = 1;
    for (; calls < 100; calls += 1) {
      if ((await notesOf(ring)).length === 0) break;
      await wait(50);
    }
    const { rows } = await ledgerOf(home.path);
    expect(rows).toHaveLength(calls + 1);
    expect(rows.map((row) => row['nano_usd'])).toEqual(rows.map(() => 50_000));
    expect((await ring.engine.ledger()).ledger.results.read(early, '')).toBe('A long result.');
    expect(await spending(ring.engine, 0, ['model'])).toMatchObject({ by: { model: [{ attempts: calls + 1 }] } });
  });

  it('is tried once more when a process ends', async () => {
    await using home = await makeHome();
    const mend = await obstruct(home.path);
    const ring = await openRing({ names: ['custom-a'], config: priced(), home: home.path });
    ring.vendors[0]?.always(answer());
    expect(await notesOf(ring)).toHaveLength(1);
    await mend();
    await ring[Symbol.asyncDispose]();
    expect((await ledgerOf(home.path)).rows).toHaveLength(1);
  });

  it('gives no conversation, and takes one as soon as it can be opened', async () => {
    await using home = await makeHome();
    await using vendor = await startOpenAI();
    vendor.always(answer());
    const mend = await obstruct(home.path);
    await using desk = await openDesk(openAIVars(vendor), '', { home: home.path });
    const ask = () => desk.call('call_model', { model: MODEL, prompt: 'Hi', thread_id: 'new' });
    expect((await ask()).text).toContain('No conversation can be kept: ');
    await mend();
    let told = await ask();
    for (let tries = 0; told.failed && tries < 100; tries += 1) {
      await wait(50);
      told = await ask();
    }
    expect(told.failed).toBe(false);
  });
});

it('what a call has spent under a ceiling of its own is known in the file that is opened in the middle of it', async () => {
  await using home = await makeHome();
  const memory = await memoryLedger();
  const now = Date.now();
  const one = budget({ window: 'call', limit: 100 });
  const claim = (id: string, nano: number) => ({ id, who: who(), nano, expiresAt: now + 60_000 });
  expect(memory.purse.hold([claim('a', 60), claim('b', 30)], [one])).toBeUndefined();
  memory.purse.settle(entry('a', now, 60), { budgets: [one] });
  const file = await openLedger(home.path);
  file.purse.settle(entry('of somebody else', now, 1000, { call: 'another' }));
  file.add(memory.contents());
  expect(file.purse.standings([one], who())).toMatchObject([{ spent: 60, held: 30 }]);
  expect(file.purse.hold([claim('c', 11)], [one])).toMatchObject({ spent: 60, held: 30 });
  expect(file.purse.hold([claim('c', 10)], [one])).toBeUndefined();
  memory.close();
  file.close();
});

it('a hold waits for a file that another program keeps locked for longer than a second', async () => {
  await using home = await makeHome();
  await using ring = await openRing({
    names: ['custom-a'],
    config: priced({ budgets: [{ limit_usd: 1 }] }),
    home: home.path,
  });
  ring.vendors[0]?.always(answer());
  await ring.call(asking(10), { model: A });
  const other = await openDb(ledgerPath(home.path), MIGRATIONS);
  other.run('BEGIN IMMEDIATE');
  // SQLite's own waiting stops this process, timers and all: the lock is let go of after that.
  const freed = wait(10).then(() => other.run('COMMIT'));
  expect((await ring.call(asking(10), { model: A })).text).toBe('Hello');
  await freed;
  other.close();
});

it('a folder that may not be written is told as such, though the library has no name for its code', () => {
  const error = new Database.SqliteError('attempt to write a readonly database', 'UNKNOWN_SQLITE_ERROR_1544', 1544);
  expect(troubleOf(error)).toMatch(/^cannot be written: make it and its folder writable/);
});

describe('a ledger that is damaged inside', () => {
  it('stops neither a call nor list_models, and says so to whoever asks what was spent', async () => {
    await using home = await makeHome();
    await using vendor = await startOpenAI();
    vendor.always(answer());
    {
      await using desk = await openDesk(openAIVars(vendor), '', { home: home.path });
      for (const prompt of ['One', 'Two', 'Three']) await desk.call('call_model', { model: MODEL, prompt });
    }
    await overwriteTable(home.path, 'attempt');
    await using desk = await openDesk(openAIVars(vendor), '', { home: home.path });
    const listed = await desk.call('list_models', { provider: 'openai' });
    expect([listed.failed, listed.text]).toEqual([false, expect.stringContaining('openai/')]);
    await expect(desk.read('switchboard://usage')).rejects.toThrow(
      /What was spent cannot be told: .*switchboard\.db is damaged: move it away, and a new one is made/,
    );
    expect((await desk.call('call_model', { model: MODEL, prompt: 'Four' })).failed).toBe(false);
    await using ring = await openRing({ names: ['custom-a'], home: home.path });
    expect(await observed(ring.engine)).toEqual(new Map());
    await expect(spending(ring.engine, 0)).rejects.toMatchObject({ kind: 'config' });
  });
});

it.each([
  ['thread', 'switchboard://threads/', 'No conversation can be read'],
  ['kept_result', 'switchboard://results/', 'No result can be read'],
])('a damaged table of the ledger (%s) is told to whoever reads of it, and hides no resource', async (table, address, what) => {
  await using home = await makeHome();
  await using vendor = await startOpenAI();
  vendor.always(answer({ text: ['A long answer. '.repeat(8000)] }));
  await using before = await openDesk(openAIVars(vendor), '', { home: home.path });
  const { meta, link } = await before.call('call_model', { model: MODEL, prompt: 'One', thread_id: 'new' });
  const uri = table === 'thread' ? `${address}${Object(meta['switchboard/answer']).threadId}` : String(link?.uri);
  expect(await before.read(uri)).toContain('A long answer. A long answer.');
  await overwriteTable(home.path, table);
  await using desk = await openDesk(openAIVars(vendor), '', { home: home.path });
  await expect(desk.read(uri)).rejects.toThrow(new RegExp(`${what}: .*is damaged: move it away, and a new one is made`));
  expect(await desk.resources()).toContain('switchboard://usage');
});

/** Fills the first page of a table with what no table is made of. */
async function overwriteTable(home: string, table: string): Promise<void> {
  const db = await openDb(ledgerPath(home), MIGRATIONS);
  db.run('PRAGMA wal_checkpoint(TRUNCATE)');
  const [{ rootpage } = {}] = db.all('SELECT rootpage FROM sqlite_master WHERE name = ?', table);
  const [{ page_size: size } = {}] = db.all('PRAGMA page_size');
  db.close();
  await using file = await open(ledgerPath(home), 'r+');
  await file.write(Buffer.alloc(Number(size), 0xa7), 0, Number(size), (Number(rootpage) - 1) * Number(size));
}
