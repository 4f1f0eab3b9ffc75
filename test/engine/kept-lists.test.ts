import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeHome } from '../support/home.ts';
import type { Home } from '../support/home.ts';
import { groq, GROQ_KEY, listOf, mine, namedIn, openShelf, startLister } from './shelf.ts';

const HOUR = 3_600_000;

/** A list of Groq's as an earlier run left it behind. */
const leave = (home: Home, { url }: { url: string }, list: object) =>
  home.write('models/groq.json', JSON.stringify({ baseUrl: `${url}/openai/v1`, ...list }));

const yesterday = (...ids: string[]) => ({ fetchedAt: Date.now() - 30 * HOUR, models: ids.map((id) => ({ id })) });

describe('a list that was fetched', () => {
  it('is kept for the next run, which asks nobody and shows its age', async () => {
    await using home = await makeHome();
    await using vendor = await startLister();
    vendor.always(listOf('brand-new-1', 'brand-new-2'));
    const sources = { env: groq(vendor), home: home.path };
    await using first = openShelf(sources);
    expect(await first.engine.lists.refresh()).toContainEqual({ provider: 'groq', models: 2 });
    expect(vendor.requests).toMatchObject([
      { method: 'GET', path: '/openai/v1/models', headers: { authorization: `Bearer ${GROQ_KEY}` } },
    ]);
    await using second = openShelf(sources);
    const text = await second.list(mine);
    expect(namedIn(text)).toEqual(['groq/brand-new-1', 'groq/brand-new-2']);
    expect(text).toContain('live lists of 1 provider, the oldest under an hour old');
    expect(await second.engine.resolve('brand-new-2')).toMatchObject({ provider: 'groq', model: 'brand-new-2' });
    expect(vendor.requests).toHaveLength(1);
  });

  it.skipIf(process.platform === 'win32')('is for its user alone', async () => {
    await using home = await makeHome();
    await using vendor = await startLister();
    vendor.always(listOf('brand-new-1'));
    await using shelf = openShelf({ env: groq(vendor), home: home.path });
    await shelf.engine.lists.refresh();
    const modes = await Promise.all(['models', 'models/groq.json'].map(async (name) => (await stat(join(home.path, name))).mode));
    expect(modes.map((mode) => (mode & 0o777).toString(8))).toEqual(['700', '600']);
  });

  it('holds no key', async () => {
    await using home = await makeHome();
    await using vendor = await startLister();
    vendor.always(listOf('brand-new-1'));
    await using shelf = openShelf({ env: groq(vendor), home: home.path });
    await shelf.engine.lists.refresh();
    expect(await readFile(join(home.path, 'models/groq.json'), 'utf8')).not.toContain(GROQ_KEY);
  });

  it('is as old as it is, in words', async () => {
    await using home = await makeHome();
    await using vendor = await startLister();
    for (const [hours, words] of [
      [5, '5 hours'],
      [30, '30 hours'],
      [24 * 9 + 1, '9 days'],
    ] as const) {
      await leave(home, vendor, { fetchedAt: Date.now() - hours * HOUR, models: [{ id: 'brand-new' }] });
      await using shelf = openShelf({ env: groq(vendor), home: home.path });
      expect(await shelf.list(mine)).toContain(`the oldest ${words} old`);
    }
  });

  it('from another address is another list', async () => {
    await using home = await makeHome();
    await using vendor = await startLister();
    await using other = await startLister();
    await leave(home, other, yesterday('brand-new'));
    await using shelf = openShelf({ env: groq(vendor), home: home.path });
    const text = await shelf.list(mine);
    expect(namedIn(text)).toEqual([]);
    expect(text).not.toContain('live lists');
  });

  it('is of no use without the key that it was fetched with, and comes back with it', async () => {
    await using home = await makeHome();
    await using vendor = await startLister();
    await leave(home, vendor, yesterday('brand-new'));
    await using without = openShelf({ env: { GROQ_BASE_URL: `${vendor.url}/openai/v1` }, home: home.path });
    expect(namedIn(await without.list(mine))).toEqual([]);
    await using shelf = openShelf({ env: groq(vendor), home: home.path });
    expect(namedIn(await shelf.list(mine))).toEqual(['groq/brand-new']);
  });
});

describe('a file that is damaged', () => {
  it.each([
    ['is empty', ''],
    ['breaks off', '{"baseUrl":"http://x","fetchedAt":1,"mod'],
    ['is something else', '[]'],
    ['is of an older kind', '{"models":["a"]}'],
    ['is binary', '\u0000\u0001\uFFFD'],
  ])('because it %s counts as none', async (_, text) => {
    await using home = await makeHome();
    await using vendor = await startLister();
    await home.write('models/groq.json', text);
    await using shelf = openShelf({ env: groq(vendor), home: home.path });
    expect(await shelf.list(mine)).not.toContain('live lists');
  });

  it.each([
    ['an id', [{ id: 7 }]],
    ['a context window', [{ id: 'brand-new', context: 'large' }]],
    ['inputs', [{ id: 'brand-new', input: 'image' }]],
    ['rates', [{ id: 'brand-new', rates: { input: 'cheap' } }]],
    ['efforts', [{ id: 'brand-new', efforts: 'low' }]],
    ['nothing at all', [null]],
  ])('in %s breaks no list of models', async (_, models) => {
    await using home = await makeHome();
    await using vendor = await startLister();
    await leave(home, vendor, { fetchedAt: Date.now(), models });
    await using shelf = openShelf({ env: groq(vendor), home: home.path });
    expect(await shelf.list(mine)).not.toMatch(/NaN|undefined|\[object/);
  });

  it.each([-1, 1e18])('in its date (%d) gives no odd age', async (fetchedAt) => {
    await using home = await makeHome();
    await using vendor = await startLister();
    await leave(home, vendor, { fetchedAt, models: [{ id: 'brand-new' }] });
    await using shelf = openShelf({ env: groq(vendor), home: home.path });
    expect(await shelf.list()).not.toMatch(/oldest -|NaN/);
  });

  it('is whole again after a refresh', async () => {
    await using home = await makeHome();
    await using vendor = await startLister();
    vendor.always(listOf('brand-new'));
    await home.write('models/groq.json', '{"fetchedAt"');
    await using shelf = openShelf({ env: groq(vendor), home: home.path });
    await shelf.engine.lists.refresh();
    await using again = openShelf({ env: groq(vendor), home: home.path });
    expect(namedIn(await again.list(mine))).toEqual(['groq/brand-new']);
  });
});

describe('a folder', () => {
  it('that cannot be written to is told, and what was fetched still counts', async () => {
    await using home = await makeHome();
    await using vendor = await startLister();
    vendor.always(listOf('brand-new'));
    const file = await home.write('a-file', 'and no folder');
    await using shelf = openShelf({ env: groq(vendor), home: file });
    const told = (await shelf.engine.lists.refresh()).find(({ provider }) => provider === 'groq');
    expect(told).toMatchObject({
      failure: { kind: 'config', message: expect.stringMatching(/could not be kept in .+writable/) },
    });
    expect(namedIn(await shelf.list(mine))).toEqual(['groq/brand-new']);
  });

  it('keeps no drafts, even where a list cannot be put into its place', async () => {
    await using home = await makeHome();
    await using vendor = await startLister();
    vendor.always(listOf('brand-new'));
    await mkdir(join(home.path, 'models/groq.json'), { recursive: true });
    await using shelf = openShelf({ env: groq(vendor), home: home.path });
    await shelf.engine.lists.refresh();
    expect(await readdir(join(home.path, 'models'))).toEqual(['groq.json']);
  });

  it('that several write to at the same time holds whole lists only', async () => {
    await using home = await makeHome();
    await using vendor = await startLister();
    const ids = Array.from({ length: 500 }, (_, at) => `brand-new-${at}`);
    vendor.always(listOf(...ids));
    const sources = { env: groq(vendor), home: home.path };
    const shelves = Array.from({ length: 4 }, () => openShelf(sources));
    const write = shelves.map(async ({ engine }) => {
      for (let nth = 0; nth < 5; nth += 1) await engine.lists.refresh();
    });
    const seen = new Set<number>();
    const done = new AbortController();
    const reading = (async () => {
      while (!done.signal.aborted) {
        await using reader = openShelf(sources);
        const found = (await reader.engine.lists.current()).get('groq');
        if (found !== undefined) seen.add(found.models.length);
      }
    })();
    await Promise.all(write);
    done.abort();
    await reading;
    await Promise.all(shelves.map((shelf) => shelf[Symbol.asyncDispose]()));
    expect([...seen]).toEqual([500]);
    expect(await readdir(join(home.path, 'models'))).toEqual(['groq.json']);
  });
});

it('writes nothing and reads nothing where there is no home', async () => {
  await using home = await makeHome();
  await using vendor = await startLister();
  vendor.always(listOf('brand-new'));
  await writeFile(join(home.path, 'groq.json'), '{}');
  await using shelf = openShelf({ env: groq(vendor) });
  await shelf.engine.lists.refresh();
  expect(namedIn(await shelf.list(mine))).toEqual(['groq/brand-new']);
  expect(await readdir(home.path)).toEqual(['groq.json', 'project']);
});
