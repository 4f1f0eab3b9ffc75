import type { ReplayRow } from '../replay-row.ts';
import { ANSWER, answerRows, chunk, counted, stream, TOKENS, USAGE } from './chat-rows.ts';

export const GROQ_ANSWERS: readonly ReplayRow[] = answerRows('Groq', 'groq', [
  [
    'its own field beside the counts',
    stream(
      chunk({ role: 'assistant', content: '' }, null, { x_groq: { id: 'req_1' } }),
      chunk({ reasoning: 'Six sevens.' }),
      chunk({ content: ANSWER }),
      chunk({}, 'stop', { x_groq: { id: 'req_1', usage: TOKENS } }),
      counted({ ...TOKENS, queue_time: 0.01, completion_tokens_details: { reasoning_tokens: 3 } }),
    ),
    { text: ANSWER, thinking: 'Six sevens.', usage: { ...USAGE, thinking: 3 } },
  ],
  [
    'a search that it ran itself',
    stream(
      chunk({
        executed_tools: [
          { index: 0, type: 'browser.search', search_results: { results: [{ title: 'A', url: 'https://a.example/1' }] } },
        ],
      }),
      chunk({ content: 'It is 42【1†L3-L9】.' }, 'stop'),
    ),
    { text: 'It is 42.', sources: ['https://a.example/1'] },
  ],
  [
    'a tool that could not be used, told in the middle with a status of its own',
    stream(chunk({ content: 'Six' }), {
      error: { message: 'Failed to call a function.', type: 'invalid_request_error', code: 'tool_use_failed', status_code: 400 },
    }),
    { asks: 1, kind: 'bad_request', notes: ['Failed to call a function.'] },
  ],
]);
