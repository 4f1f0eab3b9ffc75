import { describe, expect, it } from 'vitest';
import { type Home, makeHome, type Vars } from '../support/home.ts';
import { openLines } from '../support/line-client.ts';
import { KEY, MODEL, openAIVars, startOpenAI } from '../support/openai.ts';
import { run } from '../support/process.ts';
import { answer } from '../support/reply.ts';

type Place = { name: string; file: string; vars: (home: Home) => Vars };

const PLACES: readonly Place[] = [
  { name: 'switchboard.yaml in the project', file: 'project/switchboard.yaml', vars: () => ({}) },
  { name: 'SWITCHBOARD_CONFIG', file: 'mine.yaml', vars: ({ path }) => ({ SWITCHBOARD_CONFIG: `${path}/mine.yaml` }) },
  { name: 'the user’s own file', file: '.config/switchboard/config.yaml', vars: () => ({}) },
];

const BROKEN = 'aliases:\n  quick: [openai/sim-1\n';
const MENDED = `aliases:\n  quick: ${MODEL}\n`;

describe.each(PLACES)('$name, when it is broken', { concurrent: true }, ({ file, vars }) => {
  it('is told at each call in one sentence, and once it is mended the next call works', async () => {
    await using home = await makeHome();
    await using vendor = await startOpenAI();
    vendor.always(answer());
    const path = await home.write(file, BROKEN);
    await using client = await openLines({ home, vars: { ...openAIVars(vendor), ...vars(home) } });

    const [asked, listed] = [
      await client.call('call_model', { model: 'quick', prompt: 'Hi' }),
      await client.call('list_models', {}),
    ];
    expect(asked).toMatchObject({ failed: true, text: expect.stringContaining(`${path}: line `) });
    expect(asked.text).toMatch(/^[^\n]+ is not valid YAML \([^\n]+\); correct it or remove the file\.$/);
    expect(listed).toMatchObject({ failed: true, text: asked.text });

    await home.write(file, MENDED);
    expect(await client.call('call_model', { model: 'quick', prompt: 'Hi' })).toMatchObject({ failed: false });
  });

  it('ends a command with the code for wrong usage', async () => {
    await using home = await makeHome();
    const path = await home.write(file, 'default_modle: openai\n');
    const { code, stdout, stderr } = await run({ home, vars: vars(home), args: ['models'] });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(`${path} line 1: the key "default_modle" is not known; did you mean "default_model"?`);
  });
});

describe('SWITCHBOARD_CONFIG that names no file', { concurrent: true }, () => {
  it('is told at each call, and once the file is there the next call works', async () => {
    await using home = await makeHome();
    await using vendor = await startOpenAI();
    vendor.always(answer());
    const vars = { ...openAIVars(vendor), SWITCHBOARD_CONFIG: `${home.path}/mine.yaml` };
    await using client = await openLines({ home, vars });
    const call = () => client.call('call_model', { model: 'quick', prompt: 'Hi' });
    expect(await call()).toMatchObject({
      failed: true,
      text: expect.stringContaining(`${home.path}/mine.yaml: there is no such file`),
    });
    // Hosts list resources before anybody calls: that is no place for the error.
    const { result } = await client.request('resources/list');
    expect(result).toMatchObject({ resources: [{ uri: 'switchboard://usage' }] });
    await home.write('mine.yaml', MENDED);
    expect(await call()).toMatchObject({ failed: false });
  });
});

describe('a default model that nobody knows', { concurrent: true }, () => {
  it('ends a command with the code for wrong usage, and is told where it stands', async () => {
    await using home = await makeHome();
    const vars = { OPENAI_API_KEY: KEY, SWITCHBOARD_DEFAULT_MODEL: 'nope' };
    const { code, stdout, stderr } = await run({ home, vars, args: ['call', 'Hi'] });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('set in SWITCHBOARD_DEFAULT_MODEL, means nothing: No model "nope" is known.');
  });
});

describe('a secret in what a config has sent', { concurrent: true }, () => {
  it('is taken out of an agent’s system prompt, and said; with on_secret: refuse nothing is sent', async () => {
    await using home = await makeHome();
    await using vendor = await startOpenAI();
    vendor.always(answer());
    const secret = `ghp_${'a1B2c3D4e5F6'.repeat(3)}`;
    const agent = `agents:\n  clerk:\n    model: ${MODEL}\n    system: Sign in with ${secret} first.\n`;
    const path = await home.write('mine.yaml', agent);
    const vars = { ...openAIVars(vendor), SWITCHBOARD_CONFIG: path };
    const call = () => run({ home, vars, args: ['call', '-m', 'clerk', 'Hi'] });
    const redacted = await call();
    expect(redacted).toMatchObject({ code: 0, stderr: expect.stringContaining('the system prompt of the agent "clerk"') });
    expect(vendor.requests[0]?.text).toContain('Sign in with [redacted');
    await home.write('mine.yaml', `${agent}files: { on_secret: refuse }\n`);
    const refused = await call();
    expect(refused).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('of the agent "clerk":1') });
    expect(vendor.requests).toHaveLength(1);
    for (const text of [redacted.stderr, refused.stderr, ...vendor.requests.map(({ text: sent }) => sent)])
      expect(text).not.toContain(secret);
    // Who calls somebody else is not held up.
    expect(await run({ home, vars, args: ['call', '-m', MODEL, 'Hi'] })).toMatchObject({ code: 0 });
  });
});
