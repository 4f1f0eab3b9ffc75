import { countTokens } from 'gpt-tokenizer/encoding/o200k_base';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listOf, namedIn, openShelf, startLister } from '../engine/shelf.ts';
import type { Shelf } from '../engine/shelf.ts';
import { json } from '../support/reply.ts';
import type { Vendor } from '../support/vendor.ts';

const MAKERS = ['meta-llama', 'qwen', 'mistralai', 'deepseek', 'nousresearch', 'thedrummer'];

/** 3,000 models as OpenRouter describes them, and each other one with a long name. */
const data = Array.from({ length: 3000 }, (_, at) => ({
  id: `${MAKERS[at % MAKERS.length]}/some-model-${at}-instruct${at % 2 === 0 ? '-distill-preview-0731-thinking' : ''}`,
  name: `Some Model ${at}`,
  context_length: 131_072,
  architecture: { input_modalities: ['text', 'image', 'file', 'audio', 'video'] },
  pricing: { prompt: '0.00000035', completion: '0.0000014' },
  top_provider: { max_completion_tokens: 32_768 },
}));

let openRouter: Vendor;
let shelf: Shelf;

beforeAll(async () => {
  openRouter = await startLister();
  openRouter.always(json(200, { data }));
  shelf = openShelf({ env: { OPENROUTER_API_KEY: 'k', OPENROUTER_BASE_URL: `${openRouter.url}/api/v1` } });
  await shelf.engine.lists.refresh();
});
afterAll(async () => {
  await shelf[Symbol.asyncDispose]();
  await openRouter.close();
});

describe('list_models, with 3,000 models listed', () => {
  it('stays under 1,500 tokens a page, whatever is asked of it', async () => {
    for (const args of [
      {},
      { available_only: true },
      { offset: 2000 },
      { provider: 'openrouter' },
      { query: 'instruct' },
      { task: 'code' },
    ])
      expect(countTokens(await shelf.list(args))).toBeLessThan(1500);
  });

  it('shows every model once, page by page, and says where the next page begins', async () => {
    const seen: string[] = [];
    let offset: number | undefined = 0;
    for (let page = 0; offset !== undefined && page < 50; page += 1) {
      const text = await shelf.list({ provider: 'openrouter', limit: 200, offset });
      seen.push(...namedIn(text));
      const next: string | undefined = /more: offset (\d+)\./.exec(text)?.[1];
      offset = next === undefined ? undefined : Number(next);
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toEqual(expect.arrayContaining(data.map(({ id }) => `openrouter/${id}`)));
    expect(await shelf.list({ provider: 'openrouter', limit: 1 })).toContain(`of ${seen.length.toLocaleString('en-US')}`);
  });

  it('shows what can be called before what cannot, on every page', async () => {
    const lines: string[] = [];
    for (let offset = 0; offset < 5000; offset += 200) {
      const text = await shelf.list({ limit: 200, offset });
      lines.push(...text.split('\n').filter((line) => line.startsWith('- ')));
    }
    const ready = lines.map((line) => line.endsWith(` · ready at ${openRouter.url}/api/v1`));
    expect(ready.lastIndexOf(true)).toBe(ready.filter(Boolean).length - 1);
    expect(ready.filter(Boolean).length).toBeGreaterThanOrEqual(3000);
  });

  it.each([
    { query: 'QWEN some-model-7-', names: ['openrouter/qwen/some-model-7-instruct'] },
    { query: 'model-2999  thedrummer', names: ['openrouter/thedrummer/some-model-2999-instruct'] },
    { query: 'Some Model 2998', names: ['openrouter/nousresearch/some-model-2998-instruct-distill-preview-0731-thinking'] },
    { query: 'nothing-like-this', names: [] },
  ])('finds by the words of an id or a name, in any case and order: $query', async ({ query, names }) => {
    expect(namedIn(await shelf.list({ query, provider: 'openrouter' }))).toEqual(names);
  });

  it('has an end', async () => {
    const text = await shelf.list({ provider: 'openrouter', offset: 99_999 });
    expect(namedIn(text)).toEqual([]);
    expect(text).not.toMatch(/more: offset|-\d+ models/);
  });

  it('resolves a name among them', async () => {
    expect(await shelf.engine.resolve('thedrummer/some-model-2999-instruct')).toMatchObject({ provider: 'openrouter' });
    await expect(shelf.engine.resolve('some-modle-2999')).rejects.toMatchObject({ kind: 'not_found' });
  });
});

describe('a list of one page that leaves out what the catalogue prefers', () => {
  it('leaves the provider’s name with a meaning', async () => {
    await using vendor = await startLister();
    vendor.always(listOf('mistral-large-4'));
    await using small = openShelf({ env: { MISTRAL_API_KEY: 'k', MISTRAL_BASE_URL: `${vendor.url}/v1` } });
    expect(await small.engine.resolve('mistral')).toMatchObject({ model: 'mistral-large-4' });
    vendor.always(listOf('mistral-brand-new'));
    await small.engine.lists.refresh();
    expect(await small.engine.resolve('mistral')).toMatchObject({ provider: 'mistral' });
    expect(await small.engine.resolve(undefined)).toMatchObject({ provider: 'mistral' });
  });

  it('shows what is listed as ready and nothing else, and still calls what the user names', async () => {
    await using vendor = await startLister();
    vendor.always(listOf('mistral-large-4'));
    const aliases = { old: 'mistral/mistral-medium-4' };
    await using small = openShelf({ env: { MISTRAL_API_KEY: 'k', MISTRAL_BASE_URL: `${vendor.url}/v1` }, config: { aliases } });
    expect(namedIn(await small.list({ provider: 'mistral' })).length).toBeGreaterThan(1);
    await small.engine.lists.refresh();
    expect(namedIn(await small.list({ provider: 'mistral' }))).toEqual(['mistral/mistral-large-4']);
    expect(await small.engine.resolve('old')).toMatchObject({ provider: 'mistral', model: 'mistral-medium-4' });
  });

  it('takes a dated release for the model that the catalogue means', async () => {
    await using vendor = await startLister();
    const ids = ['claude-opus-5-5-20260801', 'claude-sonnet-5-5-20260901', 'claude-haiku-5-5-20260901'];
    vendor.always(json(200, { data: ids.map((id) => ({ id, type: 'model', display_name: id })), has_more: false }));
    await using dated = openShelf({ env: { ANTHROPIC_API_KEY: 'k', ANTHROPIC_BASE_URL: `${vendor.url}/v1` } });
    await dated.engine.lists.refresh();
    expect(await dated.engine.resolve('anthropic')).toMatchObject({ model: expect.stringMatching(/^claude-sonnet-5-5/) });
    expect(await dated.engine.resolve(undefined)).toMatchObject({ model: expect.stringMatching(/^claude-opus-5-5/) });
  });
});
