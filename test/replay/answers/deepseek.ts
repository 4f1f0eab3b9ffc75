import type { ReplayRow } from '../replay-row.ts';
import { ANSWER, answerRows, chunk, stream, TOKENS, USAGE, whole } from './chat-rows.ts';

const CACHED = {
  prompt_tokens: 100,
  completion_tokens: 60,
  total_tokens: 160,
  prompt_cache_hit_tokens: 64,
  prompt_cache_miss_tokens: 36,
};

export const DEEPSEEK_ANSWERS: readonly ReplayRow[] = answerRows('DeepSeek', 'deepseek', [
  [
    'thinking in a field, and what the cache gave beside the tokens',
    stream(
      chunk({ role: 'assistant', content: null, reasoning_content: '' }),
      chunk({ content: null, reasoning_content: 'Six sevens.' }),
      chunk({ content: ANSWER, reasoning_content: null }),
      chunk({ content: '' }, 'stop', { usage: { ...CACHED, completion_tokens_details: { reasoning_tokens: 40 } } }),
    ),
    { text: ANSWER, thinking: 'Six sevens.', usage: { input: 36, cacheRead: 64, output: 60, thinking: 40 } },
  ],
  [
    'comments that keep the connection alive while it waits',
    { events: `: keep-alive\n\n: keep-alive\n\ndata: ${JSON.stringify(chunk({ content: ANSWER }, 'stop'))}\n\ndata: [DONE]\n\n` },
    { text: ANSWER, stop: 'end' },
  ],
  [
    'a system that ran out of resources half-way',
    stream(chunk({ content: 'Six times' }), chunk({}, 'insufficient_system_resource')),
    { kind: 'upstream', asks: 3, notes: ['insufficient_system_resource'] },
  ],
  [
    'blank lines before a body that took its time',
    {
      body: `\n\n\n${JSON.stringify(whole({ content: ANSWER, reasoning_content: 'Six sevens.' }, 'stop', { usage: TOKENS }).body)}`,
    },
    { text: ANSWER, thinking: 'Six sevens.', usage: USAGE },
  ],
]);
