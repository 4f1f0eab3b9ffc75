import type { ReplayRow } from '../replay-row.ts';
import { ANSWER, answerRows, chunk, counted, stream } from './chat-rows.ts';

export const XAI_ANSWERS: readonly ReplayRow[] = answerRows('xAI', 'xai', [
  [
    'thinking counted beside the answer, as the sum tells',
    stream(
      chunk({ content: ANSWER }, 'stop'),
      counted({
        prompt_tokens: 100,
        completion_tokens: 1499,
        total_tokens: 2799,
        completion_tokens_details: { reasoning_tokens: 1200 },
      }),
    ),
    { text: ANSWER, usage: { input: 100, output: 2699, thinking: 1200 } },
    { wire: 'openai-chat' },
  ],
  [
    'pages in the last chunk, and its cards in the text',
    stream(
      chunk({ content: 'It is 42<grok:render card_id="1" type="render_inline_citation">' }),
      chunk({ content: '<argument name="citation_id">0</argument></grok:render>.' }),
      chunk({}, 'stop', { citations: ['https://a.example/1'] }),
    ),
    { text: 'It is 42.', sources: ['https://a.example/1'] },
    { wire: 'openai-chat' },
  ],
]);
