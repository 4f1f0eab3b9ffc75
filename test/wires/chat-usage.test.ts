import { expect, it } from 'vitest';
import { userText } from '../../src/core/chat.ts';
import { WIRE } from '../../src/wires/index.ts';

const CALL = { ask: { messages: [userText('Hi')] }, model: { id: 'm' } };
const usageOf = (raw: Record<string, unknown>) => WIRE['openai-chat'].usageOf(raw, CALL);

it.each([
  [
    'a gateway that passes on what was written, in the details and beside them',
    {
      prompt_tokens: 98_805,
      completion_tokens: 5120,
      prompt_tokens_details: { cached_tokens: 66_360, cache_creation_tokens: 32_435 },
      cache_read_input_tokens: 66_360,
      cache_creation_input_tokens: 32_435,
    },
    { input: 10, cacheRead: 66_360, cacheWrite: 32_435 },
  ],
  [
    'one that has it beside the prompt only',
    { prompt_tokens: 1000, completion_tokens: 5, cache_read_input_tokens: 300, cache_creation_input_tokens: 600 },
    { input: 100, cacheRead: 300, cacheWrite: 600 },
  ],
  [
    'one that counts the prompt without the cache',
    { prompt_tokens: 10, completion_tokens: 5, cache_read_input_tokens: 66_360, cache_creation_input_tokens: 0 },
    { input: 10, cacheRead: 66_360, cacheWrite: 0 },
  ],
  [
    'OpenAI',
    { prompt_tokens: 100, completion_tokens: 5, prompt_tokens_details: { cached_tokens: 40 } },
    { input: 60, cacheRead: 40 },
  ],
])('the cache is parted from the prompt: %s', (_, raw, usage) => {
  expect(usageOf(raw)).toMatchObject(usage);
});

it.each([
  ['server_tool_use', { server_tool_use: { web_search_requests: 2 } }, 2],
  ['server_tool_use_details', { server_tool_use_details: { web_search_requests: 3 } }, 3],
  ['both', { server_tool_use: null, server_tool_use_details: { web_search_requests: 1 } }, 1],
  ['plugins', { plugins: { search: { count: 4 } } }, 4],
  ['none', {}, undefined],
])('searches are counted where they are told: %s', (_, raw, searches) => {
  expect(usageOf({ prompt_tokens: 5, completion_tokens: 5, ...raw }).searches).toBe(searches);
});
