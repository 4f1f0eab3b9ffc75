import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { IN_MEMORY, openDb } from '../../src/ledger/db.ts';
import { MIGRATIONS } from '../../src/ledger/migrations.ts';
import { type Threads, threadsIn } from '../../src/ledger/threads.ts';
import { openDesk } from '../support/desk.ts';
import { makeHome } from '../support/home.ts';
import { MODEL, openAIVars, startOpenAI } from '../support/openai.ts';
import { answer } from '../support/reply.ts';

const DAY_MS = 24 * 3_600_000;
const LIMITS = { keepMs: 30 * DAY_MS, maxBytes: 1_000_000, maxTotalBytes: 1e9 };

const pair = (question: string, reply = 'Yes.') => [
  { role: 'user' as const, content: [{ type: 'text' as const, text: question }] },
  { role: 'assistant' as const, content: [{ type: 'text' as const, text: reply }], model: 'openai/sim-1' },
];

/** Conversations under a clock of the test's own. */
async function openThreads(): Promise<{ threads: Threads; pass: (ms: number) => void; begin: (owner?: string) => string }> {
  let now = Date.UTC(2026, 10, 1);
  const threads = threadsIn(await openDb(IN_MEMORY, MIGRATIONS), () => now);
  return {
    threads,
    pass: (ms) => void (now += ms),
    begin(owner = '') {
      const thread = threads.begin(undefined);
      threads.append(thread, owner, pair('First?'), LIMITS);
      return thread.id;
    },
  };
}

describe('conversations in the ledger', () => {
  it('are gone when nobody used them for as long as the config says', async () => {
    const { threads, pass, begin } = await openThreads();
    const [old, used] = [begin(), begin()];
    pass(29 * DAY_MS);
    threads.append({ id: used }, '', pair('Still there?'), LIMITS);
    pass(2 * DAY_MS);
    const fresh = begin();
    expect([old, used, fresh].map((id) => threads.read(id, '')?.turns)).toEqual([undefined, 4, 2]);
    expect(threads.turns(old)).toEqual([]);
  });

  it('lose their oldest pairs when they grow too large, and never their latest', async () => {
    const { threads, begin } = await openThreads();
    const id = begin();
    const small = { ...LIMITS, maxBytes: 5000 };
    const appended = [1, 2, 3].map((nth) => threads.append({ id }, '', pair(`${nth} ${'x'.repeat(1900)}`), small));
    expect(appended).toEqual([
      { first: 3, dropped: 0, crowdedOut: 0 },
      { first: 5, dropped: 0, crowdedOut: 0 },
      { first: 7, dropped: 4, crowdedOut: 0 },
    ]);
    expect(threads.turns(id).map(({ n, role }) => `${n} ${role}`)).toEqual(['5 user', '6 assistant', '7 user', '8 assistant']);
    expect(threads.read(id, '')).toMatchObject({ turns: 4, first: 5, last: 8 });
    expect(threads.append({ id }, '', pair('y'.repeat(9000)), small)).toMatchObject({ first: 9, dropped: 4 });
    expect(threads.turns(id).map(({ n }) => n)).toEqual([9, 10]);
  });

  it('have room for so many bytes together: the longest unused of whoever keeps most go first', async () => {
    const { threads, pass, begin } = await openThreads();
    const of = (owner: string, many: number): string[] =>
      Array.from({ length: many }, () => {
        pass(1000);
        return begin(owner);
      });
    const [anna] = of('anna', 1);
    const flood = of('bert', 20);
    // Each has two short turns, of which every one takes a kilobyte besides its words.
    const tight = { ...LIMITS, maxTotalBytes: 12 * 1024 };
    expect(threads.append({ id: flood[19] ?? '' }, 'bert', pair('More?'), tight).crowdedOut).toBe(17);
    expect(threads.list('bert', 100).map(({ id }) => id)).toEqual([flood[19], flood[18], flood[17]]);
    expect(threads.read(anna ?? '', 'anna')?.turns).toBe(2);
    // Nobody else is there to make room: what is being written stays.
    expect(threads.append({ id: anna ?? '' }, 'anna', pair('x'.repeat(50_000)), tight).crowdedOut).toBe(3);
    expect(threads.list(undefined, 100).map(({ id }) => id)).toEqual([anna]);
  });

  it('are listed by their owner, the latest used first', async () => {
    const { threads, pass, begin } = await openThreads();
    const mine = begin('me');
    pass(1000);
    const yours = begin('you');
    pass(1000);
    const again = begin('me');
    expect(threads.list('me', 10).map(({ id }) => id)).toEqual([again, mine]);
    expect(threads.list(undefined, 10).map(({ id }) => id)).toEqual([again, yours, mine]);
    expect(threads.list(undefined, 1)).toHaveLength(1);
    expect([threads.remove(yours), threads.remove(yours)]).toEqual([true, false]);
  });

  it('keep a summary that stands for more in place of one that stands for less', async () => {
    const { threads, begin } = await openThreads();
    const id = begin();
    threads.summarise(id, 'Of six turns.', 6);
    threads.summarise(id, 'Of four turns.', 4);
    expect(threads.read(id, '')?.summary).toEqual({ text: 'Of six turns.', through: 6 });
  });
});

describe('the file', () => {
  it('holds the words of conversations, and none of other calls', async () => {
    await using home = await makeHome();
    await using vendor = await startOpenAI();
    vendor.always(answer({ text: ['An answer like no other.'] }));
    {
      await using desk = await openDesk(openAIVars(vendor), '', { home: home.path });
      await desk.call('call_model', { model: MODEL, prompt: 'A question in passing', system: 'In passing, too' });
      expect(await allOf(home.path)).not.toMatch(/in passing|like no other/i);
      await desk.call('call_model', { model: MODEL, prompt: 'A question to remember', thread_id: 'new' });
    }
    const file = await allOf(home.path);
    expect(file).toMatch(/A question to remember/);
    expect(file).toMatch(/like no other/);
    expect(file).not.toMatch(/in passing/i);
  });
});

async function allOf(home: string): Promise<string> {
  const files = await Promise.all(
    ['switchboard.db', 'switchboard.db-wal'].map((name) => readFile(join(home, name), 'latin1').catch(() => '')),
  );
  return files.join('\n');
}
