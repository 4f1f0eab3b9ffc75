import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { anthropicVars, startAnthropic } from '../support/anthropic.ts';
import { type Desk, openDesk } from '../support/desk.ts';
import { type Home, makeHome } from '../support/home.ts';
import { MODEL, openAIVars, startOpenAI } from '../support/openai.ts';
import { answer, failure } from '../support/reply.ts';
import type { Vendor } from '../support/vendor.ts';
import { begin, turnsIn } from './conversing.ts';

const CLAUDE = 'anthropic/claude-sonnet-5-5';
/** Invented, and of the shape of a real one. */
const SECRET = ['ghp_aB3dE6gH9jK2mN5pQ8', 'sT1vW4yZ7cF0hL3xR6'].join('');
const BOTH = ['a.ts', 'b.ts'];

let home: Home;
let openai: Vendor;
let anthropic: Vendor;

const open = (config = '', env: Record<string, string> = {}): Promise<Desk> =>
  openDesk({ ...openAIVars(openai), ...anthropicVars(anthropic), ...env }, config, { home: home.path, cwd: home.project });
const lastOf = ({ requests }: Vendor) => requests.at(-1) ?? expect.fail('nobody was asked');

beforeAll(async () => {
  [home, openai, anthropic] = await Promise.all([makeHome(), startOpenAI(), startAnthropic()]);
  await mkdir(join(home.project, '.git'));
  await writeFile(join(home.project, 'a.ts'), 'export const a = 1;\n');
  await writeFile(join(home.project, 'b.ts'), 'export const b = 2;\nexport const c = 3;\n');
  await writeFile(join(home.project, 'deploy.ts'), `export const token = '${SECRET}';\n`);
  await writeFile(join(home.project, '.env'), 'KEY=1\n');
});
beforeEach(() => {
  openai.always(answer());
  anthropic.always(answer({ model: 'claude-sonnet-5-5' }));
});
afterAll(async () => {
  await Promise.all([openai.close(), anthropic.close()]);
  await home[Symbol.asyncDispose]();
});

describe('what was sent, to whom and how large', () => {
  it('stands under an answer, and in the facts for programs', async () => {
    await using desk = await open();
    const args = { model: MODEL, prompt: 'Look.', files: ['a.ts', 'b.ts:2-2'] };
    const { text } = await desk.call('call_model', args);
    expect(text).toMatch(/\n\[sent to openai\/sim-1: a\.ts \(\d+ B\) and b\.ts:2-2 \(\d+ B\), \d+ B in all\]\n/);
    expect(await desk.data('call_model', args)).toMatchObject({
      'switchboard/answer': { sent: [{ path: 'a.ts', bytes: expect.any(Number) }, { path: 'b.ts' }], sentTo: [MODEL] },
    });
    const plain = await desk.call('call_model', { model: MODEL, prompt: 'Look.' });
    expect(plain.text).not.toContain('sent to');
  });

  it('stands under an answer of route_by_task, and once over a comparison', async () => {
    await using desk = await open(`tasks: { trivial: { models: [${MODEL}] } }`);
    const routed = await desk.call('route_by_task', { task: 'trivial', prompt: 'Look.', files: ['a.ts'] });
    expect(routed.text).toContain('[sent to openai/sim-1: a.ts (');
    const args = { models: [MODEL, CLAUDE], prompt: 'Look.', files: BOTH };
    const compared = await desk.call('compare_models', args);
    expect(compared.text.match(/\[sent to [^:]+:/g)).toEqual([`[sent to openai/sim-1 and ${CLAUDE}:`]);
    expect(await desk.data('compare_models', args)).toMatchObject({
      'switchboard/answer': [{ sentTo: [MODEL] }, { sentTo: [CLAUDE] }],
    });
  });

  it('names everybody who was asked, and nobody who was not', async () => {
    await using desk = await open(`fallbacks: { by_model: { ${MODEL}: [${CLAUDE}] } }`);
    openai.next(failure({ status: 500 }));
    const fallen = await desk.call('call_model', { model: MODEL, prompt: 'Look.', files: ['a.ts'] });
    expect(fallen.text).toContain(`[sent to openai/sim-1 and ${CLAUDE}: a.ts (`);
    const compared = await desk.call('compare_models', { models: [CLAUDE, 'groq/sim-1'], prompt: 'Look.', files: ['a.ts'] });
    expect(compared.text).toContain(`[sent to ${CLAUDE}: a.ts (`);
  });

  it('is told with a failure too, when it had been sent', async () => {
    await using desk = await open();
    openai.next(failure({ status: 400, message: 'No.' }));
    const told = await desk.call('call_model', { model: MODEL, prompt: 'Look.', files: ['a.ts'] });
    expect(told).toMatchObject({
      failed: true,
      text: expect.stringMatching(/gave no answer.+\n\[sent to openai\/sim-1: a\.ts \(\d+ B\)\]$/s),
    });
    const unasked = await desk.call('call_model', { model: 'groq/sim-1', prompt: 'Look.', files: ['a.ts'] });
    expect(unasked).toMatchObject({ failed: true, text: expect.not.stringContaining('sent to') });
  });

  it('is what would be sent in a dry run, which sends nothing', async () => {
    await using desk = await open();
    const before = openai.requests.length;
    const { text } = await desk.call('call_model', { model: MODEL, prompt: 'Look.', files: BOTH, dry_run: true });
    expect(text).toContain('[would be sent to openai/sim-1: a.ts (');
    expect(openai.requests).toHaveLength(before);
  });

  it('says what was left out, and what of the named is never sent', async () => {
    await using desk = await open('files: { max_mb: 0.001 }');
    await writeFile(join(home.project, 'big.ts'), 'const x = 1;\n'.repeat(200));
    const { text } = await desk.call('call_model', { model: MODEL, prompt: 'Look.', files: ['*.ts'] });
    expect(text).toMatch(/left out: .*big\.ts \(/);
    const before = openai.requests.length;
    const denied = await desk.call('call_model', { model: MODEL, prompt: 'Look.', files: ['a.ts', '.env'] });
    expect(denied).toMatchObject({ failed: true, text: expect.stringContaining('is never sent') });
    expect(openai.requests).toHaveLength(before);
  });
});

describe('what was named and came to nothing', () => {
  const git = (...args: string[]) =>
    promisify(execFile)('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.c', ...args], { cwd: repository, env: home.env() });
  let repository: string;

  beforeAll(async () => {
    repository = join(home.path, 'repository');
    await mkdir(repository);
    await writeFile(join(repository, 'a.ts'), 'export const a = 1;\n');
    await git('init', '-q');
    await git('add', '-A');
    await git('commit', '-q', '-m', 'one');
  });
  const openThere = () =>
    openDesk({ ...openAIVars(openai), PATH: process.env['PATH'] ?? '' }, '', { home: home.path, cwd: repository });

  it.each([
    [{ git_diff: 'staged' }, /Looked at: git_diff staged\. Left out: git_diff \(there are no staged changes\)\. .+git add/],
    [{ files: ['a.ts', '!*.ts'] }, /Looked at: files a\.ts, files !\*\.ts\. Left out: a\.ts \(an exclusion/],
    [{ git_diff: 'working', files: ['a.ts', '!a.ts'] }, /an exclusion.+no changes since the last commit.+git add.+name files/],
  ])('is refused before anybody is asked: %j', async (args, says) => {
    await using desk = await openThere();
    const before = openai.requests.length;
    for (const dry_run of [false, true]) {
      const told = await desk.call('call_model', { model: MODEL, prompt: 'Review.', ...args, dry_run });
      expect(told).toMatchObject({ failed: true, text: expect.stringMatching(says) });
    }
    expect(openai.requests).toHaveLength(before);
  });

  it('is said, and no more, where something else is left', async () => {
    await using desk = await openThere();
    const { failed, text } = await desk.call('call_model', {
      model: MODEL,
      prompt: 'Look.',
      git_diff: 'staged',
      files: ['a.ts'],
    });
    expect(failed).toBe(false);
    expect(text).toContain('left out: git_diff (there are no staged changes)');
  });
});

describe('a secret', () => {
  it.each([
    ['a prompt', { prompt: `Use ${SECRET} here.` }, /1 secret replaced before sending: prompt:1 \(/],
    ['a system prompt', { prompt: 'Hi', system: `Token\n${SECRET}` }, /1 secret replaced before sending: system:2 \(/],
    ['a file', { prompt: 'Hi', files: ['deploy.ts'] }, /1 secret replaced before sending: deploy\.ts:1 \(/],
    [
      'a schema',
      { prompt: 'Hi', json_schema: { type: 'object', description: SECRET } },
      /1 secret replaced before sending: json_schema\/description:1 \(/,
    ],
    [
      'a line of a schema',
      { prompt: 'Hi', json_schema: JSON.stringify({ type: 'object', properties: { a: { description: `Use:\n${SECRET}` } } }) },
      /1 secret replaced before sending: json_schema\/properties\/a\/description:2 \(/,
    ],
  ])('in %s is replaced before it is sent, and said', async (_, args, said) => {
    openai.next(answer({ text: ['{}'] }));
    await using desk = await open();
    const { text } = await desk.call('call_model', { model: MODEL, ...args });
    expect(text).toMatch(said);
    expect(lastOf(openai).text).toContain('[redacted: ');
    expect(lastOf(openai).text + text).not.toContain(SECRET);
  });

  it.each([
    ['a prompt', { prompt: `Use ${SECRET} here.` }],
    ['a system prompt', { prompt: 'Hi', system: SECRET }],
    ['a file', { prompt: 'Hi', files: ['deploy.ts'] }],
    ['a schema', { prompt: 'Hi', json_schema: { type: 'object', description: SECRET } }],
  ])('in %s stops the call where the config says refuse', async (_, args) => {
    await using desk = await open('files: { on_secret: refuse }');
    const before = openai.requests.length;
    const told = await desk.call('call_model', { model: MODEL, ...args });
    expect(told).toMatchObject({ failed: true, text: expect.stringContaining('What would be sent holds secrets, at') });
    expect(told.text).not.toContain(SECRET);
    expect(openai.requests).toHaveLength(before);
  });

  it('is not in a conversation that is kept either', async () => {
    await using desk = await open();
    const { meta } = await desk.call('call_model', { model: MODEL, prompt: `Use ${SECRET}.`, system: SECRET, thread_id: 'new' });
    const page = await desk.read(`switchboard://threads/${Object(meta['switchboard/answer']).threadId}`);
    expect(page).toContain('[redacted: ');
    expect(page).not.toContain(SECRET);
  });
});

describe('the turns of a conversation', () => {
  it('are in the account of who was sent what, with the files in them', async () => {
    await using desk = await open();
    const thread_id = await begin(desk, { model: MODEL, prompt: 'Look.', files: ['a.ts'] });
    const told = await desk.data('call_model', { model: CLAUDE, prompt: 'And?', thread_id });
    expect(told).toMatchObject({
      'switchboard/answer': { sentTo: [CLAUDE], earlier: { turns: 2, tokens: expect.any(Number), files: ['a.ts'] } },
    });
    const alone = await desk.call('call_model', { model: CLAUDE, prompt: 'And?', thread_id });
    expect(alone.text).toMatch(/\n\[sent to anthropic\/\S+: 4 earlier turns, about \d+ tokens, with a\.ts\]\n/);
    const more = { model: CLAUDE, prompt: 'And this?', thread_id, files: ['b.ts'] };
    const dry = await desk.call('call_model', { ...more, dry_run: true });
    expect(dry.text).toMatch(/\[would be sent to \S+: b\.ts \(\d+ B\); 6 earlier turns, about \d+ tokens, with a\.ts\]/);
    expect((await desk.call('call_model', more)).text).toMatch(/\[sent to \S+: b\.ts \(\d+ B\); 6 earlier turns/);
  });

  it('are told of with every picture and PDF in them, and how large they are', async () => {
    await using desk = await open();
    const picture = (n: number): Buffer => Buffer.concat([Buffer.from('GIF89a\u0001\0', 'latin1'), Buffer.alloc(2000, n)]);
    await writeFile(join(home.project, 'a.gif'), picture(1));
    await writeFile(join(home.project, 'b.gif'), picture(2));
    await writeFile(join(home.project, 'spec.pdf'), Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(991)]));
    const thread_id = await begin(desk, { model: CLAUDE, prompt: 'Look.', files: ['a.ts'], images: ['a.gif', 'spec.pdf'] });
    await desk.call('call_model', { model: CLAUDE, prompt: 'And these?', thread_id, images: ['b.gif', 'a.gif'] });
    const asked = { model: CLAUDE, prompt: 'So?', thread_id };
    const { text } = await desk.call('call_model', { ...asked, dry_run: true });
    expect(text).toMatch(
      /\[would be sent to \S+: 4 earlier turns, about [\d,]+ tokens, with 3 images \(6\.0 kB\), pdf spec\.pdf \(1\.0 kB\) and a\.ts · images and PDFs are not searched for secrets\]/,
    );
    const image = { what: 'image', bytes: 2008 };
    expect(await desk.data('call_model', asked)).toMatchObject({
      'switchboard/answer': {
        earlier: { files: ['a.ts'], media: [image, { what: 'pdf', path: 'spec.pdf', bytes: 1000 }, image, image] },
      },
    });
  });

  it('are searched for secrets, which a model may have written there', async () => {
    await using desk = await open();
    openai.next(answer({ text: [`Take\n${SECRET}`] }));
    const thread_id = await begin(desk, { model: MODEL, prompt: 'Which token?' });
    const { text } = await desk.call('call_model', { model: CLAUDE, prompt: 'And?', thread_id });
    expect(text).toMatch(/1 secret replaced before sending: turn 2:2 \(/);
    expect(turnsIn(lastOf(anthropic))[1]).toContain('assistant: Take\n[redacted: ');
    expect(lastOf(anthropic).text).not.toContain(SECRET);
  });

  it('are searched before they are summed up', async () => {
    await using desk = await open(`threads: { max_turns: 4, compact_with: ${CLAUDE} }`);
    openai.next(answer({ text: [SECRET] }));
    const thread_id = await begin(desk, { model: MODEL, prompt: 'Which token?' });
    for (const prompt of ['2', '3', '4', '5']) await desk.call('call_model', { model: MODEL, prompt, thread_id });
    expect(lastOf(anthropic).text).toContain('Which token?');
    expect(lastOf(anthropic).text).toContain('[redacted: ');
    expect(lastOf(anthropic).text).not.toContain(SECRET);
  });

  it('stop the call where the config says refuse, which names the turn', async () => {
    await using desk = await open('files: { on_secret: refuse }');
    openai.next(answer({ text: [SECRET] }));
    const thread_id = await begin(desk, { model: MODEL, prompt: 'Which token?' });
    const before = anthropic.requests.length;
    const told = await desk.call('call_model', { model: CLAUDE, prompt: 'And?', thread_id });
    expect(told).toMatchObject({
      failed: true,
      text: expect.stringMatching(/secrets, at turn 2:1 \(.+begin a new conversation/),
    });
    expect(anthropic.requests).toHaveLength(before);
  });
});
