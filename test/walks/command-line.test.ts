import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { makeHome } from '../support/home.ts';
import { KEY, MODEL, openAIVars, startOpenAI } from '../support/openai.ts';
import { CLI, run } from '../support/process.ts';
import { answer, failure } from '../support/reply.ts';

describe.concurrent('switchboard call', () => {
  it.skipIf(process.platform === 'win32').each([
    { what: 'a pipe', script: 'echo PIPED | "$@"', says: true },
    { what: 'a pipe that never ends', script: 'mkfifo open; exec 3<>open; "$@" <open', says: true },
    { what: 'a file', script: 'echo PIPED >file; "$@" <file', says: true },
    { what: 'an empty file', script: ': >file; "$@" <file', says: false },
    { what: 'nothing', script: '"$@" </dev/null', says: false },
    { what: 'what is closed', script: '"$@" <&-', says: false },
  ])('reads nothing beside a prompt from $what, and says so where something may have been meant', async ({ script, says }) => {
    await using home = await makeHome();
    await using vendor = await startOpenAI();
    vendor.always(answer());
    const args = ['-c', script, 'sh', process.execPath, CLI, 'call', '-m', MODEL, 'Instruction'];
    const { stdout, stderr } = await promisify(execFile)('sh', args, { cwd: home.project, env: home.env(openAIVars(vendor)) });
    expect(stdout).toBe('Hello\n');
    expect(vendor.requests[0]?.text).not.toContain('PIPED');
    expect(/piped in was not read, .+ put - behind it/.test(stderr)).toBe(says);
  });

  it.each([
    { what: 'no key at all', args: ['Hi'], code: 3, says: 'OPENAI_API_KEY' },
    {
      what: 'no key for the model that is named',
      args: ['-m', 'groq/llama-3.3-70b-versatile', 'Hi'],
      code: 3,
      says: 'GROQ_API_KEY',
    },
    { what: 'a model that nobody knows', args: ['-m', 'gtp-6.1-sol', 'Hi'], code: 2, says: 'gpt-6.1-sol' },
    { what: 'no prompt', args: [], code: 2, says: 'prompt' },
    { what: 'a value out of range', args: ['--temperature', '9', 'Hi'], code: 2, says: 'temperature' },
    { what: 'an effort that does not exist', args: ['-e', 'hihg', 'Hi'], code: 2, says: '--reasoning-effort has to be one of' },
    { what: 'a schema that is none', args: ['-m', MODEL, '--schema', '{', 'Hi'], code: 2, says: '--schema is not valid JSON' },
    { what: 'a time that is none', args: ['--timeout', '0', 'Hi'], code: 2, says: '--timeout has to be at least 1' },
    {
      what: 'a diff where there is no repository',
      args: ['-m', MODEL, '--diff', 'working', 'Hi'],
      code: 2,
      says: '--diff finds no git repository in',
    },
    { what: 'a value that is no number', args: ['--max-tokens', 'many', 'Hi'], code: 2, says: '--max-tokens' },
    {
      what: 'an unknown option',
      args: ['--modle', 'x', 'Hi'],
      code: 2,
      says: "Unknown option '--modle' (Did you mean --model?)",
    },
    {
      what: 'a configuration that is not there',
      args: ['--config', 'no.yaml', 'Hi'],
      code: 2,
      says: 'no.yaml: there is no such file',
    },
  ])('ends with $code for $what', async ({ args, code, says }) => {
    await using home = await makeHome();
    const ended = await run({ home, args: ['call', ...args] });
    expect(ended).toMatchObject({ code, stdout: '', stderr: expect.stringContaining(says) });
  });
});

describe.concurrent('what is piped in', () => {
  it.each([
    { what: 'Latin-1', bytes: Buffer.from('caf\u00e9 cr\u00e8me', 'latin1'), sent: 'caf\u00e9 cr\u00e8me', says: 'was read as' },
    { what: 'UTF-16', bytes: Buffer.from('\ufeffcaf\u00e9', 'utf16le'), sent: 'caf\u00e9', says: '' },
    { what: 'UTF-8 with a mark', bytes: Buffer.from('\ufeffcaf\u00e9'), sent: '"caf\u00e9"', says: '' },
  ])('is read as files are: $what', async ({ bytes, sent, says }) => {
    await using home = await makeHome();
    await using vendor = await startOpenAI();
    vendor.always(answer());
    const ended = await run({ home, vars: openAIVars(vendor), args: ['call', '-m', MODEL], stdin: bytes });
    expect(ended).toMatchObject({ code: 0, stderr: expect.stringContaining(says) });
    expect(vendor.requests[0]?.text).toContain(sent);
  });

  it.each([
    ['a program', Buffer.concat([Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 0, 0xff, 0xfe]), Buffer.alloc(40)])],
    ['an image', Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ', 'base64')],
  ])('is refused where it is no text: %s', async (_, stdin) => {
    await using home = await makeHome();
    await using vendor = await startOpenAI();
    const ended = await run({ home, vars: openAIVars(vendor), args: ['call', '-m', MODEL], stdin });
    expect(ended).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('is no text') });
    expect(vendor.requests).toEqual([]);
  });
});

describe.concurrent('switchboard call, in its own words,', () => {
  it('says what became of its options, and leaves alone what others said', async () => {
    await using home = await makeHome();
    await using vendor = await startOpenAI();
    const said = 'Set json_schema and timeout_s.';
    vendor.inTurn(answer({ text: [said] }), failure({ status: 400, message: `Bad: ${said}` }), answer({ text: [said] }));
    const args = ['call', '-m', 'openai/o3', '--thread', 'new', '-e', 'max', 'Hi'];
    const answered = await run({ home, vars: openAIVars(vendor), args });
    expect(answered).toMatchObject({ code: 0, stdout: `${said}\n` });
    expect(answered.stderr).toMatch(/^\[--thread thr_\S+: pass it /);
    expect(answered.stderr).toContain('--reasoning-effort max became high');
    const refused = await run({ home, vars: openAIVars(vendor), args });
    expect(refused.stderr).toContain(`own words: “Bad: ${said}”`);
  });

  it('leaves the keys of a config their names', async () => {
    await using home = await makeHome();
    const config = await home.write('mine.yaml', 'agents: { a: { qqqqqqqqqqqqqqqqqqqqqq: 1 } }\n');
    const { code, stderr } = await run({ home, args: ['call', '--config', config, 'Hi'] });
    expect(code).toBe(2);
    expect(stderr).toContain('known are model, system, reasoning_effort, temperature, max_tokens');
  });
});

describe.concurrent('switchboard call behind a proxy', () => {
  it('ends with 2 when its address is none', async () => {
    await using home = await makeHome();
    const vars = { OPENAI_API_KEY: KEY, HTTPS_PROXY: 'not an address' };
    const ended = await run({ home, vars, args: ['call', '-m', MODEL, 'Hi'] });
    expect(ended).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('HTTPS_PROXY') });
    expect(ended.stderr).not.toContain('defect');
  });

  it('asks the proxy, also where its address has no scheme', async () => {
    await using home = await makeHome();
    await using proxy = await startOpenAI();
    const vars = { OPENAI_API_KEY: KEY, OPENAI_BASE_URL: 'http://vendor.invalid/v1', HTTP_PROXY: new URL(proxy.url).host };
    const ended = await run({ home, vars, args: ['call', '-m', MODEL, 'Hi'] });
    expect(ended.code).toBe(1);
    expect(ended.stderr).not.toContain('defect');
    expect(ended.stderr).not.toContain('does not resolve');
  });
});

describe.concurrent('switchboard models', () => {
  it('lists what there is, and what to set, without a key', async () => {
    await using home = await makeHome();
    const ended = await run({ home, args: ['models'] });
    expect(ended).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('ANTHROPIC_API_KEY') });
  });

  it('keeps to its words and options', async () => {
    await using home = await makeHome();
    const args = ['models', 'sonnet', '--provider', 'claude', '--limit', '1'];
    const ended = await run({ home, vars: { ANTHROPIC_API_KEY: KEY }, args });
    expect(ended.code).toBe(0);
    expect(ended.stdout.match(/^- .*$/gm)).toEqual([expect.stringMatching(/^- anthropic\/claude-sonnet-\S+ .* · ready$/)]);
  });

  it('prints one JSON object with --json', async () => {
    await using home = await makeHome();
    const ended = await run({ home, args: ['models', '--json'] });
    expect(z.looseObject({ text: z.string() }).parse(JSON.parse(ended.stdout)).text).toContain('To enable more');
  });

  it.each([
    { args: ['-p', 'opnai'], says: 'did you mean "openai"?' },
    { args: ['-t', 'code_reveiw'], says: 'did you mean "code_review"?' },
    { args: ['-n', '0'], says: 'limit' },
  ])('ends with 2 for $args', async ({ args, says }) => {
    await using home = await makeHome();
    const ended = await run({ home, args: ['models', ...args] });
    expect(ended).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(says) });
  });
});
describe.concurrent('switchboard', () => {
  it.each([
    { what: 'an unknown command', args: ['modles'], says: 'modles' },
    { what: 'an unknown option', args: ['--htpp'], says: "Unknown option '--htpp' (Did you mean --http?)" },
    { what: 'an unknown option of serve', args: ['serve', '--htpp'], says: "Unknown option '--htpp' (Did you mean --http?)" },
    { what: 'a word too many', args: ['serve', 'now'], says: 'now' },
    { what: 'an option without its value', args: ['serve', '--port'], says: '--port' },
    { what: 'a tool that does not exist', args: ['--tools', 'call_modle'], says: 'did you mean "call_model"?' },
    { what: 'no tool', args: ['--tools', ','], says: '--tools: names no tool' },
  ])('ends with 2 for $what', async ({ args, says }) => {
    await using home = await makeHome();
    expect(await run({ home, args })).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(says) });
  });
});
