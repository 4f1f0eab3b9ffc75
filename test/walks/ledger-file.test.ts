import { chmod, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { CLOSED } from '../../src/ledger/breaker-store.ts';
import { openDb } from '../../src/ledger/db.ts';
import { openLedger } from '../../src/ledger/ledger.ts';
import { MIGRATIONS } from '../../src/ledger/migrations.ts';
import { counted, KEY, TIMES } from '../ledger/breaker.ts';
import { hire, hireAll } from '../ledger/crew.ts';
import { budget, entry, who } from '../ledger/wallet.ts';
import { makeHome } from '../support/home.ts';
import { until } from '../support/until.ts';

const read = async (home: string): Promise<number> => {
  const ledger = await openLedger(home);
  const { failures } = ledger.breaker.read(KEY);
  ledger.close();
  return failures;
};

it('a ledger is made from nothing, folders and all, and remembers', async () => {
  await using home = await makeHome();
  const folder = join(home.path, 'not', 'there', 'yet');
  const first = await openLedger(folder);
  expect(first.breaker.read(KEY)).toEqual(CLOSED);
  first.breaker.update(KEY, counted);
  first.close();
  expect(await readdir(folder)).toContain('switchboard.db');
  expect(await read(folder)).toBe(1);
});

const modeOf = async (path: string): Promise<string> => ((await stat(path)).mode & 0o777).toString(8);

it.skipIf(process.platform === 'win32')('a ledger is for its user alone, whatever others make of new files', async () => {
  await using home = await makeHome();
  const folder = join(home.path, 'new', 'home');
  const before = process.umask(0o022);
  try {
    const ledger = await openLedger(folder);
    ledger.breaker.update(KEY, counted);
    const files = (await readdir(folder)).toSorted();
    expect(files).toEqual(['switchboard.db', 'switchboard.db-shm', 'switchboard.db-wal']);
    expect(await Promise.all(files.map((file) => modeOf(join(folder, file))))).toEqual(['600', '600', '600']);
    expect(await Promise.all([folder, join(folder, '..')].map(modeOf))).toEqual(['700', '700']);
    ledger.close();
  } finally {
    process.umask(before);
  }
});

it.skipIf(process.platform === 'win32')('a ledger that an earlier version left open to others is closed to them', async () => {
  await using home = await makeHome();
  const path = join(home.path, 'switchboard.db');
  (await openLedger(home.path)).close();
  await chmod(path, 0o644);
  const first = await openLedger(home.path);
  expect(await modeOf(path)).toBe('600');
  await Promise.all(['-wal', '-shm'].map((end) => chmod(path + end, 0o644)));
  const second = await openLedger(home.path);
  expect(await Promise.all(['-wal', '-shm'].map((end) => modeOf(path + end)))).toEqual(['600', '600']);
  first.close();
  second.close();
});

it('a closed breaker takes no place in the file', async () => {
  await using home = await makeHome();
  const ledger = await openLedger(home.path);
  ledger.breaker.update(KEY, counted);
  ledger.breaker.update(KEY, () => CLOSED);
  ledger.close();
  const db = await openDb(join(home.path, 'switchboard.db'), MIGRATIONS);
  expect(db.all('SELECT count(*) AS rows FROM breaker')).toEqual([{ rows: 0 }]);
  db.close();
});

it('each step of the versions is taken once, and a file is brought on from where it is', async () => {
  await using home = await makeHome();
  const path = join(home.path, 'some.db');
  const steps = ['CREATE TABLE one (n INTEGER); INSERT INTO one VALUES (1)', 'INSERT INTO one VALUES (2)'];
  (await openDb(path, steps.slice(0, 1))).close();
  for (let n = 0; n < 2; n += 1) (await openDb(path, steps)).close();
  const db = await openDb(path, steps);
  expect(db.all('SELECT n FROM one ORDER BY n')).toEqual([{ n: 1 }, { n: 2 }]);
  db.close();
});

it('a file of the first version, which had breakers only, keeps them and counts money from then on', async () => {
  await using home = await makeHome();
  const first = await openDb(join(home.path, 'switchboard.db'), MIGRATIONS.slice(0, 1));
  first.run('INSERT INTO breaker (key, failures, open_until, said_until, probe_until) VALUES (?, 1, 0, 0, 0)', KEY);
  first.close();
  const ledger = await openLedger(home.path);
  ledger.purse.settle(entry('one', Date.now(), 7));
  expect(ledger.purse.standings([budget()], who())).toMatchObject([{ spent: 7, held: 0 }]);
  ledger.close();
  expect(await read(home.path)).toBe(1);
});

it('a file of the version before this one loses nothing, and what was held in it counts until its time', async () => {
  await using home = await makeHome();
  const old = await openDb(join(home.path, 'switchboard.db'), MIGRATIONS.slice(0, 3));
  const soon = Date.now() + 60_000;
  old.run(
    `INSERT INTO attempt (uid, at, call, session, tool, project, asked, provider, model, cached, nano_usd, cost_from, ms)
     VALUES ('a', ?, 'c', 's', 'call_model', '/p', 'openai/m', 'openai', 'm', 0, 7, 'prices', 5)`,
    Date.now(),
  );
  for (const [id, at] of [
    ['running', soon],
    ['over', 1],
  ] as const)
    old.run('INSERT INTO hold VALUES (?, ?, 30, ?)', id, 'total all', at);
  old.run('INSERT INTO breaker VALUES (?, 2, 0, 0, 0)', KEY);
  old.run("INSERT INTO thread VALUES ('thr_1', '', 1, ?, NULL, NULL, 0)", Date.now());
  old.run(`INSERT INTO turn VALUES ('thr_1', 1, 1, 'user', NULL, NULL, NULL, 4, '[{"type":"text","text":"Hi"}]')`);
  old.close();
  const ledger = await openLedger(home.path);
  expect(ledger.purse.standings([budget({ window: 'total' })], who())).toMatchObject([{ spent: 7, held: 30 }]);
  expect(ledger.reports.by('model', 0)).toMatchObject([{ calls: 1, attempts: 1, nanoUsd: 7, lost: 0 }]);
  expect([ledger.breaker.read(KEY).failures, ledger.threads.read('thr_1', '')?.turns]).toEqual([2, 1]);
  ledger.close();
});

it('a step that fails leaves the file at the version before it', async () => {
  await using home = await makeHome();
  const path = join(home.path, 'some.db');
  const broken = 'CREATE TABLE two (n INTEGER); INSERT INTO nowhere VALUES (1)';
  await expect(openDb(path, ['CREATE TABLE one (n INTEGER)', broken])).rejects.toThrow(/nowhere/);
  const db = await openDb(path, ['CREATE TABLE one (n INTEGER)']);
  expect(db.all("SELECT name FROM sqlite_master WHERE type = 'table'")).toEqual([{ name: 'one' }]);
  db.close();
});

it('a file of a newer version is refused, and the error says what to do', async () => {
  await using home = await makeHome();
  const path = join(home.path, 'switchboard.db');
  const steps = Array.from({ length: 99 }, (_, nth) => `CREATE TABLE t${nth} (n INTEGER)`);
  (await openDb(path, steps)).close();
  const opening = openLedger(home.path);
  await expect(opening).rejects.toMatchObject({ kind: 'config' });
  await expect(opening).rejects.toThrow(`${path} was written by a newer version of Switchboard: update`);
});

it('four processes may open it at once, where there was none, and lose nothing of what they write', async () => {
  await using home = await makeHome();
  const ended = await hireAll(home, 'count', 4);
  expect(ended.map(({ code, stderr }) => ({ code, stderr }))).toEqual(ended.map(() => ({ code: 0, stderr: '' })));
  expect(await read(home.path)).toBe(4 * TIMES);
});

it('a model that is to be tried out is entered by one of four processes', async () => {
  await using home = await makeHome();
  const ledger = await openLedger(home.path);
  ledger.breaker.update(KEY, () => ({ failures: 1, openUntil: 1, saidUntil: 1, probeUntil: 0, notedAt: 0 }));
  ledger.close();
  const ended = await hireAll(home, 'enter', 4);
  expect(ended.map(({ stdout }) => stdout.trim()).toSorted()).toEqual([
    'entered: false',
    'entered: false',
    'entered: false',
    'entered: true',
  ]);
});

it('a process that is killed while it writes leaves a file that can be used', async () => {
  await using home = await makeHome();
  await using writer = hire(home, 'write on');
  await until(
    () => writer.stdout().includes('writing'),
    () => `the writer: ${writer.stderr()}`,
  );
  const ledger = await openLedger(home.path);
  await until(
    () => ledger.breaker.read(KEY).failures > 20,
    () => 'something to be written',
  );
  writer.kill('SIGKILL');
  expect((await writer.ended).signal).toBe('SIGKILL');
  const left = ledger.breaker.read(KEY).failures;
  expect(ledger.breaker.update(KEY, counted).failures).toBe(left + 1);
  ledger.close();
  expect(await read(home.path)).toBe(left + 1);
});

it('a process that is killed within a change leaves nothing of it, and no lock', async () => {
  await using home = await makeHome();
  const ledger = await openLedger(home.path);
  ledger.breaker.update(KEY, counted);
  await using worker = hire(home, 'die');
  expect((await worker.ended).signal).toBe('SIGKILL');
  expect(ledger.breaker.update(KEY, counted).failures).toBe(2);
  ledger.close();
});
