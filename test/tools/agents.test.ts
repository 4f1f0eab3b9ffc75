import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { anthropicVars, startAnthropic } from '../support/anthropic.ts';
import { type Desk, openDesk } from '../support/desk.ts';
import { type Home, makeHome } from '../support/home.ts';
import { MODEL, openAIVars, startOpenAI } from '../support/openai.ts';
import { answer, failure } from '../support/reply.ts';
import type { Vendor } from '../support/vendor.ts';
import { turnsIn } from './conversing.ts';

const CLAUDE = 'anthropic/claude-sonnet-5-5';
const AGENTS = `
agents:
  reviewer: { model: ${MODEL}, system: You review., reasoning_effort: high, temperature: 0.1, max_tokens: 700 }
  scribe: { model: ${CLAUDE}, system: You write. }
  backed: { model: ${MODEL}, system: You fall., fallbacks: [scribe] }
  plain: { system: You are anybody. }
`;

let home: Home;
let openai: Vendor;
let anthropic: Vendor;

const open = (config = AGENTS, project?: string): Promise<Desk> =>
  openDesk({ ...openAIVars(openai), ...anthropicVars(anthropic) }, config, {
    home: home.path,
    cwd: home.project,
    ...(project === undefined ? {} : { project }),
  });
const lastOf = ({ requests }: Vendor) => requests.at(-1) ?? expect.fail('nobody was asked');

beforeAll(async () => {
  [home, openai, anthropic] = await Promise.all([makeHome(), startOpenAI(), startAnthropic()]);
  await mkdir(join(home.project, '.git'));
  await writeFile(join(home.project, 'style.md'), 'Tabs are evil.\n');
});
beforeEach(() => {
  openai.always(answer({ text: ['By OpenAI.'] }));
  anthropic.always(answer({ text: ['By Claude.'], model: 'claude-sonnet-5-5' }));
});
afterAll(async () => {
  await Promise.all([openai.close(), anthropic.close()]);
  await home[Symbol.asyncDispose]();
});

describe('an agent', () => {
  it('is called where a model is named, as its profile says', async () => {
    await using desk = await open();
    const { text } = await desk.call('call_model', { model: 'reviewer', prompt: 'Go.' });
    expect(lastOf(openai).body).toMatchObject({
      model: 'sim-1',
      instructions: 'You review.',
      reasoning: { effort: 'high' },
      temperature: 0.1,
      max_output_tokens: 700,
    });
    expect(text).toMatch(/^Answer from openai\/sim-1:.+the agent "reviewer"/s);
  });

  it('yields to what the call says, and both system prompts count', async () => {
    await using desk = await open();
    const own = { system: 'Be brief.', reasoning_effort: 'low', temperature: 1, max_tokens: 50 };
    await desk.call('call_model', { model: 'reviewer', prompt: 'Go.', ...own });
    expect(lastOf(openai).body).toMatchObject({
      instructions: 'You review.\n\nBe brief.',
      reasoning: { effort: 'low' },
      temperature: 1,
      max_output_tokens: 50,
    });
  });

  it('falls back as its profile says, to another agent who asks in his own way', async () => {
    await using desk = await open();
    openai.next(failure({ status: 500 }));
    const { text } = await desk.call('call_model', { model: 'backed', prompt: 'Go.' });
    expect(text).toMatch(/By Claude\..+model openai\/sim-1 became anthropic\/claude-sonnet-5-5/s);
    expect(JSON.stringify(lastOf(anthropic).body)).toContain('You write.');
    expect(JSON.stringify(lastOf(anthropic).body)).not.toContain('You fall.');
  });

  it('is compared under its own name, also beside another with the same model', async () => {
    await using desk = await open(`${AGENTS}  critic: { model: ${MODEL}, system: You doubt. }\n`);
    const { text } = await desk.call('compare_models', { models: ['reviewer', 'critic', MODEL, CLAUDE], prompt: 'Go.' });
    expect(Array.from(text.matchAll(/^## (.+) \([0-9a-f]{6}\)$/gm), ([, head]) => head)).toEqual([
      '1. reviewer (openai/sim-1)',
      '2. critic (openai/sim-1)',
      '3. openai/sim-1',
      `4. ${CLAUDE}`,
    ]);
    expect(text).toContain('4 models were asked, 4 answered');
  });

  it('serves a task, is a fallback of the config, and a default', async () => {
    await using desk = await open(`${AGENTS}
tasks: { trivial: { models: [scribe] } }
fallbacks: { by_model: { ${MODEL}: [scribe] } }
default_model: reviewer
aliases: { rev: scribe }
`);
    await desk.call('route_by_task', { task: 'trivial', prompt: 'Go.' });
    expect(JSON.stringify(lastOf(anthropic).body)).toContain('You write.');
    expect((await desk.call('call_model', { model: 'rev', prompt: 'Go.' })).text).toContain('the agent "scribe"');
    await desk.call('call_model', { prompt: 'Go.' });
    expect(lastOf(openai).body).toMatchObject({ instructions: 'You review.' });
    await desk.call('call_model', { model: 'plain', prompt: 'Go.' });
    expect(lastOf(openai).body).toMatchObject({ model: 'sim-1', instructions: 'You are anybody.' });
    openai.next(failure({ status: 500 }));
    const before = anthropic.requests.length;
    expect(await desk.call('call_model', { model: MODEL, prompt: 'Go.' })).toMatchObject({ failed: false });
    expect(anthropic.requests).toHaveLength(before + 1);
  });

  it('goes on with its conversation where nobody names a model, and its model without it where it is gone', async () => {
    await using desk = await open();
    const { meta } = await desk.call('call_model', { model: 'reviewer', prompt: 'One', thread_id: 'new' });
    const thread_id: unknown = Object(meta['switchboard/answer']).threadId;
    await desk.call('call_model', { prompt: 'Two', thread_id });
    expect(lastOf(openai).body).toMatchObject({ model: 'sim-1', instructions: 'You review.' });
    await using other = await open(`agents: { reviewer: { model: ${CLAUDE} } }`);
    await other.call('call_model', { prompt: 'Three', thread_id });
    expect(lastOf(openai).body).toMatchObject({ model: 'sim-1' });
    expect(lastOf(openai).text).not.toContain('You review.');
    expect(turnsIn(lastOf(openai))).toHaveLength(5);
  });

  it('goes on with a conversation', async () => {
    await using desk = await open();
    const { meta } = await desk.call('call_model', { model: 'scribe', prompt: 'One', thread_id: 'new' });
    const thread_id: unknown = Object(meta['switchboard/answer']).threadId;
    await desk.call('call_model', { model: 'reviewer', prompt: 'Two', thread_id });
    expect(turnsIn(lastOf(openai))).toEqual(['user: One', 'assistant: By Claude.', 'user: Two']);
    expect(lastOf(openai).body).toMatchObject({ instructions: 'You review.' });
  });

  it('is held to the budget of its real model', async () => {
    await using desk = await open(`${AGENTS}
budgets: [{ limit_usd: 0, scope: "model:${CLAUDE}", name: no Claude }]
`);
    const before = anthropic.requests.length;
    const told = await desk.call('call_model', { model: 'scribe', prompt: 'Go.' });
    expect(told).toMatchObject({ failed: true, text: expect.stringContaining('"no Claude"') });
    expect(anthropic.requests).toHaveLength(before);
  });
});

describe('files of an agent', () => {
  const WITH_FILES = `${AGENTS}  styled: { model: ${MODEL}, files: [style.md] }\n`;

  it('go along with every call of it, and the result says so', async () => {
    await using desk = await open(WITH_FILES);
    const { text } = await desk.call('call_model', { model: 'styled', prompt: 'Go.' });
    expect(lastOf(openai).text).toContain('Tabs are evil.');
    expect(text).toContain('[sent to openai/sim-1: style.md (');
  });

  it('go to nobody else in a comparison', async () => {
    await using desk = await open(WITH_FILES);
    const asked = { models: ['styled', CLAUDE], prompt: 'Go.' };
    const { text } = await desk.call('compare_models', asked);
    expect(lastOf(openai).text).toContain('Tabs are evil.');
    expect(lastOf(anthropic).text).not.toContain('Tabs are evil.');
    expect(text.match(/\[sent to .+?: style\.md/g)).toEqual(['[sent to openai/sim-1: style.md']);
    const dry = await desk.call('compare_models', { ...asked, dry_run: true });
    expect(dry.text.match(/\[would be sent to .+?: style\.md/g)).toEqual(['[would be sent to openai/sim-1: style.md']);
  });

  it('do not go along where it stands in for another model, which is said', async () => {
    await using desk = await open(
      `agents: { styled: { model: ${CLAUDE}, files: [style.md] } }\nfallbacks: { default: [styled] }`,
    );
    openai.next(failure({ status: 500 }));
    const { text } = await desk.call('call_model', { model: MODEL, prompt: 'Go.' });
    expect(text).toContain('files of the agent "styled" was left out: it stood in for another model');
    expect(lastOf(anthropic).text).not.toContain('Tabs are evil.');
  });

  it('are named with the agent when they are not there', async () => {
    await using desk = await open(`${AGENTS}  lost: { model: ${MODEL}, files: [docs/style.md] }\n`);
    const before = openai.requests.length;
    const told = await desk.call('call_model', { model: 'lost', prompt: 'Go.', files: ['style.md'] });
    expect(told).toMatchObject({
      failed: true,
      text: expect.stringMatching(/The agent "lost" sends files along \(agents\.lost\.files\): There is no "docs\/style\.md" in/),
    });
    expect(openai.requests).toHaveLength(before);
    const { text } = await desk.call('call_model', { model: 'lost', prompt: 'Go.', files: ['gone.md', 'style.md'] });
    expect(text).toContain('The agent "lost"');
    expect((await desk.call('call_model', { model: MODEL, prompt: 'Go.', files: ['gone.md'] })).text).not.toContain('agent');
  });

  it('are not for the config of a project to set', async () => {
    await expect(open(AGENTS, `agents: { spy: { model: ${MODEL}, files: [style.md] } }`)).rejects.toThrow(
      /switchboard\.yaml line 1: agents\.spy\.files may be set only in your own config/,
    );
  });
});

describe('an agent of the user that sends files', () => {
  it.each([
    ['under its own name', `agents: { Styled: { model: ${CLAUDE} } }`],
    ['by an alias of its name', `aliases: { styled: ${CLAUDE} }`],
    ['by an alias under it', `aliases: { main: ${CLAUDE} }`],
  ])('is not for the config of a project to change %s', async (_, project) => {
    const own = `aliases: { main: ${MODEL} }\nagents: { styled: { model: main, files: [style.md] } }\n`;
    await using desk = await open(own, project);
    const before = anthropic.requests.length;
    expect(await desk.call('call_model', { model: 'styled', prompt: 'Go.' })).toMatchObject({ failed: false });
    expect(anthropic.requests).toHaveLength(before);
    expect(lastOf(openai).text).toContain('Tabs are evil.');
  });
});

describe('a config with agents', () => {
  it.each(['gpt-6.1-sol', 'openai'])('of a project may not take the name %s', async (name) => {
    await using desk = await open('', `agents: { ${name}: { model: ${CLAUDE} } }`);
    const told = await desk.call('call_model', { model: name, prompt: 'Go.' });
    expect(told).toMatchObject({
      failed: true,
      text: expect.stringMatching(/switchboard\.yaml line 1: .*"\S+" is the name of a model or provider/),
    });
  });

  it.each([
    ['a model that nobody knows', 'agents:\n  odd: { model: no-such-model }\n', 'config.yaml line 3'],
    ['a fallback that nobody knows', `agents:\n  odd: { model: ${MODEL}, fallbacks: [no-such-model] }\n`, 'config.yaml line 3'],
    ['itself as a fallback', `agents:\n  odd: { model: ${MODEL}, fallbacks: [${MODEL}] }\n`, 'config.yaml line 3'],
    ['a thinking_model that nobody knows', 'thinking_model: no-such-model\n', 'config.yaml line 2'],
    ['a model to sum up that nobody knows', 'threads:\n  compact_with: no-such-model\n', 'config.yaml line 3'],
  ])('that names %s says so, with the line', async (_, config, place) => {
    await using desk = await open(config);
    const told = await desk.call('call_model', { model: CLAUDE, prompt: 'Go.' });
    expect(told).toMatchObject({ failed: true, text: expect.stringContaining(`${place}: this rule never takes effect`) });
  });
});

describe('thinking_model', () => {
  const THINKING = `default_model: ${MODEL}\nthinking_model: ${CLAUDE}\n`;

  it('is called when an effort is asked and no model named, and only then', async () => {
    await using desk = await open(THINKING);
    const hard = await desk.call('call_model', { prompt: 'Go.', reasoning_effort: 'high' });
    expect(hard.text).toMatch(/^Answer from anthropic\/claude-sonnet-5-5:.+your thinking_model/s);
    for (const args of [{}, { reasoning_effort: 'none' }, { reasoning_effort: 'high', model: MODEL }])
      expect((await desk.call('call_model', { prompt: 'Go.', ...args })).text).toMatch(/^Answer from openai\/sim-1/);
  });

  it('may be an agent, whose files go along', async () => {
    await using desk = await open(
      `default_model: ${MODEL}\nthinking_model: deep\nagents: { deep: { model: ${CLAUDE}, files: [style.md] } }\n`,
    );
    const { text } = await desk.call('call_model', { prompt: 'Go.', reasoning_effort: 'high' });
    expect(lastOf(anthropic).text).toContain('Tabs are evil.');
    expect(text).toContain(`[sent to ${CLAUDE}: style.md`);
  });
});

describe('thinking_summary', () => {
  const asked = { model: CLAUDE, prompt: 'Go.', reasoning_effort: 'high' };

  it('is neither asked for nor shown unless the config says so', async () => {
    anthropic.always(answer({ text: ['So be it.'], thinking: ['Hm, let me see.'], model: 'claude-sonnet-5-5' }));
    await using off = await open();
    expect((await off.call('call_model', asked)).text).not.toContain('Hm, let me see.');
    const without = lastOf(anthropic).text;
    await using on = await open('thinking_summary: true');
    expect((await on.call('call_model', asked)).text).toContain('> Thinking, summed up: Hm, let me see.\n\nSo be it.');
    expect(lastOf(anthropic).text).not.toBe(without);
    expect(lastOf(anthropic).text).toContain('summarized');
    expect(without).not.toContain('summarized');
    expect((await on.call('compare_models', { ...asked, model: undefined, models: [CLAUDE] })).text).toContain('Hm, let me see.');
  });
});
