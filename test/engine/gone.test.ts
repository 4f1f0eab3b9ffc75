import { copyFile, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openLedger } from '../../src/ledger/ledger.ts';
import { budget, entry, who } from '../ledger/wallet.ts';
import { openDesk } from '../support/desk.ts';
import { makeHome } from '../support/home.ts';
import { MODEL, openAIVars, startOpenAI } from '../support/openai.ts';
import { answer } from '../support/reply.ts';
import { asking, ledgerOf, priced, TOKEN } from './cashbox.ts';
import { A, asked, openRing } from './ring.ts';

const FILE = 'switchboard.db';

/** What may happen to a file that a program has open. */
const EVENTS: readonly [string, (home: string) => Promise<void>][] = [
  [
    'removed',
    async (home) => {
      for (const name of await readdir(home)) if (name.startsWith(FILE)) await rm(join(home, name));
    },
  ],
  ['removed without the files beside it', (home) => rm(join(home, FILE))],
  [
    'replaced by another',
    async (home) => {
      await using other = await makeHome();
      const ledger = await openLedger(other.path);
      ledger.purse.settle(entry('of another', Date.now(), 1000));
      ledger.close();
      await copyFile(join(other.path, FILE), join(home, 'draft'));
      await rename(join(home, 'draft'), join(home, FILE));
    },
  ],
];

const budgets = [{ limit_usd: 0.01, window: 'total', name: 'mine' }];

describe.each(EVENTS)('a ledger whose file is %s while a program runs', (_, happen) => {
  it('gives no ceiling new money, and is told of once', async () => {
    await using home = await makeHome();
    await using ring = await openRing({ names: ['custom-a'], config: priced({ budgets }), home: home.path });
    ring.vendors[0]?.always(answer({ usage: { input: 5, output: 400 } }));
    await ring.call(asking(500), { model: A });
    await happen(home.path);
    expect((await ring.failure(asking(1000), { model: A })).message).toContain('($0.004 spent)');
    const told = async () => (await ring.call(asking(100), { model: A })).notes;
    expect((await told()).map(({ param, why }) => `${param}: ${why}`)).toEqual([
      expect.stringMatching(/^cost: /),
      expect.stringMatching(/^ledger: the ledger’s file was removed or replaced while this program ran \(noticed at \d\d:\d\d\)/),
    ]);
    expect((await told()).map(({ param }) => param)).toEqual(['cost']);
    expect(asked(ring)).toEqual([3]);
    const { rows, holds } = await ledgerOf(home.path);
    expect(rows.filter(({ uid }) => uid !== 'of another').map((row) => row['nano_usd'])).toEqual(
      [1, 2, 3].map(() => 400 * TOKEN),
    );
    expect(holds).toEqual([]);
  });

  it('keeps conversations from then on, and says of those before that they are gone', async () => {
    await using home = await makeHome();
    await using vendor = await startOpenAI();
    vendor.always(answer());
    await using desk = await openDesk(openAIVars(vendor), '', { home: home.path });
    const talk = (thread: string) => desk.call('call_model', { model: MODEL, prompt: 'Hi', thread_id: thread });
    const idOf = ({ text }: { text: string }): string => /thr_[\w-]+/.exec(text)?.[0] ?? expect.fail(text);
    const before = idOf(await talk('new'));
    await happen(home.path);
    const gone = await talk(before);
    expect([gone.failed, gone.text]).toEqual([
      true,
      expect.stringMatching(/There is no conversation .*; the ledger’s file was removed or replaced while this program ran/),
    ]);
    await expect(desk.read(`switchboard://threads/${before}`)).rejects.toThrow(/the ledger’s file was removed or replaced/);
    await expect(desk.read('switchboard://results/job_none-that-was-kept-00')).rejects.toThrow(/removed or replaced/);
    const after = idOf(await talk('new'));
    await using another = await openDesk(openAIVars(vendor), '', { home: home.path });
    expect(await another.read(`switchboard://threads/${after}`)).toContain('Hi');
  });
});

it('a ledger whose place was taken by something else stops calls under a budget that blocks', async () => {
  await using home = await makeHome();
  await using ring = await openRing({ names: ['custom-a'], config: priced({ budgets }), home: home.path });
  ring.vendors[0]?.always(answer());
  await ring.call(asking(10), { model: A });
  await rm(join(home.path, FILE));
  await mkdir(join(home.path, FILE));
  const failed = await ring.failure(asking(10), { model: A });
  expect([failed.kind, failed.message]).toEqual([
    'config',
    expect.stringMatching(/^A budget is set, and .*switchboard\.db that keeps it cannot be /),
  ]);
  expect(asked(ring)).toEqual([1]);
});

it('a ledger whose place was taken by something else stops nobody else, and goes on when it can', async () => {
  await using home = await makeHome();
  await using ring = await openRing({ names: ['custom-a'], config: priced(), home: home.path });
  ring.vendors[0]?.always(answer());
  await ring.call(asking(10), { model: A });
  for (const name of await readdir(home.path)) if (name.startsWith(FILE)) await rm(join(home.path, name));
  await writeFile(join(home.path, FILE), 'This is no database.'.repeat(500));
  const { notes } = await ring.call(asking(10), { model: A });
  expect(notes.map(({ param }) => param)).toEqual(['ledger', 'record of this call']);
  await rm(join(home.path, FILE));
  await ring.engine.close();
  expect((await ledgerOf(home.path)).rows).toHaveLength(2);
});

it('what was reset by hand stays reset in the file that comes in place of one that was removed', async () => {
  await using home = await makeHome();
  const one = budget({ window: 'total' });
  const first = await openLedger(home.path);
  for (const uid of ['a', 'b']) first.purse.settle(entry(uid, Date.now(), 50));
  first.purse.reset(one, who());
  first.purse.settle(entry('c', Date.now(), 7));
  const money = first.money();
  await using elsewhere = await makeHome();
  const second = await openLedger(elsewhere.path);
  second.purse.settle(entry('d', Date.now(), 1));
  // Another program may have noticed it too.
  for (let times = 0; times < 2; times += 1) second.add(money);
  second.purse.settle(entry('e', Date.now(), 2));
  expect(second.purse.standings([one], who())).toMatchObject([{ spent: 7 + 2 }]);
  expect(second.reports.by('provider', 0)).toMatchObject([{ nanoUsd: 50 + 50 + 7 + 1 + 2 }]);
  first.close();
  second.close();
});
