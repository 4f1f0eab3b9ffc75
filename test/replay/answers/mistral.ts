import type { ReplayRow } from '../replay-row.ts';
import { ANSWER, answerRows, chunk, stream } from './chat-rows.ts';

export const MISTRAL_ANSWERS: readonly ReplayRow[] = answerRows('Mistral', 'mistral', [
  [
    'lists of parts, thinking among them',
    stream(
      chunk({ content: [{ type: 'thinking', thinking: [{ type: 'text', text: 'Six sevens.' }] }] }),
      chunk({ content: [{ type: 'text', text: 'Six times ' }] }),
      chunk({ content: 'seven is 42.' }, 'stop', {
        usage: { prompt_tokens: 997, completion_tokens: 155, total_tokens: 1152, num_cached_tokens: 976 },
      }),
    ),
    { text: ANSWER, thinking: 'Six sevens.', usage: { input: 21, cacheRead: 976, output: 155 } },
  ],
  [
    'a reference within a sentence, which sets nothing apart',
    stream(
      chunk({ content: [{ type: 'text', text: 'Six times seven' }] }),
      chunk({ content: [{ type: 'reference', reference_ids: [1] }] }),
      chunk({ content: [{ type: 'text', text: ' is 42.' }] }, 'stop'),
    ),
    { text: ANSWER },
  ],
  [
    'the limit of the model as its reason',
    stream(chunk({ content: 'Six times' }), chunk({ content: '' }, 'model_length')),
    { text: 'Six times', stop: 'length' },
  ],
]);
