import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { openLedger } from '../../src/ledger/ledger.ts';
import { openDesk } from '../support/desk.ts';
import { type Home, makeHome } from '../support/home.ts';
import { MODEL, openAIVars, startOpenAI } from '../support/openai.ts';
import { type Running, start } from '../support/process.ts';
import { answer } from '../support/reply.ts';
import { until } from '../support/until.ts';
import { begin, footOf, threadOf, turnsIn } from '../tools/conversing.ts';

const JITI = fileURLToPath(new URL('../../node_modules/jiti/lib/jiti-cli.mjs', import.meta.url));
const WRITER = fileURLToPath(new URL('./thread-writer.ts', import.meta.url));
const ENDLESS = 1_000_000;

const hire = (home: Home, id: string, name: string, times: number): Running =>
  start({ home, cli: JITI, args: [WRITER, home.path, id, name, String(times)] });

/** The turns of a conversation as words, once their numbers and pairs were found whole. */
async function pairsOf(home: Home, id: string): Promise<string[]> {
  const { threads, close } = await openLedger(home.path);
  const turns = threads.turns(id);
  close();
  expect(turns.map(({ n }) => n)).toEqual(turns.map((_, at) => at + 1));
  const words = turns.map(({ content: [part] }) => (part?.type === 'text' ? part.text : ''));
  const questions = words.filter((_, at) => at % 2 === 0);
  expect(words.filter((_, at) => at % 2 === 1)).toEqual(questions.map((text) => text.replace('asks', 'is answered')));
  return questions;
}

describe('a conversation of 1,000 turns', () => {
  it('goes on, with as many turns as the config lets along and the rest in the file', async () => {
    await using home = await makeHome();
    await using vendor = await startOpenAI();
    vendor.always(answer({ text: ['Yes.'] }));
    await using desk = await openDesk(openAIVars(vendor), 'threads: { max_turns: 100 }', { home: home.path });
    const thread_id = threadOf(await desk.call('call_model', { model: MODEL, prompt: 'Question 1?', thread_id: 'new' }));
    for (let nth = 2; nth <= 500; nth += 1)
      await desk.call('call_model', { model: MODEL, prompt: `Question ${nth}?`, thread_id });
    const last = vendor.requests.at(-1) ?? expect.fail('nobody was asked');
    expect(turnsIn(last)).toHaveLength(101);
    expect(turnsIn(last).at(0)).toBe('user: Question 450?');
    const page = await desk.read(`switchboard://threads/${thread_id}`);
    expect(page).toContain('1,000 turns');
    expect(Array.from(page.matchAll(/^Question (\d+)\?$/gm), ([, n]) => Number(n))).toEqual(
      Array.from({ length: 500 }, (_, at) => at + 1),
    );
  });
});

const turnsOf = (question: string) =>
  [
    { role: 'user' as const, text: question },
    { role: 'assistant' as const, text: 'Yes.' },
  ].map(({ role, text }) => ({ role, content: [{ type: 'text' as const, text }] }));

describe('a conversation of more than 32 MiB', () => {
  it('says which turns are gone, in the call that lets go of them and in those after it', async () => {
    await using home = await makeHome();
    await using vendor = await startOpenAI();
    vendor.always(answer({ text: ['Yes.'] }));
    await using desk = await openDesk(openAIVars(vendor), 'threads: { max_turns: 2 }', { home: home.path });
    const thread_id = await begin(desk, { model: MODEL, prompt: 'Question 1?' });
    // As much as the pictures of a few turns are.
    const { threads, close } = await openLedger(home.path);
    const turns = [...turnsOf('x'.repeat(33_500_000)), ...turnsOf('And?')];
    threads.append({ id: thread_id }, '', turns, { keepMs: 86_400_000, maxBytes: Infinity, maxTotalBytes: 1e9 });
    close();
    const ask = async (prompt: string) => footOf(await desk.call('call_model', { model: MODEL, prompt, thread_id }));
    const long = `More: ${'y'.repeat(30_000)}`;
    const gone = 'the oldest 4 turns was left out: a conversation is kept up to 32 MiB, images included; they are gone for good';
    expect(await ask(long)).not.toContain('gone for good');
    expect(await ask(long)).toContain(gone);
    expect(await ask('And?')).toContain(gone);
  });
});

describe('one conversation and two processes', () => {
  it('loses nothing that either writes, and keeps each question with its answer', async () => {
    await using home = await makeHome();
    const { id } = (await openLedger(home.path)).threads.begin(undefined);
    await using anna = hire(home, id, 'Anna', 300);
    await using bert = hire(home, id, 'Bert', 300);
    const ended = await Promise.all([anna.ended, bert.ended]);
    expect(ended.map(({ code, stderr }) => ({ code, stderr }))).toEqual([
      { code: 0, stderr: '' },
      { code: 0, stderr: '' },
    ]);
    const questions = await pairsOf(home, id);
    for (const name of ['Anna', 'Bert'])
      expect(questions.filter((text) => text.startsWith(name))).toEqual(
        Array.from({ length: 300 }, (_, nth) => `${name} asks ${nth}`),
      );
    expect(questions).toHaveLength(600);
  });

  it('is whole after one of them was killed in the middle, ten times', async () => {
    await using home = await makeHome();
    const { threads, close } = await openLedger(home.path);
    const { id } = threads.begin(undefined);
    for (let round = 0; round < 10; round += 1) {
      await using writer = hire(home, id, `Writer ${round}`, ENDLESS);
      const before = threads.read(id, '')?.last ?? 0;
      await until(
        () => (threads.read(id, '')?.last ?? 0) > before + 20 + 7 * round,
        () => 'a few turns',
      );
      writer.kill('SIGKILL');
      await writer.ended;
      threads.append(
        { id },
        '',
        [
          { role: 'user', content: [{ type: 'text', text: `${round} asks on` }] },
          { role: 'assistant', content: [{ type: 'text', text: `${round} is answered on` }] },
        ],
        { keepMs: 86_400_000, maxBytes: 1e9, maxTotalBytes: 1e9 },
      );
    }
    close();
    expect((await pairsOf(home, id)).length).toBeGreaterThan(100);
  });
});
