import type { ReplayRow } from '../replay-row.ts';
import { ANSWER, answerRows, chunk, counted, stream, TOKENS } from './chat-rows.ts';

export const QWEN_ANSWERS: readonly ReplayRow[] = answerRows('Qwen', 'qwen', [
  [
    'thinking in a field, and counts in a last chunk',
    stream(
      chunk({ content: null, reasoning_content: 'Six sevens.' }),
      chunk({ content: ANSWER, reasoning_content: null }),
      chunk({ content: '' }, 'stop'),
      counted({ ...TOKENS, completion_tokens_details: { reasoning_tokens: 2 }, prompt_tokens_details: { cached_tokens: 0 } }),
    ),
    { text: ANSWER, thinking: 'Six sevens.', usage: { input: 12, cacheRead: 0, output: 5, thinking: 2 } },
  ],
  [
    'pages of a search beside the choices',
    stream(
      chunk({ content: ANSWER }, 'stop', {
        search_info: { search_results: [{ index: 1, url: 'https://a.example/1', title: 'A' }] },
      }),
    ),
    { text: ANSWER, sources: ['https://a.example/1'] },
  ],
]);
