import { describe, expect, it } from 'vitest';
import { makeHome } from '../support/home.ts';
import { CHAT, type Places, startPlaces } from '../support/places.ts';
import { run } from '../support/process.ts';

/** A server that lists these models and answers for all of them. */
const serving = (ids: readonly string[], root = '/v1'): Promise<Places> =>
  startPlaces({ [`GET ${root}/models`]: [200, { data: ids.map((id) => ({ id })) }], [`POST ${root}/chat/completions`]: CHAT });

/** `switchboard call` with nothing in the environment but these variables. */
async function call(vars: Record<string, string>, ...args: string[]) {
  await using home = await makeHome();
  return run({ home, vars, args: ['call', ...args, 'hi'] });
}

const askedFor = ({ asked }: Places): unknown[] => asked.flatMap(({ body }) => body['model'] ?? []);

describe.concurrent('the first call', () => {
  it('is answered with one key of a vendor', async () => {
    await using vendor = await serving([]);
    const vars = { MOONSHOT_API_KEY: 'sk-moon-1', MOONSHOT_BASE_URL: `${vendor.url}/v1` };
    expect(await call(vars)).toMatchObject({ code: 0, stdout: 'Hello\n' });
    expect(askedFor(vendor)).toEqual([expect.stringMatching(/^kimi-/)]);
  });

  it.each([[[]], [['-m', 'ollama']], [['-m', 'llama3.2']]])(
    'is answered by a server of this machine without a key: %j',
    async (args) => {
      await using ollama = await serving(['llama3.2:latest', 'qwen2.5-coder:7b']);
      expect(await call({ OLLAMA_HOST: ollama.url }, ...args)).toMatchObject({ code: 0, stdout: 'Hello\n' });
      expect(askedFor(ollama)).toEqual(['llama3.2:latest']);
    },
  );

  it('says what to type where only another vendor serves what was named', async () => {
    const vars = { OPENROUTER_API_KEY: 'sk-or-1' };
    const named = { code: 3, stderr: expect.stringContaining('write openrouter/openai/gpt-5') };
    expect(await call(vars, '-m', 'openai/gpt-5')).toMatchObject(named);
    const likely = { code: 3, stderr: expect.stringContaining('try openrouter/deepseek/deepseek-r1:free') };
    expect(await call(vars, '-m', 'deepseek/deepseek-r1:free')).toMatchObject(likely);
  });

  it('names the ids that a vendor lists where none of them is known to be the usual one', async () => {
    await using cohere = await serving(['command-a-03-2025', 'command-r-plus']);
    const vars = { COHERE_API_KEY: 'co-1', COHERE_BASE_URL: `${cohere.url}/compatibility/v1` };
    expect(await call(vars)).toMatchObject({ code: 2, stderr: expect.stringContaining('cohere/command-a-03-2025') });
  });

  it('is answered at the address that Azure’s portal gives, which names the deployment', async () => {
    await using azure = await startPlaces({ 'POST /openai/deployments/gpt-5/chat/completions': CHAT });
    const target = `${azure.url}/openai/deployments/gpt-5/chat/completions?api-version=2025-01-01-preview`;
    expect(await call({ AZURE_OPENAI_API_KEY: 'az-1', AZURE_OPENAI_ENDPOINT: target })).toMatchObject({ code: 0 });
  });

  it('leaves the name of a maker’s model to its maker, whatever listens on a port of this machine', async () => {
    await using local = await serving(['gpt-5']);
    expect(await call({ OLLAMA_HOST: local.url }, '-m', 'gpt-5')).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('OpenAI is not set up'),
    });
    expect(askedFor(local)).toEqual([]);
  });
});
