import { afterEach, describe, expect, it } from 'vitest';
import { loadCatalog } from '../../src/catalog/catalog.ts';
import { parseConfig } from '../../src/config/config.ts';
import { userText } from '../../src/core/chat.ts';
import { createEngine } from '../../src/engine/engine.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { panelOf } from '../../src/engine/models/panel.ts';
import { route } from '../../src/engine/route.ts';
import { openDesk } from '../support/desk.ts';
import { dialects } from '../support/dialects/index.ts';
import { makeHome } from '../support/home.ts';
import { answer } from '../support/reply.ts';
import { startVendor } from '../support/vendor.ts';
import { bearers, only } from './issuer.ts';

/** Credentials as they lie on a developer’s machine for other purposes, and the provider that would take them. */
type LyingAround = { id: string; env: (url: string) => Record<string, string> };

const LYING: readonly LyingAround[] = [
  { id: 'huggingface', env: (url) => ({ HF_TOKEN: 'hf_0123456789', HUGGINGFACE_BASE_URL: `${url}/v1` }) },
  {
    id: 'bedrock',
    env: (url) => ({ AWS_ACCESS_KEY_ID: 'A', AWS_SECRET_ACCESS_KEY: 'S', AWS_REGION: 'us-east-1', BEDROCK_BASE_URL: url }),
  },
  {
    id: 'vertex',
    env: (url) => ({ GOOGLE_APPLICATION_CREDENTIALS: '/x.json', GOOGLE_CLOUD_PROJECT: 'p', VERTEX_BASE_URL: url }),
  },
  { id: 'azure', env: (url) => ({ AZURE_OPENAI_ENDPOINT: url }) },
  {
    id: 'cloudflare',
    env: (url) => ({ CLOUDFLARE_API_TOKEN: 'cf_0123456789', CLOUDFLARE_ACCOUNT_ID: 'a1', CLOUDFLARE_BASE_URL: `${url}/v1` }),
  },
];

let engine: Engine | undefined;
afterEach(() => engine?.close());

const open = (env: Record<string, string>, text = '{ retries: 0 }'): Engine =>
  (engine = createEngine(parseConfig({ env, files: [{ path: 'config.yaml', text, trusted: true }] })));

describe.each(LYING)('the credentials that lie around for $id', ({ id, env }) => {
  it('make it nobody’s default', async () => {
    await using vendor = await startVendor(dialects['openai-chat']);
    await expect(open(env(vendor.url)).resolve(undefined)).rejects.toMatchObject({ kind: 'auth' });
    expect((await open({ ...env(vendor.url), OPENAI_API_KEY: 'sk-1' }).resolve(undefined)).provider).toBe('openai');
  });

  it('send no task to it, and no comparison', async () => {
    await using vendor = await startVendor(dialects['openai-chat']);
    const lone = open(env(vendor.url));
    for (const task of ['code', 'simple', 'vision']) await expect(route(lone, task)).rejects.toMatchObject({ kind: 'auth' });
    expect(await panelOf(lone)).toEqual([]);
    await using desk = await openDesk(env(vendor.url));
    for (const [tool, args] of [
      ['call_model', {}],
      ['compare_models', {}],
      ['route_by_task', { task: 'code' }],
    ] as const)
      expect(await desk.call(tool, { ...args, prompt: 'Hi' })).toMatchObject({ failed: true });
    expect(vendor.requests).toEqual([]);
  });

  it('are not used for the bare name of a model', async () => {
    await using vendor = await startVendor(dialects['openai-chat']);
    vendor.always(answer());
    // One whose id does not begin with the name of a provider.
    const known = (await loadCatalog()).models(id).find(({ id: model }) => !/^(?:openai|anthropic|qwen|deepseek)\//i.test(model));
    const call = open(env(vendor.url)).call({
      ask: { messages: [userText('Hi')] },
      model: known?.id ?? 'sim-1',
      timeoutMs: 3000,
    });
    // Nobody may answer: a bare name is not the consent that naming the provider is.
    await expect(call).rejects.toMatchObject({
      kind: expect.stringMatching(/^(?:auth|config|not_found)$/),
      // Nor were the credentials of the machine looked for.
      message: expect.not.stringMatching(/gave no (?:token|credentials)/),
    });
    expect(vendor.requests).toEqual([]);
  });

  it('make it the default when the config names it', async () => {
    await using vendor = await startVendor(dialects['openai-chat']);
    const named = open(env(vendor.url), JSON.stringify({ providers: { [id]: { default_model: 'sim-1' } } }));
    expect(await named.resolve(undefined)).toMatchObject({ provider: id, model: 'sim-1' });
  });
});

describe('a token that lies around', () => {
  it.each([
    { id: 'huggingface', token: 'hf_0123456789', path: '/v1/chat/completions' },
    { id: 'cloudflare', token: 'cf_0123456789', path: '/v1/chat/completions' },
  ])('serves $id when a call names it', async ({ id, token, path }) => {
    await using vendor = await startVendor(dialects['openai-chat']);
    vendor.always(answer());
    const found = LYING.find((one) => one.id === id)?.env(vendor.url) ?? {};
    const { served } = await open(found).call({ ask: { messages: [userText('Hi')] }, model: `${id}/maker/sim-1` });
    expect(served.provider).toBe(id);
    expect(bearers(vendor)).toEqual([`Bearer ${token}`]);
    expect(only(vendor)).toMatchObject({ path, body: { model: 'maker/sim-1' } });
  });
});

it('does not call models ready that only a machine’s identity could reach', async () => {
  await using home = await makeHome();
  await using desk = await openDesk({ AWS_REGION: 'us-east-1', HOME: home.path });
  const { text } = await desk.call('list_models', { available_only: true, limit: 1 });
  expect(text).toMatch(/^No model can be called yet/);
});
