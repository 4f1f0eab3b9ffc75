import type { ReplayRow } from '../replay-row.ts';
import { ANSWER, answerRows, chunk, stream, TOKENS, USAGE, whole } from './chat-rows.ts';

export const CEREBRAS_ANSWERS: readonly ReplayRow[] = answerRows('Cerebras', 'cerebras', [
  [
    'thinking in a field and the time beside the counts',
    stream(
      chunk({ reasoning: 'Six sevens.' }),
      chunk({ content: ANSWER }),
      chunk({}, 'stop', { usage: TOKENS, time_info: { total_time: 0.02 } }),
    ),
    { text: ANSWER, thinking: 'Six sevens.', usage: USAGE },
  ],
  [
    'a whole body although a stream was asked for',
    whole({ content: ANSWER }, 'length', { usage: TOKENS }),
    { text: ANSWER, stop: 'length', usage: USAGE, notes: ['cut off at the output limit'] },
  ],
]);
