import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { makeHome } from '../support/home.ts';
import { openLines } from '../support/line-client.ts';
import { KEY, MODEL, openAIVars, startOpenAI } from '../support/openai.ts';
import { CLI, run, start } from '../support/process.ts';
import { answer, complaint, failure } from '../support/reply.ts';

const JSON_ERROR = z.strictObject({
  error: z.string().min(20),
  'switchboard/error': z.looseObject({ kind: z.string(), retryable: z.boolean() }),
});

describe.concurrent('switchboard call', () => {
  it.each([
    { how: 'from its arguments', args: ['Say', 'Hel', 'now'], stdin: '' },
    { how: 'from stdin', args: [], stdin: 'Say Hel now' },
    { how: 'from stdin, for -', args: ['-'], stdin: 'Say Hel now' },
  ])('takes the prompt $how, and prints nothing but the answer on stdout', async ({ args, stdin }) => {
    await using home = await makeHome();
    await using vendor = await startOpenAI();
    vendor.always(answer({ text: ['Hel', 'lo'] }));
    const ended = await run({ home, vars: openAIVars(vendor), args: ['call', '-m', MODEL, ...args], stdin });
    expect(ended).toMatchObject({ code: 0, stdout: 'Hello\n' });
    expect(ended.stderr).toMatch(/^\[openai\/sim-1-2026-11-01 · .+\]\n$/);
    expect(vendor.requests[0]?.text).toContain('Say Hel now');
  });

  it.each([
    { where: 'under the prompt', args: ['Say', 'Hel', '-'], sent: 'Say Hel\\n\\nPIPED' },
    { where: 'over it', args: ['-', 'Say', 'Hel'], sent: 'PIPED\\n\\nSay Hel' },
    { where: 'in the middle of it', args: ['Say', '-', 'Hel'], sent: 'Say\\n\\nPIPED\\n\\nHel' },
  ])('puts what is piped in where a - stands: $where', async ({ args, sent }) => {
    await using home = await makeHome();
    await using vendor = await startOpenAI();
    vendor.always(answer());
    const ended = await run({ home, vars: openAIVars(vendor), args: ['call', '-m', MODEL, ...args], stdin: 'PIPED\n' });
    expect(ended.code).toBe(0);
    expect(vendor.requests[0]?.text).toContain(`"${sent}"`);
  });

  it('asks nobody where a - stands in the prompt and nothing is piped in', async () => {
    await using home = await makeHome();
    await using vendor = await startOpenAI();
    const ended = await run({ home, vars: openAIVars(vendor), args: ['call', '-m', MODEL, 'Review this.', '-'] });
    expect(ended).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('nothing was: pipe text in') });
    expect(vendor.requests).toEqual([]);
  });

  it('keeps an answer that could not be written, and prints it when it is asked for', async () => {
    await using home = await makeHome();
    await using vendor = await startOpenAI();
    vendor.always(answer({ text: ['Paid for.'] }));
    const args = ['-c', '"$@" > /dev/full', 'sh', process.execPath, CLI, 'call', '-m', MODEL, 'Hi'];
    const failing = promisify(execFile)('sh', args, { cwd: home.project, env: home.env(openAIVars(vendor)) });
    const { code, stderr } = await failing.then(
      () => ({ code: 0, stderr: '' }),
      (error: { code: number; stderr: string }) => error,
    );
    expect(code).toBe(1);
    expect(stderr).toContain('The output could not be written');
    const id = /switchboard result (job_[\w-]{22})/.exec(stderr)?.[1] ?? expect.fail(stderr);
    const ended = await run({ home, args: ['result', id] });
    expect(ended).toMatchObject({ code: 0, stdout: 'Paid for.\n' });
    expect(vendor.requests).toHaveLength(1);
  });

  it('takes a prompt that begins with a dash, and refuses files that a shell wrote out', async () => {
    await using home = await makeHome();
    await using vendor = await startOpenAI();
    vendor.always(answer());
    const dash = await run({ home, vars: openAIVars(vendor), args: ['call', '-m', MODEL, '- mend the list'] });
    expect(dash).toMatchObject({ code: 0, stdout: 'Hello\n' });
    expect(vendor.requests[0]?.text).toContain('- mend the list');
    await Promise.all([home.write('project/a.ts', 'A'), home.write('project/b.ts', 'B')]);
    const files = await run({ home, vars: openAIVars(vendor), args: ['call', '-m', MODEL, '-f', 'a.ts', 'b.ts', 'Review'] });
    expect(files).toMatchObject({ code: 2, stderr: expect.stringMatching(/^b\.ts is a file .+ -f "src/) });
    expect(vendor.requests).toHaveLength(1);
  });

  it('does not wait for a program that leaves its stdin open', async () => {
    await using home = await makeHome();
    await using vendor = await startOpenAI();
    vendor.always(answer());
    await using child = start({ home, vars: openAIVars(vendor), args: ['call', '-m', MODEL, 'Hi'] });
    expect(await child.ended).toMatchObject({ code: 0, stdout: 'Hello\n', stderr: expect.not.stringContaining('piped') });
  });

  it('sends what its options say', async () => {
    await using home = await makeHome();
    await using vendor = await startOpenAI();
    vendor.always(answer());
    const options = ['--system', 'Be brief.', '--reasoning-effort', 'high', '--max-tokens', '900', '--temperature', '0.2'];
    const ended = await run({ home, vars: openAIVars(vendor), args: ['call', '-m', MODEL, ...options, '--timeout', '9', 'Hi'] });
    expect(ended.code).toBe(0);
    expect(vendor.requests[0]?.body).toMatchObject({
      model: 'sim-1',
      instructions: 'Be brief.',
      reasoning: { effort: 'high' },
      max_output_tokens: 900,
      temperature: 0.2,
    });
  });

  it('prints one JSON object with --json', async () => {
    await using home = await makeHome();
    await using vendor = await startOpenAI();
    vendor.always(answer());
    const ended = await run({ home, vars: openAIVars(vendor), args: ['call', '-m', MODEL, '--json', 'Hi'] });
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(ended.stdout)).toMatchObject({
      text: 'Hello',
      'switchboard/answer': { stop: 'end', usage: { input: 12, output: 5 }, served: { provider: 'openai' } },
    });
  });

  it.each([
    { what: 'a vendor that fails', content: failure({ status: 500 }), code: 1 },
    { what: 'an account without credit', content: complaint('noCredit'), code: 1 },
    { what: 'a key that is refused', content: failure({ status: 401 }), code: 3 },
  ])('ends with $code after $what', async ({ content, code }) => {
    await using home = await makeHome();
    await using vendor = await startOpenAI();
    vendor.always(content);
    const args = ['call', '-m', MODEL, 'Hi'];
    const plain = await run({ home, vars: openAIVars(vendor), args });
    expect(plain).toMatchObject({ code, stdout: '' });
    expect(plain.stderr).toMatch(/^openai\/sim-1 gave no answer: OpenAI .+\n$/);
    const json = await run({ home, vars: openAIVars(vendor), args: [...args, '--json'] });
    expect(json).toMatchObject({ code, stderr: '' });
    expect(JSON_ERROR.parse(JSON.parse(json.stdout)).error).toContain('OpenAI');
    expect(plain.stderr + json.stdout).not.toContain(KEY);
  });
});

describe.concurrent('switchboard', () => {
  it.each(['--version', '-V'])('says its version for %s', async (flag) => {
    await using home = await makeHome();
    expect(await run({ home, args: [flag] })).toMatchObject({ code: 0, stdout: '0.1.0\n', stderr: '' });
  });

  it('explains itself and its commands', async () => {
    await using home = await makeHome();
    const [whole, call] = await Promise.all([run({ home, args: ['--help'] }), run({ home, args: ['call', '--help'] })]);
    expect(whole).toMatchObject({ code: 0, stderr: '' });
    for (const command of ['serve', 'call', 'models']) expect(whole.stdout).toMatch(new RegExp(`^  ${command} `, 'm'));
    expect(call).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('--reasoning-effort') });
  });

  it('offers only the tools that --tools names, in their usual order', async () => {
    await using home = await makeHome();
    await using client = await openLines({ home, args: ['--tools', 'list_models, call_model'] });
    const { result } = await client.request('tools/list');
    expect(result).toMatchObject({ tools: [{ name: 'call_model' }, { name: 'list_models' }] });
    expect((await client.request('tools/call', { name: 'compare_models', arguments: {} })).error).toBeDefined();
  });
});
