import { describe, expect, it } from 'vitest';
import { openRing } from '../engine/ring.ts';
import { reporting } from './reporting.ts';

/** As its documentation prints it: https://openrouter.ai/docs/use-cases/usage-accounting */
const OPENROUTER = {
  prompt_tokens: 194,
  completion_tokens: 2,
  total_tokens: 196,
  prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
  completion_tokens_details: { reasoning_tokens: 0 },
};

const GPT = 'openai/gpt-5';

describe('a vendor’s own bill wins over every price list', () => {
  it.each([
    ['OpenRouter’s', { cost: 0.95 }, 950_000_000],
    [
      'OpenRouter’s, which tells what the vendor behind it charged',
      { cost: 0.95, is_byok: false, cost_details: { upstream_inference_cost: 0.95 } },
      950_000_000,
    ],
    [
      'OpenRouter’s for a key of one’s own, whose vendor is paid besides',
      { cost: 0.95, is_byok: true, cost_details: { upstream_inference_cost: 19 } },
      19_950_000_000,
    ],
    [
      'OpenRouter’s for a key of one’s own where the vendor’s part is not told',
      { cost: 0.05, is_byok: true, cost_details: { upstream_inference_cost: null } },
      50_000_000,
    ],
    ['OpenRouter’s with parts of a nano-dollar, rounded up', { cost: 0.000_009_990_5 }, 9991],
  ])('%s', async (_, bill, nanoUsd) => {
    await using ring = await openRing({ names: ['openrouter'] });
    ring.vendors[0]?.next(reporting([{ ...OPENROUTER, ...bill }], GPT));
    const answer = await ring.call('Hi', { model: `openrouter/${GPT}` });
    expect(answer.cost).toEqual({ nanoUsd, from: 'provider' });
    expect(answer.usage).toEqual({ input: 194, cacheRead: 0, output: 2, thinking: 0, billed: nanoUsd });
  });

  it.each([
    ['is a price for a model that says so in its id', 'openai/gpt-5:free', { nanoUsd: 0, from: 'provider' }],
    ['is none for one that has a price', GPT, { nanoUsd: 194 * 1250 + 2 * 10_000, from: 'prices' }],
    [
      'is none for one that nobody knows',
      'somebody/model',
      { nanoUsd: null, why: 'the vendor’s bill is $0, and nothing says that somebody/model is free' },
    ],
  ])('a bill of nothing %s', async (_, model, cost) => {
    await using ring = await openRing({ names: ['openrouter'] });
    ring.vendors[0]?.next(reporting([{ ...OPENROUTER, cost: 0 }], model));
    const answer = await ring.call('Hi', { model: `openrouter/${model}` });
    expect(answer.cost).toEqual(cost);
    const isPriced = answer.cost.nanoUsd !== null && answer.cost.nanoUsd > 0;
    expect(answer.notes.map(({ param, asked }) => `${param} ${asked}`)).toEqual(isPriced ? ['bill of $0'] : []);
  });

  it('xAI’s in ticks, ten thousand million to the dollar', async () => {
    await using ring = await openRing({ names: ['xai'] });
    const raw = {
      input_tokens: 199,
      input_tokens_details: { cached_tokens: 163 },
      output_tokens: 301,
      output_tokens_details: { reasoning_tokens: 300 },
      total_tokens: 500,
      cost_in_usd_ticks: 37_756_000,
    };
    ring.vendors[0]?.next(reporting([raw], 'grok-4'));
    const answer = await ring.call('Hi', { model: 'xai/grok-4' });
    expect(answer.cost).toEqual({ nanoUsd: 3_775_600, from: 'provider' });
    expect(answer.usage).toEqual({ input: 36, cacheRead: 163, output: 301, thinking: 300, billed: 3_775_600 });
  });

  it('and xAI without a bill is priced with its reasoning within the output', async () => {
    await using ring = await openRing({ names: ['xai'] });
    const raw = {
      input_tokens: 100,
      input_tokens_details: { cached_tokens: 40 },
      output_tokens: 40,
      output_tokens_details: { reasoning_tokens: 30 },
      total_tokens: 140,
    };
    ring.vendors[0]?.next(reporting([raw], 'grok-4'));
    const { cost } = await ring.call('Hi', { model: 'xai/grok-4' });
    expect(cost).toEqual({ nanoUsd: 60 * 3000 + 40 * 750 + 40 * 15_000, from: 'prices' });
  });

  it('of a vendor that has no bills is not believed: its field may mean anything', async () => {
    await using ring = await openRing({ names: ['groq'] });
    ring.vendors[0]?.next(reporting([{ prompt_tokens: 10, completion_tokens: 1, cost: 99 }], 'openai/gpt-oss-120b'));
    const { cost } = await ring.call('Hi', { model: 'groq/openai/gpt-oss-120b' });
    expect(cost).toEqual({ nanoUsd: 10 * 150 + 600, from: 'prices' });
  });

  it('holds for what the config says it costs, too', async () => {
    const pricing = { 'openrouter/*': { input_usd_per_mtok: 1, output_usd_per_mtok: 1 } };
    await using ring = await openRing({ names: ['openrouter'], config: { pricing } });
    ring.vendors[0]?.inTurn(reporting([{ ...OPENROUTER, cost: 0.5 }], GPT), reporting([OPENROUTER], GPT));
    expect((await ring.call('Hi', { model: `openrouter/${GPT}` })).cost).toEqual({ nanoUsd: 500_000_000, from: 'provider' });
    expect((await ring.call('Hi', { model: `openrouter/${GPT}` })).cost).toEqual({ nanoUsd: 196_000, from: 'config' });
  });
});

describe('without a bill the price is', () => {
  const RAW = { prompt_tokens: 1000, completion_tokens: 100, total_tokens: 1100 };
  const own = { input_usd_per_mtok: 7, output_usd_per_mtok: 11 };

  it.each([
    ['the config’s, for whatever its pattern meets', 'groq', 'openai/gpt-oss-120b', { 'groq/*': own }, 8_100_000, 'config'],
    ['nothing for what runs on one’s own machine', 'ollama', 'openai/gpt-oss-120b', {}, 0, 'local'],
    ['the config’s for what runs on one’s own machine', 'ollama', 'qwen3', { 'ollama/*': own }, 8_100_000, 'config'],
    ['the price data’s', 'groq', 'openai/gpt-oss-120b', {}, 210_000, 'prices'],
    ['the config’s for an endpoint of one’s own', 'custom-a', 'gpt-5', { 'custom-*/gpt-5': own }, 8_100_000, 'config'],
  ] as const)('%s', async (_, name, model, pricing, nanoUsd, from) => {
    await using ring = await openRing({ names: [name], config: { pricing } });
    ring.vendors[0]?.next(reporting([RAW], model));
    expect((await ring.call('Hi', { model: `${name}/${model}` })).cost).toEqual({ nanoUsd, from });
  });

  it.each(['custom-a/gpt-5', 'litellm/gpt-5', 'litellm/openai/gpt-5', 'openai as openai-chat/sim-of-nobody'])(
    'unknown for %s, and never nothing',
    async (model) => {
      const name = model.split('/')[0] ?? '';
      await using ring = await openRing({ names: [name] });
      ring.vendors[0]?.next(reporting([RAW], 'gpt-5-of-somebody'));
      const { cost } = await ring.call('Hi', { model: model.replace(' as openai-chat', '') });
      expect(cost).toMatchObject({ nanoUsd: null, why: expect.stringContaining('no price is known') });
    },
  );

  it('that of the model which was served, not of the one that was asked for', async () => {
    await using ring = await openRing({ names: ['openai as openai-chat'] });
    ring.vendors[0]?.next(reporting([RAW], 'gpt-5-2025-08-07'));
    expect((await ring.call('Hi', { model: 'openai/gpt-5-mini' })).cost).toEqual({
      nanoUsd: 1000 * 1250 + 100 * 10_000,
      from: 'prices',
    });
  });

  it('the catalogue’s where the price data has none', async () => {
    await using ring = await openRing({ names: ['together'] });
    ring.vendors[0]?.next(reporting([RAW], 'MiniMaxAI/MiniMax-M3'));
    const { cost } = await ring.call('Hi', { model: 'together/MiniMaxAI/MiniMax-M3' });
    expect(cost).toEqual({ nanoUsd: 1000 * 300 + 100 * 1200, from: 'catalog' });
  });

  it('the catalogue’s for the model that was served before the price data’s for another', async () => {
    await using ring = await openRing({ names: ['openai as openai-chat'] });
    ring.vendors[0]?.next(reporting([RAW], 'gpt-5.6-cyber'));
    const { cost } = await ring.call('Hi', { model: 'openai/gpt-5' });
    expect(cost).toEqual({ nanoUsd: 1000 * 12_500 + 100 * 75_000, from: 'catalog' });
  });

  it('that of the model which was asked for, where nobody knows what was served', async () => {
    await using ring = await openRing({ names: ['openai as openai-chat'] });
    ring.vendors[0]?.next(reporting([RAW], 'a-secret-name'));
    expect((await ring.call('Hi', { model: 'openai/gpt-5' })).cost).toEqual({ nanoUsd: 2_250_000, from: 'prices' });
  });
});
