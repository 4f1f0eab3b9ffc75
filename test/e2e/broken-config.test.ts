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
  it('is no part of an agent: the call is refused and nothing is sent', async () => {
    await using home = await makeHome();
    await using vendor = await startOpenAI();
    vendor.always(answer());
    const secret = `ghp_${'a1B2c3D4e5F6'.repeat(3)}`;
    const path = await home.write(
      'mine.yaml',
      `agents:\n  clerk:\n    model: ${MODEL}\n    system: Sign in with ${secret} first.\n`,
    );
    const vars = { ...openAIVars(vendor), SWITCHBOARD_CONFIG: path };
    const { code, stdout, stderr } = await run({ home, vars, args: ['call', '-m', 'clerk', 'Hi'] });
    expect({ code, stdout, requests: vendor.requests.length }).toEqual({ code: 2, stdout: '', requests: 0 });
    expect(stderr).toContain('agents.clerk.system holds what looks like a secret');
    expect(stderr).toContain(`${path} line 4`);
    expect(stderr).not.toContain(secret);
  });
});
