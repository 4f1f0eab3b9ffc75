import type { ReplayRow } from '../replay-row.ts';
import { ANSWER, answerRows, chunk, counted, stream, TOKENS, USAGE, whole } from './chat-rows.ts';

export const SAMBANOVA_ANSWERS: readonly ReplayRow[] = answerRows('SambaNova', 'sambanova', [
  [
    'counts with many figures of speed',
    stream(
      chunk({ content: ANSWER }),
      chunk({}, 'stop'),
      counted({ ...TOKENS, time_to_first_token: 0.2, total_latency: 0.4, is_last_response: true }),
    ),
    { text: ANSWER, usage: USAGE },
  ],
  [
    'the tags of reasoning around what the model thought',
    whole({ content: `<reasoning>\nSix sevens.\n</reasoning>\n${ANSWER}` }, 'stop'),
    { text: ANSWER, thinking: 'Six sevens.' },
  ],
]);
