import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { anthropicVars, startAnthropic } from '../support/anthropic.ts';
import { type Desk, openDesk } from '../support/desk.ts';
import { type Home, makeHome } from '../support/home.ts';
import { MODEL, openAIVars, startOpenAI } from '../support/openai.ts';
import { answer, failure } from '../support/reply.ts';
import type { Vendor } from '../support/vendor.ts';
import { begin, threadOf, turnsIn } from './conversing.ts';

const CLAUDE = 'anthropic/claude-sonnet-5-5';

let home: Home;
let openai: Vendor;
let anthropic: Vendor;
let desk: Desk;

const vars = () => ({ ...openAIVars(openai), ...anthropicVars(anthropic) });
const lastOf = ({ requests }: Vendor) => requests.at(-1) ?? expect.fail('nobody was asked');
const countAll = () => openai.requests.length + anthropic.requests.length;

beforeAll(async () => {
  [home, openai, anthropic] = await Promise.all([makeHome(), startOpenAI(), startAnthropic()]);
  desk = await openDesk(vars(), 'tasks: { trivial: { models: [openai/sim-1] } }', { home: home.path });
});
beforeEach(() => {
  openai.always(answer({ text: ['It is Lima.'] }));
  anthropic.always(answer({ text: ['It is Quito.'], thinking: ['SECRET-THOUGHT'], model: 'claude-sonnet-5-5' }));
});
afterAll(async () => {
  await desk[Symbol.asyncDispose]();
  await Promise.all([openai.close(), anthropic.close()]);
  await home[Symbol.asyncDispose]();
});

describe('thread_id', () => {
  it('"new" begins a conversation whose id stands in the text and in _meta', async () => {
    const told = await desk.call('call_model', { model: MODEL, prompt: 'Capital of Peru?', thread_id: 'new' });
    const id = threadOf(told);
    expect(id).toMatch(/^thr_[\w-]{22}$/);
    expect(told.text).toContain(`[thread_id ${id}: pass it to go on with this conversation]`);
  });

  it('goes on with other tools, and with models of other vendors, who get the words and nobody’s thinking', async () => {
    const thread_id = await begin(desk, { model: CLAUDE, prompt: 'Capital of Ecuador?' });
    const second = await desk.call('call_model', { model: MODEL, prompt: 'And of Peru?', thread_id });
    expect(threadOf(second)).toBe(thread_id);
    const before = ['user: Capital of Ecuador?', 'assistant: It is Quito.', 'user: And of Peru?'];
    expect(turnsIn(lastOf(openai))).toEqual(before);
    expect(lastOf(openai).text).not.toMatch(/SECRET-THOUGHT|EqQBCgIYAhIM|signature/);
    await desk.call('route_by_task', { task: 'trivial', prompt: 'Which is higher?', thread_id });
    expect(turnsIn(lastOf(openai))).toEqual([...before, 'assistant: It is Lima.', 'user: Which is higher?']);
    await desk.call('call_model', { model: CLAUDE, prompt: 'Sure?', thread_id });
    expect(turnsIn(lastOf(anthropic))).toHaveLength(7);
    expect(lastOf(anthropic).text).not.toMatch(/SECRET-THOUGHT|signature/);
  });

  it('keeps the system prompt that it was begun with, until a call brings another', async () => {
    const thread_id = await begin(desk, { model: MODEL, prompt: 'Hi', system: 'Answer in verse.' });
    await desk.call('call_model', { model: MODEL, prompt: 'Go on.', thread_id });
    expect(lastOf(openai).body).toMatchObject({ instructions: 'Answer in verse.' });
    await desk.call('call_model', { model: MODEL, prompt: 'Go on.', thread_id, system: 'In prose.' });
    expect(lastOf(openai).body).toMatchObject({ instructions: 'In prose.' });
    await desk.call('call_model', { model: MODEL, prompt: 'Go on.', thread_id });
    expect(lastOf(openai).body).toMatchObject({ instructions: 'Answer in verse.' });
  });

  it('goes on with the model that answered last, by the name that it was asked by, whatever the default is', async () => {
    const config = `default_model: ${CLAUDE}\nthinking_model: ${CLAUDE}`;
    await using other = await openDesk(vars(), config, { home: home.path });
    const thread_id = await begin(other, { model: MODEL, prompt: 'Hi' });
    const asked = anthropic.requests.length;
    const { text } = await other.call('call_model', { prompt: 'And?', thread_id, reasoning_effort: 'high' });
    expect(text).toMatch(/^Answer from openai\/sim-1:.+ · the conversation’s last model/s);
    expect(lastOf(openai).body).toMatchObject({ model: 'sim-1' });
    const { text: dry } = await other.call('call_model', { prompt: 'And?', thread_id, dry_run: true });
    expect(dry).toMatch(/openai\/sim-1.+the conversation’s last model/s);
    expect(anthropic.requests).toHaveLength(asked);
    const fresh = await other.call('call_model', { prompt: 'Hi', thread_id: 'new', reasoning_effort: 'high' });
    expect(fresh.text).toMatch(/^Answer from anthropic\/.+your thinking_model/s);
  });

  it('goes on with the default where the last model means nothing any more', async () => {
    const box = `providers: { custom-box: { base_url: "${openai.url}/v1", wire: openai-responses } }`;
    let thread_id = '';
    {
      await using withBox = await openDesk(vars(), box, { home: home.path });
      thread_id = await begin(withBox, { model: 'custom-box/sim-1', prompt: 'Hi' });
    }
    await using without = await openDesk(vars(), `default_model: ${CLAUDE}`, { home: home.path });
    const { text } = await without.call('call_model', { prompt: 'And?', thread_id });
    expect(text).toMatch(/^Answer from anthropic\//);
    expect(text).not.toContain('last model');
  });

  it('shows hosts what each conversation begins with, on one line', async () => {
    const prompt = 'What\u001b[31m of\nthe capital of Peru, and of its neighbours, one by one?';
    const thread_id = await begin(desk, { model: MODEL, prompt });
    expect(await desk.about(`switchboard://threads/${thread_id}`)).toMatch(
      /^2 turns, last used .+Z: What \[31m of the capital of Peru, .{1,30}…$/,
    );
  });

  it.each([
    ['that nobody has', `thr_${'A'.repeat(22)}`],
    ['of a result', `job_${'A'.repeat(22)}`],
    ['that is malformed', "thr_' OR 1=1 --"],
    ['in capitals', 'NEW'],
  ])('%s is an error that says how to begin one, and asks nobody', async (_, thread_id) => {
    const before = countAll();
    const told = await desk.call('call_model', { model: MODEL, prompt: 'Hi', thread_id });
    expect(told).toMatchObject({ failed: true, text: expect.stringMatching(/There is no conversation .+ thread_id "new"/) });
    expect(countAll()).toBe(before);
  });

  it('of somebody else is like one that is not there', async () => {
    await using other = await openDesk(vars(), '', { home: home.path, owner: 'another' });
    const mine = await begin(desk, { model: MODEL, prompt: 'Hi' });
    const theirs = await begin(other, { model: MODEL, prompt: 'Hi' });
    const before = countAll();
    for (const [who, thread_id] of [
      [other, mine],
      [desk, theirs],
    ] as const) {
      const told = await who.call('call_model', { model: MODEL, prompt: 'And?', thread_id });
      expect(told).toMatchObject({ failed: true, text: expect.stringContaining('There is no conversation') });
      await expect(who.read(`switchboard://threads/${thread_id}`)).rejects.toThrow(/There is no conversation/);
    }
    expect(countAll()).toBe(before);
    expect(await other.resources()).not.toContain(`switchboard://threads/${mine}`);
    expect(await other.resources()).toContain(`switchboard://threads/${theirs}`);
  });

  it('of a conversation whose call fails is as it was before', async () => {
    const thread_id = await begin(desk, { model: MODEL, prompt: 'Hi' });
    const page = await desk.read(`switchboard://threads/${thread_id}`);
    openai.next(failure({ status: 500 }));
    expect(await desk.call('call_model', { model: MODEL, prompt: 'And?', thread_id })).toMatchObject({ failed: true });
    expect((await desk.read(`switchboard://threads/${thread_id}`)).replace(/last used .+,/, '')).toBe(
      page.replace(/last used .+,/, ''),
    );
  });

  it('"new" leaves nothing behind when its first call fails', async () => {
    const before = await desk.resources();
    openai.next(failure({ status: 500 }));
    const told = await desk.call('call_model', { model: MODEL, prompt: 'Hi', thread_id: 'new' });
    expect(told.failed).toBe(true);
    expect(await desk.resources()).toEqual(before);
  });

  it('goes along with a dry run, which neither asks nor keeps anything', async () => {
    const thread_id = await begin(desk, { model: MODEL, prompt: 'Hi', system: 'word '.repeat(9000) });
    const [asked, page] = [countAll(), await desk.read(`switchboard://threads/${thread_id}`)];
    const { text } = await desk.call('call_model', { model: MODEL, prompt: 'And?', thread_id, dry_run: true });
    const [, tokens = '0'] = /input about ([\d,]+) tokens/.exec(text) ?? [];
    expect(Number(tokens.replaceAll(',', ''))).toBeGreaterThan(8000);
    const resources = await desk.resources();
    await desk.call('call_model', { model: MODEL, prompt: 'Hi', thread_id: 'new', dry_run: true });
    expect([countAll(), await desk.read(`switchboard://threads/${thread_id}`)]).toEqual([asked, page]);
    expect(await desk.resources()).toEqual(resources);
    const strange = await desk.call('call_model', { model: MODEL, prompt: 'Hi', thread_id: 'thr_x', dry_run: true });
    expect(strange).toMatchObject({ failed: true, text: expect.stringContaining('There is no conversation') });
  });

  it('is nothing for compare_models, which says what it takes', async () => {
    const told = await desk.call('compare_models', { models: [MODEL], prompt: 'Hi', thread_id: 'new' });
    expect(told).toMatchObject({ failed: true, text: expect.stringContaining('there is no argument "thread_id"') });
  });

  it('tells of a call that wrote in between: both are kept, in pairs', async () => {
    const thread_id = await begin(desk, { model: MODEL, prompt: 'One' });
    const calls = ['Two', 'Three'].map((prompt) => desk.call('call_model', { model: MODEL, prompt, thread_id }));
    const texts = (await Promise.all(calls)).map(({ text }) => text);
    expect(texts.filter((text) => text.includes('another call wrote to this conversation'))).toHaveLength(1);
    const page = await desk.read(`switchboard://threads/${thread_id}`);
    expect(Array.from(page.matchAll(/^## (\d)\. (\S+)$/gm), ([, n, who]) => `${n} ${who}`)).toEqual([
      '1 User',
      '2 openai/sim-1-2026-11-01',
      '3 User',
      '4 openai/sim-1-2026-11-01',
      '5 User',
      '6 openai/sim-1-2026-11-01',
    ]);
  });
});
