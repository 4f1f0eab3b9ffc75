import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openDb } from '../../src/ledger/db.ts';
import { ledgerPath } from '../../src/ledger/ledger.ts';
import { MIGRATIONS } from '../../src/ledger/migrations.ts';
import { anthropicVars, startAnthropic } from '../support/anthropic.ts';
import { silence } from '../support/delivery.ts';
import { type Desk, openDesk } from '../support/desk.ts';
import { type Home, makeHome } from '../support/home.ts';
import { MODEL, openAIVars, startOpenAI } from '../support/openai.ts';
import { answer, failure } from '../support/reply.ts';
import type { Vendor } from '../support/vendor.ts';
import { begin, footOf, turnsIn } from '../tools/conversing.ts';

const CLAUDE = 'anthropic/claude-sonnet-5-5';
/** Reads no images, and holds 200,000 tokens. */
const BLIND = 'openai/o3-mini';
const PICTURE =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

let home: Home;
let openai: Vendor;
let anthropic: Vendor;

const lastOf = ({ requests }: Vendor) => requests.at(-1) ?? expect.fail('nobody was asked');
const open = (config = ''): Promise<Desk> =>
  openDesk({ ...openAIVars(openai), ...anthropicVars(anthropic) }, config, { home: home.path });

/** Asks so many more questions of a conversation, and returns what came of the last. */
async function goOn(desk: Desk, thread_id: string, from: number, to: number) {
  for (let nth = from; nth < to; nth += 1) await desk.call('call_model', { model: MODEL, prompt: `Question ${nth}?`, thread_id });
  return desk.call('call_model', { model: MODEL, prompt: `Question ${to}?`, thread_id });
}

beforeAll(async () => {
  [home, openai, anthropic] = await Promise.all([makeHome(), startOpenAI(), startAnthropic()]);
  await writeFile(join(home.project, 'plan.md'), 'We build a boat.\n');
});
beforeEach(() => {
  openai.always(answer({ text: ['Yes.'] }));
  anthropic.always(answer({ text: ['They built a boat.'], model: 'claude-sonnet-5-5' }));
});
afterAll(async () => {
  await Promise.all([openai.close(), anthropic.close()]);
  await home[Symbol.asyncDispose]();
});

describe('what was sent in earlier turns', () => {
  it('goes along with later ones: files, and pictures for whoever reads them', async () => {
    await using desk = await open(`files: { allow_dirs: ["${home.project}"] }`);
    const thread_id = await begin(desk, { model: CLAUDE, prompt: 'Look.', files: ['plan.md'], images: [PICTURE] });
    const { text } = await desk.call('call_model', { model: CLAUDE, prompt: 'And?', thread_id });
    expect(turnsIn(lastOf(anthropic))[0]).toMatch(/We build a boat\. \| <image> \| Look\./);
    expect(text).not.toContain('was left out');
  });

  it('is named in words, and noted, where the next model reads no images', async () => {
    await using desk = await open();
    const thread_id = await begin(desk, { model: CLAUDE, prompt: 'Look.', images: [PICTURE] });
    const told = await desk.call('call_model', { model: BLIND, prompt: 'And?', thread_id });
    expect(told.failed).toBe(false);
    expect(turnsIn(lastOf(openai))[0]).toBe('user: (an image stood here) | Look.');
    expect(footOf(told)).toContain('thread images of earlier turns was left out: the model of this turn cannot read them');
    await desk.call('call_model', { model: CLAUDE, prompt: 'And now?', thread_id });
    expect(turnsIn(lastOf(anthropic))[0]).toBe('user: <image> | Look.');
  });

  it('is named in words where the next vendor takes no images by address', async () => {
    await using custom = await startOpenAI();
    custom.always(answer());
    await using desk = await openDesk(
      {
        ...anthropicVars(anthropic),
        SWITCHBOARD_CUSTOM_G_BASE_URL: `${openai.url}/v1beta`,
        SWITCHBOARD_CUSTOM_G_WIRE: 'google-generate',
      },
      '',
      { home: home.path },
    );
    const thread_id = await begin(desk, { model: CLAUDE, prompt: 'Look.', images: ['https://example.com/cat.png'] });
    const { text } = await desk.call('call_model', { model: 'custom-g/sim-1', prompt: 'And?', thread_id });
    expect(text).not.toContain('takes no images by address');
  });
});

describe('a conversation whose oldest turns are gone', () => {
  it('says so in every call, and still knows how long it was', async () => {
    await using desk = await open('threads: { max_turns: 2 }');
    const thread_id = await begin(desk, { model: MODEL, prompt: 'Question 1?' });
    await goOn(desk, thread_id, 2, 4);
    const db = await openDb(ledgerPath(home.path), MIGRATIONS);
    db.run('DELETE FROM turn WHERE thread = ? AND n <= 4', thread_id);
    db.close();
    const foot = footOf(await goOn(desk, thread_id, 5, 5));
    expect(foot).toContain('the oldest 4 turns was left out: a conversation is kept up to 32 MiB, images included');
    expect(foot).toContain('2 early turns was left out: the conversation is longer than fits (8 turns; threads.max_turns');
  });
});

describe('a conversation that is longer than goes along', () => {
  it('leaves out the oldest turns, from a question on, and says so', async () => {
    await using desk = await open('threads: { max_turns: 5 }');
    const thread_id = await begin(desk, { model: MODEL, prompt: 'Question 1?' });
    const told = await goOn(desk, thread_id, 2, 5);
    expect(turnsIn(lastOf(openai))).toEqual([
      'user: Question 3?',
      'assistant: Yes.',
      'user: Question 4?',
      'assistant: Yes.',
      'user: Question 5?',
    ]);
    expect(footOf(told)).toContain('thread 4 early turns was left out: the conversation is longer than fits (8 turns');
  });

  it('leaves out what the model’s window does not hold', async () => {
    await using desk = await open();
    const long = 'A long story about a boat. '.repeat(6000);
    const thread_id = await begin(desk, { model: MODEL, prompt: `1 ${long}` });
    const second = await desk.call('call_model', { model: MODEL, prompt: `2 ${long}`, thread_id });
    expect(turnsIn(lastOf(openai)).map((turn) => turn.slice(0, 8))).toEqual(['user: 2 ']);
    expect(footOf(second)).toContain('2 early turns was left out');
    // The same conversation, and a model with more room.
    const third = await desk.call('call_model', { model: CLAUDE, prompt: '3', thread_id });
    expect(turnsIn(lastOf(anthropic))).toHaveLength(5);
    expect(footOf(third)).not.toContain('left out');
  });

  it('is summed up by the model that the config names, whose price is in the books', async () => {
    await using desk = await open(`threads: { max_turns: 8, compact_with: ${CLAUDE} }`);
    const thread_id = await begin(desk, { model: MODEL, prompt: 'Question 1?' });
    const before = anthropic.requests.length;
    await goOn(desk, thread_id, 2, 5);
    expect(anthropic.requests).toHaveLength(before);
    const told = await goOn(desk, thread_id, 6, 6);
    expect(anthropic.requests).toHaveLength(before + 1);
    expect(lastOf(anthropic).text).toContain('User: Question 1?\\n\\nAssistant: Yes.');
    expect(turnsIn(lastOf(openai)).slice(0, 2).join(' ')).toMatch(
      /Summary of our conversation so far:\n?They built a boat\..*Question 3\?/s,
    );
    expect(footOf(told)).toMatch(/thread turns up to 4 became a summary: summed up by anthropic\/claude-sonnet-5-5, \$\d/);
    expect(await desk.read('switchboard://usage')).toContain('claude-sonnet-5-5');
    // Nothing new to sum up: the summary goes along again.
    await goOn(desk, thread_id, 7, 7);
    expect(anthropic.requests).toHaveLength(before + 1);
    expect(await desk.read(`switchboard://threads/${thread_id}`)).toContain(
      'Turns up to 4 go along as this summary: They built a boat.',
    );
    const dry = await desk.call('call_model', { model: MODEL, prompt: 'x', thread_id, dry_run: true });
    expect([dry.failed, anthropic.requests.length]).toEqual([false, before + 1]);
  });

  it('is summed up within the time of the call, of which half is left for the answer', async () => {
    await using desk = await open(`threads: { max_turns: 4, compact_with: ${CLAUDE} }`);
    anthropic.always(answer(), { deliver: silence });
    const thread_id = await begin(desk, { model: MODEL, prompt: 'Question 1?' });
    await goOn(desk, thread_id, 2, 4);
    const told = await desk.call('call_model', { model: MODEL, prompt: 'Question 5?', thread_id, timeout_s: 2 });
    expect(told.failed).toBe(false);
    expect(footOf(told)).toMatch(/threads\.compact_with failed: .*within 1(?:\.0)? s/);
  });

  it('is not summed up where the ceiling of the call has no room for it', async () => {
    const prices = 'pricing: { "*": { input_usd_per_mtok: 1, output_usd_per_mtok: 1000 } }\n';
    await using desk = await open(
      `${prices}threads: { max_turns: 4, compact_with: ${CLAUDE} }\ntasks: { chore: { models: [${MODEL}] } }`,
    );
    const thread_id = await begin(desk, { model: MODEL, prompt: 'Question 1?' });
    await goOn(desk, thread_id, 2, 4);
    const before = anthropic.requests.length;
    const args = { task: 'chore', prompt: 'Question 5?', thread_id, max_tokens: 10, max_cost_usd: 0.02 };
    const told = await desk.call('route_by_task', args);
    expect([told.failed, anthropic.requests.length - before]).toEqual([false, 0]);
    expect(footOf(told)).toContain('threads.compact_with failed: The budget "max_cost_usd $0.02" has no room');
  });

  it('goes on without a summary when nobody can write it, and says why', async () => {
    await using desk = await open(`threads: { max_turns: 4, compact_with: ${CLAUDE} }`);
    anthropic.always(failure({ status: 500, message: 'Out of order.' }));
    const thread_id = await begin(desk, { model: MODEL, prompt: 'Question 1?' });
    await goOn(desk, thread_id, 2, 3);
    const told = await goOn(desk, thread_id, 4, 5);
    expect(told.failed).toBe(false);
    expect(footOf(told)).toContain('thread a summary of early turns was left out: threads.compact_with failed');
    expect(turnsIn(lastOf(openai)).at(0)).toBe('user: Question 3?');
  });
});
