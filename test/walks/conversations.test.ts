import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Home, makeHome } from '../support/home.ts';
import { MODEL, openAIVars, startOpenAI } from '../support/openai.ts';
import { type Ended, run } from '../support/process.ts';
import { answer } from '../support/reply.ts';
import type { Vendor } from '../support/vendor.ts';
import { turnsIn } from '../tools/conversing.ts';

let home: Home;
let vendor: Vendor;

beforeAll(async () => {
  [home, vendor] = await Promise.all([makeHome(), startOpenAI()]);
  vendor.always(answer({ text: ['It is Lima.'] }));
});
afterAll(async () => {
  await vendor.close();
  await home[Symbol.asyncDispose]();
});

const vars = () => ({ ...openAIVars(vendor), SWITCHBOARD_HOME: home.path });
const cli = (...args: string[]): Promise<Ended> => run({ home, vars: vars(), args });
const lastTurns = (): string[] => turnsIn(vendor.requests.at(-1) ?? expect.fail('nobody was asked'));

describe('switchboard call --thread', () => {
  it('begins and continues a conversation, with nothing but answers on stdout', async () => {
    const first = await cli('call', '-m', MODEL, '--thread', 'new', 'Capital of Peru?');
    expect(first).toMatchObject({ code: 0, stdout: 'It is Lima.\n' });
    const [id = ''] = /thr_[\w-]{22}/.exec(first.stderr) ?? [];
    const second = await cli('call', '-m', MODEL, '--thread', id, '--json', 'Sure?');
    expect(JSON.parse(second.stdout)).toMatchObject({ text: 'It is Lima.', 'switchboard/answer': { threadId: id } });
    expect(lastTurns()).toEqual(['user: Capital of Peru?', 'assistant: It is Lima.', 'user: Sure?']);
  });

  it('ends with 2 for one that is not there, and asks nobody', async () => {
    const before = vendor.requests.length;
    const ended = await cli('call', '-m', MODEL, '--thread', 'thr_no', 'Hi');
    expect(ended).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('There is no conversation "thr_no"') });
    expect(vendor.requests).toHaveLength(before);
  });
});

describe('switchboard threads', () => {
  let own: Home;
  const threads = (...args: string[]): Promise<Ended> =>
    run({ home: own, vars: { ...openAIVars(vendor), SWITCHBOARD_HOME: own.path }, args: ['threads', ...args] });
  const start = async (prompt: string, ...more: string[]): Promise<string> => {
    const args = ['call', '-m', MODEL, '--thread', 'new', ...more, prompt];
    const { stderr } = await run({ home: own, vars: { ...openAIVars(vendor), SWITCHBOARD_HOME: own.path }, args });
    return /thr_[\w-]{22}/.exec(stderr)?.[0] ?? expect.fail(stderr);
  };

  beforeAll(async () => void (own = await makeHome()));
  afterAll(() => own[Symbol.asyncDispose]());

  it('lists, shows, exports and deletes', async () => {
    expect(await threads()).toMatchObject({
      code: 0,
      stdout: 'No conversation is kept: switchboard call --thread new begins one.\n',
    });
    const [one, two] = [await start('What of one?', '--system', 'Be brief.'), await start('What of two?')];
    const listed = await threads('list');
    expect(listed.stdout.split('\n').map((line) => line.slice(0, 26))).toEqual([two, one, '']);
    expect(listed.stdout).toMatch(/2 turns, .+ ago: What of two\?\n.+ ago: What of one\?\n$/);
    expect(JSON.parse((await threads('--json')).stdout)).toMatchObject([
      { id: two, turns: 2 },
      { id: one, system: 'Be brief.' },
    ]);
    const shown = await threads('show', one);
    expect(shown).toMatchObject({
      code: 0,
      stderr: '',
      stdout: expect.stringMatching(/System prompt: Be brief\..+What of one\?.+It is Lima\./s),
    });
    const exported = await threads('export', one);
    expect(exported.stdout).toBe((await threads('show', '--json', one)).stdout);
    expect(JSON.parse(exported.stdout)).toMatchObject({
      id: one,
      turns: [
        { n: 1, role: 'user', content: [{ type: 'text', text: 'What of one?' }] },
        { n: 2, role: 'assistant', model: 'openai/sim-1-2026-11-01', content: [{ type: 'text', text: 'It is Lima.' }] },
      ],
    });
    expect(await threads('delete', one)).toMatchObject({ code: 0, stdout: '', stderr: '1 conversation deleted\n' });
    expect((await threads('list')).stdout).not.toContain(one);
    expect(await threads('delete', '--all')).toMatchObject({ code: 0, stderr: '1 conversation deleted\n' });
    expect((await threads('list')).stdout).toContain('No conversation is kept');
  });

  it('ends with 2 for what is not there, and says what is', async () => {
    const refused = [
      { args: ['shwo'], says: 'did you mean "show"?' },
      { args: ['show', 'thr_no'], says: 'there is no conversation "thr_no"' },
      { args: ['delete'], says: 'add --all' },
    ];
    for (const { args, says } of refused)
      expect(await threads(...args)).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(says) });
    const { code, stdout } = await threads('delete', 'thr_no', '--json');
    expect([code, JSON.parse(stdout)]).toMatchObject([
      2,
      { error: expect.stringContaining('there is no conversation "thr_no"') },
    ]);
  });

  it('says what is wrong with a ledger that cannot be read, and not that it is empty', async () => {
    await using broken = await makeHome();
    await broken.write('switchboard.db', 'This is no database at all. '.repeat(200));
    const launch = { home: broken, vars: { ...openAIVars(vendor), SWITCHBOARD_HOME: broken.path } };
    const listed = await run({ ...launch, args: ['threads'] });
    expect(listed).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('is damaged') });
    const called = await run({ ...launch, args: ['call', '-m', MODEL, '--thread', 'new', 'Hi'] });
    expect(called).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('No conversation can be kept') });
  });
});

describe('switchboard call with a long answer', () => {
  it('prints all of it', async () => {
    const long = 'A long answer. '.repeat(20_000).trim();
    vendor.next(answer({ text: [long] }));
    expect(await cli('call', '-m', MODEL, 'Go on.')).toMatchObject({ code: 0, stdout: `${long}\n` });
  });
});
