import type { ReplayRow } from '../replay-row.ts';
import { ANSWER, answerRows, chunk, stream, TOKENS, USAGE } from './chat-rows.ts';

export const COHERE_ANSWERS: readonly ReplayRow[] = answerRows('Cohere', 'cohere', [
  [
    'the words of its own protocol for the end',
    stream(chunk({ content: 'Six times' }), chunk({}, 'MAX_TOKENS', { usage: TOKENS })),
    { text: 'Six times', stop: 'length', usage: USAGE },
  ],
  [
    'thinking between the marks of its template',
    stream(
      chunk({ content: '<|START_THINKING|>Six sevens.<|END_THINKING|>' }),
      chunk({ content: '<|START_RESPONSE|>Six times seven is 42.<|END_RESPONSE|>' }),
      chunk({}, 'COMPLETE'),
    ),
    { text: ANSWER, thinking: 'Six sevens.', stop: 'end' },
  ],
]);
