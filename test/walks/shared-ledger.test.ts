import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDb } from '../../src/ledger/db.ts';
import { A, asked, B, openRing, type Ring, tried } from '../engine/ring.ts';
import { late } from '../support/delivery.ts';
import { makeHome } from '../support/home.ts';
import { MODEL, openAIVars, startOpenAI } from '../support/openai.ts';
import { run } from '../support/process.ts';
import { answer, failure } from '../support/reply.ts';
import { until } from '../support/until.ts';

const config = { fallbacks: { default: [B] } };
const OPEN_MS = 400;
const limited = failure({ status: 429 }, { 'retry-after': `${OPEN_MS / 1000}` });

const servedBy = async (ring: Ring): Promise<string> => (await ring.call('Hi', { model: A })).served.provider;

/** Until the vendor is no longer to be left alone. */
const opened = (since: number) =>
  until(
    () => Date.now() > since + OPEN_MS,
    () => 'the breaker to open',
  );

describe('two engines over one home', () => {
  it('keep away from a model that has limited one of them, until its time', async () => {
    await using home = await makeHome();
    await using one = await openRing({ config, home: home.path });
    await using two = await openRing({ config, home: home.path, at: one.vendors });
    const [a, b] = one.vendors;
    a?.next(limited);
    a?.always(answer());
    b?.always(answer());
    expect(await servedBy(one)).toBe('custom-b');
    const since = Date.now();
    const given = await two.call('Hi', { model: A });
    expect(tried(given)).toEqual([`${B} answered`]);
    expect(given.notes).toMatchObject([{ param: 'model', asked: A, sent: B, why: expect.stringContaining('limited') }]);
    expect(asked(one)).toEqual([1, 2]);
    await opened(since);
    expect(await servedBy(two)).toBe('custom-a');
    expect(await servedBy(one)).toBe('custom-a');
  });

  it('wait for a limited model together where nobody stands in', async () => {
    await using home = await makeHome();
    await using one = await openRing({ home: home.path });
    await using two = await openRing({ home: home.path, at: one.vendors });
    one.vendors[0]?.next(limited);
    one.vendors[0]?.always(answer());
    expect((await one.failure('Hi', { model: A })).kind).toBe('rate_limited');
    const since = Date.now();
    const { attempts } = await two.call('Hi', { model: A });
    expect(Date.now() - since).toBeGreaterThan(OPEN_MS - 100);
    expect(attempts[0]?.waitedMs).toBeGreaterThan(OPEN_MS / 2);
  });

  it('do not share what another key or address is told', async () => {
    await using home = await makeHome();
    await using one = await openRing({ config, home: home.path });
    await using two = await openRing({ config, home: home.path });
    one.vendors[0]?.always(limited);
    for (const vendor of [one.vendors[1], ...two.vendors]) vendor?.always(answer());
    expect(await servedBy(one)).toBe('custom-b');
    expect(await servedBy(two)).toBe('custom-a');
  });
});

it('of many engines one tries out a model whose time is up, and the others ask the next', async () => {
  await using home = await makeHome();
  await using one = await openRing({ config, home: home.path });
  const [a, b] = one.vendors;
  a?.next(limited);
  a?.always(answer(), { deliver: late(300) });
  b?.always(answer());
  expect(await servedBy(one)).toBe('custom-b');
  const since = Date.now();
  const rings = await Promise.all([1, 2, 3, 4].map(() => openRing({ config, home: home.path, at: one.vendors })));
  await opened(since);
  const given = await Promise.all([...rings, one].map((ring) => ring.call('Hi', { model: A })));
  const served = given.map((each) => each.served.provider);
  expect(served.toSorted()).toEqual(['custom-a', 'custom-b', 'custom-b', 'custom-b', 'custom-b']);
  const told = given.filter((each) => each.served.provider === 'custom-b').map(({ notes }) => notes);
  const swap = { param: 'model', asked: A, sent: B, why: expect.stringMatching(/another call is trying|left alone for a while/) };
  expect(told).toEqual([[swap], [swap], [swap], [swap]]);
  expect(await Promise.all(rings.map(servedBy))).toEqual(rings.map(() => 'custom-a'));
  await Promise.all(rings.map((ring) => ring[Symbol.asyncDispose]()));
});

it('of two calls at once one tries out a model whose time is up, and the other says that nobody asked it', async () => {
  await using ring = await openRing({ config });
  const [a, b] = ring.vendors;
  a?.next(limited);
  a?.always(answer());
  b?.always(answer());
  expect(await servedBy(ring)).toBe('custom-b');
  await opened(Date.now());
  const given = await Promise.all([1, 2].map(() => ring.call('Hi', { model: A })));
  expect(given.flatMap(tried).toSorted()).toEqual([`${A} answered`, `${B} answered`]);
  const told = given.flatMap(({ notes }) => notes);
  expect(told).toEqual([{ param: 'model', asked: A, sent: B, why: 'another call is trying out whether it is back' }]);
});

const DAMAGE: readonly [string, (home: string) => Promise<unknown>][] = [
  ['is no database', (home) => writeFile(join(home, 'switchboard.db'), 'This is no database.'.repeat(500))],
  ['is empty', (home) => writeFile(join(home, 'switchboard.db'), '')],
  ['is a folder', (home) => mkdir(join(home, 'switchboard.db'))],
  [
    'may not be written',
    async (home) => {
      await writeFile(join(home, 'switchboard.db'), '');
      await chmod(join(home, 'switchboard.db'), 0o444);
    },
  ],
  [
    'lacks its table',
    async (home) => {
      (await openDb(join(home, 'switchboard.db'), ['CREATE TABLE other (n INTEGER)'])).close();
    },
  ],
];

describe('a file that', () => {
  it.each(DAMAGE)('%s stops no answer', async (_, damage) => {
    await using home = await makeHome();
    await damage(home.path);
    await using ring = await openRing({ config, home: home.path });
    ring.vendors[0]?.next(failure({ status: 503 }));
    for (const vendor of ring.vendors) vendor.always(answer());
    expect([await servedBy(ring), await servedBy(ring)]).toEqual(['custom-b', 'custom-a']);
  });

  it('is of a newer version is an error that says what to do', async () => {
    await using home = await makeHome();
    const steps = Array.from({ length: 99 }, (_, nth) => `CREATE TABLE t${nth} (n INTEGER)`);
    (await openDb(join(home.path, 'switchboard.db'), steps)).close();
    await using ring = await openRing({ config, home: home.path });
    for (const vendor of ring.vendors) vendor.always(answer());
    await expect(servedBy(ring)).rejects.toMatchObject({ kind: 'config', message: expect.stringContaining('newer version') });
    expect(ring.vendors.flatMap(({ requests }) => requests)).toEqual([]);
  });

  it('is damaged while it is open stops no answer', async () => {
    await using home = await makeHome();
    await using ring = await openRing({ config, home: home.path });
    for (const vendor of ring.vendors) vendor.always(answer());
    expect(await servedBy(ring)).toBe('custom-a');
    for (const name of ['switchboard.db', 'switchboard.db-wal', 'switchboard.db-shm'])
      await writeFile(join(home.path, name), 'This is no database.'.repeat(500));
    ring.vendors[0]?.next(failure({ status: 503 }));
    expect([await servedBy(ring), await servedBy(ring)]).toEqual(['custom-b', 'custom-a']);
  });

  it('lies where no folder can be stops no answer', async () => {
    await using home = await makeHome();
    const file = await home.write('a-file', '');
    await using ring = await openRing({ config, home: join(file, 'below') });
    ring.vendors[0]?.always(answer());
    expect(await servedBy(ring)).toBe('custom-a');
  });
});

it('a model that was limited is asked again as soon as somebody at the command line says so', async () => {
  await using home = await makeHome();
  await using vendor = await startOpenAI();
  vendor.next(failure({ status: 429 }, { 'retry-after': '3000' }));
  vendor.always(answer());
  const vars = { ...openAIVars(vendor), SWITCHBOARD_HOME: home.path };
  const call = async () => (await run({ home, vars, args: ['call', '-m', MODEL, '--timeout', '2', 'Hi'] })).code;
  expect([await call(), await call()]).toEqual([1, 1]);
  expect(vendor.requests).toHaveLength(1);
  const { code, stderr } = await run({ home, vars, args: ['models', '--forget-limits', '--limit', '1'] });
  expect([code, stderr]).toEqual([0, 'Forgot the failures and limits of 1 model: each is asked again\n']);
  expect(await call()).toBe(0);
});
