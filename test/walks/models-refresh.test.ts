import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { groq, GROQ_KEY as KEY, listOf, namedIn, NOBODY, startLister } from '../engine/shelf.ts';
import { ERAS } from '../support/eras.ts';
import { makeHome } from '../support/home.ts';
import type { Home } from '../support/home.ts';
import { openLines } from '../support/line-client.ts';
import { run } from '../support/process.ts';
import { failure } from '../support/reply.ts';

/** No server of the machine that the test runs on is asked. */
const ALONE = Object.fromEntries(
  ['OLLAMA', 'LMSTUDIO', 'VLLM', 'LLAMACPP', 'LOCALAI', 'TEXTGEN'].map((id) => [`${id}_BASE_URL`, NOBODY]),
);

const mistral = ({ url }: { url: string }) => ({ MISTRAL_API_KEY: KEY, MISTRAL_BASE_URL: `${url}/v1` });

const models = (home: Home, vars: Record<string, string>, ...args: string[]) =>
  run({ home, vars: { SWITCHBOARD_HOME: join(home.path, 'data'), ...vars }, args: ['models', ...args] });

describe.concurrent('switchboard models --refresh', () => {
  it('asks who is set up, says what came of it, and shows the new models then and later', async () => {
    await using home = await makeHome();
    await using vendor = await startLister();
    vendor.always(listOf('brand-new-1', 'brand-new-2', 'whisper-1'));
    const first = await models(home, groq(vendor), '--refresh', 'brand-new');
    expect(first).toMatchObject({ code: 0, stderr: expect.stringMatching(/^groq: 2 models$/m) });
    expect(namedIn(first.stdout)).toEqual(['groq/brand-new-1', 'groq/brand-new-2']);
    expect(first.stdout).toContain('the oldest under an hour old');
    const later = await models(home, groq(vendor), 'brand-new');
    expect(later).toMatchObject({ code: 0, stdout: first.stdout, stderr: '' });
    expect(vendor.requests).toHaveLength(1);
    expect(await readFile(join(home.path, 'data/models/groq.json'), 'utf8')).not.toContain(KEY);
    expect(first.stdout + first.stderr).not.toContain(KEY);
  });

  it('goes on where one of several fails, and keeps what was known of it', async () => {
    await using home = await makeHome();
    await using vendor = await startLister();
    await using other = await startLister();
    const vars = { ...groq(vendor), ...mistral(other) };
    vendor.always(listOf('brand-new-1'));
    other.inTurn(listOf('brand-new-of-m'), failure({ status: 503 }));
    await models(home, vars, '--refresh');
    const ended = await models(home, vars, '--refresh', 'brand-new');
    expect(ended.code).toBe(0);
    expect(ended.stderr).toMatch(/^mistral: Mistral.* is overloaded/m);
    expect(ended.stderr).toMatch(/^Kept what was known of .*\bmistral\b/m);
    expect(namedIn(ended.stdout).toSorted()).toEqual(['groq/brand-new-1', 'mistral/brand-new-of-m']);
  });

  it('fails where all of those fail who are set up', async () => {
    await using home = await makeHome();
    await using vendor = await startLister();
    vendor.always(failure({ status: 401, message: `No such key: ${KEY}` }));
    const ended = await models(home, { ...ALONE, ...groq(vendor) }, '--refresh');
    expect(ended).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/^groq: Groq refused the key in GROQ_API_KEY/m),
    });
    expect(ended.stderr).not.toContain(KEY);
  });

  it('is silent about servers of this machine that are not there and that nobody named', async () => {
    await using home = await makeHome();
    await using vendor = await startLister();
    vendor.always(listOf('brand-new-1'));
    const ended = await models(home, groq(vendor), '--refresh', 'brand-new');
    expect(ended.stderr).toContain('groq: 1 model\n');
    expect(ended.stderr).not.toMatch(/could not be reached|Kept what was known/);
  });

  it('prints nothing but one JSON object on stdout with --json', async () => {
    await using home = await makeHome();
    await using vendor = await startLister();
    vendor.always(listOf('brand-new-1'));
    const ended = await models(home, { ...ALONE, ...groq(vendor) }, '--refresh', '--json', 'brand-new');
    expect(JSON.parse(ended.stdout)).toMatchObject({ text: expect.stringContaining('groq/brand-new-1') });
  });

  it('of two at the same time leaves one whole list behind', async () => {
    await using home = await makeHome();
    await using vendor = await startLister();
    vendor.always(listOf(...Array.from({ length: 2000 }, (_, at) => `brand-new-${at}`)));
    const both = await Promise.all([1, 2].map(() => models(home, groq(vendor), '--refresh', '-n', '1')));
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    const later = await models(home, groq(vendor), 'brand-new', '-n', '1');
    expect(later.stdout).toContain('models 1 to 1 of 2,000');
  });
});

describe.each(ERAS)('a server that starts, %s', { concurrent: true }, (era) => {
  it('asks nobody for anything before a tool does', async () => {
    await using home = await makeHome();
    await using vendor = await startLister();
    await using local = await startLister();
    vendor.always(listOf('brand-new-1'));
    local.always(listOf('llama3.3'));
    const vars = { ...ALONE, ...groq(vendor), OLLAMA_BASE_URL: `${local.url}/v1` };
    await using client = await openLines({ home, vars }, era);
    await client.request('tools/list');
    expect([...vendor.requests, ...local.requests]).toEqual([]);
    // Then it asks this machine, which is free, and no vendor.
    const { text } = await client.call('list_models', { provider: 'ollama' });
    expect(namedIn(text)).toEqual(['ollama/llama3.3']);
    expect(local.requests).toHaveLength(1);
    expect(vendor.requests).toEqual([]);
  });
});
