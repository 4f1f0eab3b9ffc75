import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { widthOf } from '../../src/core/text.ts';
import { anthropicVars, startAnthropic } from '../support/anthropic.ts';
import { type Desk, openDesk } from '../support/desk.ts';
import { type Home, makeHome } from '../support/home.ts';
import type { Told } from '../support/messages.ts';
import { MODEL, openAIVars, startOpenAI } from '../support/openai.ts';
import { answer, failure } from '../support/reply.ts';
import type { Vendor } from '../support/vendor.ts';

const CLAUDE = 'anthropic/claude-sonnet-5-5';
const HOSTS = 'hosts: { tiny-host: { result_chars: 2000 } }';

let home: Home;
let openai: Vendor;
let anthropic: Vendor;

const open = (name: string, owner?: string): Promise<Desk> =>
  openDesk({ ...openAIVars(openai), ...anthropicVars(anthropic) }, HOSTS, {
    home: home.path,
    name,
    ...(owner === undefined ? {} : { owner }),
  });

const lines = (count: number): string =>
  Array.from({ length: count }, (_, at) => `Line ${at + 1} of a long answer that goes on and on.`).join('\n');

async function asked(desk: Desk, text: string): Promise<Told> {
  openai.next(answer({ text: [text] }));
  return desk.call('call_model', { model: MODEL, prompt: 'Go on.' });
}

const jobOf = ({ meta }: Told): string => Object(meta['switchboard/result']).jobId ?? expect.fail('no job_id');

/** Page after page to the end: what they are together, and each of them. */
async function pagesOf(desk: Desk, job_id: string, offset = 0): Promise<{ whole: string; pages: string[] }> {
  const pages: string[] = [];
  for (let at: number | undefined = offset; at !== undefined;) {
    const { text, failed } = await desk.call('get_result', { job_id, offset: at });
    expect(failed).toBe(false);
    const [, page = '', foot = ''] = /^(.*)\n\n(\[characters [^\]]+\])$/s.exec(text) ?? [];
    pages.push(page);
    const next = /offset (\d+) goes on/.exec(foot)?.[1];
    if (next === undefined) expect(foot).toContain('this is the end');
    at = next === undefined ? undefined : Number(next);
  }
  return { whole: pages.join(''), pages };
}

beforeAll(async () => {
  [home, openai, anthropic] = await Promise.all([makeHome(), startOpenAI(), startAnthropic()]);
});
afterAll(async () => {
  await Promise.all([openai.close(), anthropic.close()]);
  await home[Symbol.asyncDispose]();
});

describe('a result that is longer than its host takes', () => {
  it.each([
    ['claude-code', 48_000],
    ['codex-mcp-client', 36_000],
    ['nobody-knows-me', 19_000],
    ['tiny-host', 2000],
  ])('of %s is shown by its beginning and end within %i characters, with the way to the rest', async (name, most) => {
    await using desk = await open(name);
    const whole = lines(Math.ceil((most * 1.4) / 45));
    const told = await asked(desk, whole);
    expect(told.text.length).toBeLessThanOrEqual(most);
    expect(told.text.length).toBeGreaterThan(most * 0.6);
    const [opening, first = ''] = told.text.split('\n');
    expect(opening).toBe('Answer from openai/sim-1: Line 1 of a long answer that goes on and on.');
    expect(told.text.trimEnd()).toMatch(/on and on\.\n\n\[openai\/sim-1.+\]\n\n\[The whole result is kept .+\]$/s);
    const id = jobOf(told);
    expect(id).toMatch(/^job_[\w-]{22}$/);
    for (const line of [first, told.text.trimEnd().split('\n').at(-1)]) expect(line).toContain(`job_id ${id}`);
    const [, said, offset = ''] = /get_result with job_id (\S+) and offset (\d+) goes on/.exec(told.text) ?? [];
    expect(said).toBe(id);
    expect(told.link).toMatchObject({ uri: `switchboard://results/${id}`, type: 'resource_link' });
    const all = await pagesOf(desk, id);
    expect(all.whole).toContain(whole);
    expect(all.pages.length).toBeGreaterThan(1);
    expect(await desk.read(`switchboard://results/${id}`)).toBe(all.whole);
    const rest = await pagesOf(desk, id, Number(offset));
    expect(all.whole.slice(0, Number(offset)) + rest.whole).toBe(all.whole);
    const shown = `${opening}\n${told.text.split('\n\n').slice(1).join('\n\n')}`;
    expect(shown.startsWith(all.whole.slice(0, Number(offset)))).toBe(true);
  });

  it('is shown whole, without a link, where it fits', async () => {
    await using desk = await open('tiny-host');
    const told = await asked(desk, lines(30));
    expect(told).not.toHaveProperty('link');
    expect(told.text).toContain(lines(30));
  });

  it.each([
    ['Chinese', '这是一个很长的回答。'],
    ['emoji that are joined', '👩‍👩‍👧‍👦😀🎉'],
    ['emoji between letters', 'a😀'],
  ])('counts %s by what it weighs, and never cuts a character', async (_, piece) => {
    await using desk = await open('codex-mcp-client');
    const told = await asked(desk, piece.repeat(20_000));
    expect(widthOf(told.text)).toBeLessThanOrEqual(36_000);
    expect(told.text.replaceAll(/[\uD800-\uDBFF][\uDC00-\uDFFF]/g, '')).not.toMatch(/[\uD800-\uDFFF]/);
    const { whole, pages } = await pagesOf(desk, jobOf(told));
    expect(whole).toContain(piece.repeat(20_000));
    for (const page of pages) expect(widthOf(page)).toBeLessThanOrEqual(36_000);
  });

  it('is paged from any place on, and told where it ends', async () => {
    await using desk = await open('tiny-host');
    const job_id = jobOf(await asked(desk, `${'x'.repeat(3000)}😀${'y'.repeat(3000)}`));
    const { whole } = await pagesOf(desk, job_id);
    for (const offset of [1, 777, whole.indexOf('😀'), whole.length - 1])
      expect((await pagesOf(desk, job_id, offset)).whole).toBe(whole.slice(offset));
    const smile = whole.indexOf('😀');
    expect((await pagesOf(desk, job_id, smile + 1)).whole).toBe(whole.slice(smile));
    const beyond = await desk.call('get_result', { job_id, offset: whole.length });
    expect(beyond).toMatchObject({
      failed: true,
      text: expect.stringMatching(/The result has 6,\d+ characters: offset has to be below that/),
    });
  });

  it('belongs to who asked for it', async () => {
    await using desk = await open('tiny-host');
    await using other = await open('tiny-host', 'another');
    const job_id = jobOf(await asked(desk, lines(100)));
    for (const [who, id] of [
      [other, job_id],
      [desk, `job_${'A'.repeat(22)}`],
      [desk, 'job_1'],
      [desk, '../x'],
    ] as const) {
      const told = await who.call('get_result', { job_id: id });
      expect(told).toMatchObject({ failed: true, text: expect.stringMatching(/^There is no result .+ kept for a week/) });
      await expect(who.read(`switchboard://results/${id}`)).rejects.toThrow(/There is no result|not found/i);
    }
    expect((await desk.call('get_result', { job_id: `switchboard://results/${job_id}` })).failed).toBe(false);
  });
});

describe('a comparison that is longer than its host takes', () => {
  it('shows the beginning and end of each answer, and keeps the whole', async () => {
    await using desk = await open('codex-mcp-client');
    openai.next(answer({ text: [`OPENAI BEGINS ${lines(900)} OPENAI ENDS`] }));
    anthropic.next(answer({ text: [`CLAUDE BEGINS ${lines(900)} CLAUDE ENDS`], model: 'claude-sonnet-5-5' }));
    const told = await desk.call('compare_models', { models: [MODEL, CLAUDE], prompt: 'Go on.' });
    expect(told.text.length).toBeLessThanOrEqual(36_000);
    for (const mark of ['OPENAI BEGINS', 'OPENAI ENDS', 'CLAUDE BEGINS', 'CLAUDE ENDS']) expect(told.text).toContain(mark);
    expect(told.text).toMatch(/characters are left out here/);
    const { whole } = await pagesOf(desk, jobOf(told));
    expect(whole).toContain(`OPENAI BEGINS ${lines(900)} OPENAI ENDS`);
    expect(whole).toContain(`CLAUDE BEGINS ${lines(900)} CLAUDE ENDS`);
  });

  it('is bounded too when there are eight for a very small host', async () => {
    await using desk = await open('tiny-host');
    openai.always(answer({ text: [lines(100)] }));
    const models = Array.from({ length: 8 }, (_, nth) => `openai/sim-${nth}`);
    const told = await desk.call('compare_models', { models, prompt: 'Go on.' });
    expect(told.text.length).toBeLessThanOrEqual(2000);
    expect((await pagesOf(desk, jobOf(told))).whole.split(lines(100))).toHaveLength(9);
  });
});

describe('an error', () => {
  it('is told whole, however much its vendor says', async () => {
    await using desk = await open('tiny-host');
    openai.next(failure({ status: 400, message: 'No. '.repeat(5000) }));
    const told = await desk.call('call_model', { model: MODEL, prompt: 'Hi' });
    expect(told.failed).toBe(true);
    expect(told).not.toHaveProperty('link');
    expect(told.text).toMatch(/^openai\/sim-1 gave no answer: .+\.$/s);
    expect(told.text.length).toBeLessThan(2000);
  });
});
