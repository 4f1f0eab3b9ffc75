import type { ReplayRow } from '../replay-row.ts';
import { ANSWER, answerRows, chunk, stream } from './chat-rows.ts';

export const LITELLM_ANSWERS: readonly ReplayRow[] = answerRows('LiteLLM', 'litellm', [
  [
    'pages beside the choices, with their titles in another list',
    stream(
      chunk({ content: 'It is 42 [1].' }, null, { citations: ['https://a.example/1', 'https://b.example/2'] }),
      chunk({}, 'stop', { search_results: [{ title: 'A', url: 'https://a.example/1', date: '2026-01-01' }] }),
    ),
    { text: 'It is 42 [1].', sources: ['https://a.example/1', 'https://b.example/2'], notes: ['A: https://a.example/1'] },
  ],
  [
    'the search of a vendor behind it',
    stream(
      chunk({ content: ANSWER }),
      chunk({}, 'stop', {
        vertex_ai_grounding_metadata: [{ groundingChunks: [{ web: { uri: 'https://c.example/3', title: 'C' } }] }],
      }),
    ),
    { text: ANSWER, sources: ['https://c.example/3'] },
  ],
  [
    'thinking in two places at once',
    stream(
      chunk({ reasoning_content: 'Six sevens.', thinking_blocks: [{ type: 'thinking', thinking: 'Six sevens.' }] }),
      chunk({ content: ANSWER }, 'stop'),
    ),
    { text: ANSWER, thinking: 'Six sevens.' },
  ],
]);
