import { describe, expect, it } from 'vitest';
import { userText } from '../../src/core/chat.ts';
import type { Provider } from '../../src/providers/define.ts';
import { openrouter } from '../../src/providers/openrouter.ts';
import { perplexity } from '../../src/providers/perplexity.ts';
import { xai } from '../../src/providers/xai.ts';
import { WIRE } from '../../src/wires/index.ts';

/** The last event of a stream, with usage as a vendor writes it. */
const LAST: Record<string, (usage: object) => object> = {
  'openai-chat': (usage) => ({ object: 'chat.completion.chunk', choices: [], usage }),
  'openai-responses': (usage) => ({
    type: 'response.completed',
    response: { object: 'response', status: 'completed', error: null, incomplete_details: null, model: 'm', output: [], usage },
  }),
};

function usageOf({ wire, quirks = {} }: Provider, usage: object) {
  const call = { ask: { messages: [userText('Hi')] }, model: { id: 'm' }, quirks };
  const { decode, usageOf: toUsage } = WIRE[wire];
  const counts = decode(LAST[wire]?.(usage), call).find((delta) => delta.counts !== undefined)?.counts;
  return toUsage(counts ?? {}, call);
}

const AGENT = {
  input_tokens: 3100,
  input_tokens_details: { cached_tokens: 3000, cache_read_input_tokens: 3000, cache_creation_input_tokens: 60 },
  output_tokens: 42,
  output_tokens_details: { reasoning_tokens: 12 },
  total_tokens: 3142,
  tool_calls_details: { search_web: { invocation: 2, cost_usd: 0.002 } },
  cost: {
    currency: 'USD',
    input_cost: 0.00004,
    output_cost: 0.00021,
    cache_creation_cost: null,
    cache_read_cost: 0.0003,
    tool_calls_cost: 0.002,
    tool_calls_cost_details: { search_web: 0.002 },
    total_cost: 0.00255,
  },
};

const GROK = {
  input_tokens: 5200,
  input_tokens_details: { cached_tokens: 1200 },
  output_tokens: 900,
  output_tokens_details: { reasoning_tokens: 860 },
  total_tokens: 6100,
  num_sources_used: 0,
  num_server_side_tools_used: 1,
  cost_in_usd_ticks: 37_756_000,
  server_side_tool_usage_details: { web_search_calls: 1, x_search_calls: 0 },
};

const ROUTED = {
  prompt_tokens: 20,
  completion_tokens: 7,
  total_tokens: 27,
  cost: 0.0001,
  is_byok: true,
  cost_details: { upstream_inference_cost: 0.002 },
};

describe('the bill of a vendor', () => {
  it.each([
    [
      'Perplexity’s, in dollars, searches among it',
      perplexity,
      AGENT,
      { input: 40, cacheRead: 3000, cacheWrite: 60, output: 42, thinking: 12, searches: 2, billed: 2_550_000 },
    ],
    ['xAI’s, in ticks', xai, GROK, { input: 4000, cacheRead: 1200, output: 900, thinking: 860, billed: 3_775_600 }],
    ['OpenRouter’s, with that of the vendor behind', openrouter, ROUTED, { input: 20, output: 7, billed: 2_100_000 }],
  ])('is read beside its counts: %s', (_, provider, usage, read) => {
    expect(usageOf(provider, usage)).toEqual(read);
  });

  it.each([
    ['there is none', perplexity, { ...AGENT, cost: null }],
    ['it is in another currency', perplexity, { ...AGENT, cost: { ...AGENT.cost, currency: 'EUR' } }],
    ['it is no number', xai, { ...GROK, cost_in_usd_ticks: 'free' }],
  ])('is unknown where %s', (_, provider, usage) => {
    expect(usageOf(provider, usage)).not.toHaveProperty('billed');
  });
});
