import type { ReplayRow } from '../replay-row.ts';
import { ANSWER, answerRows, chunk, counted, stream, TOKENS, USAGE } from './chat-rows.ts';

export const NVIDIA_ANSWERS: readonly ReplayRow[] = answerRows('NVIDIA', 'nvidia', [
  [
    'both names for thinking, each with the same words',
    stream(
      chunk({ reasoning: 'Six sevens.', reasoning_content: 'Six sevens.' }),
      chunk({ content: ANSWER }, 'stop'),
      counted(TOKENS),
    ),
    { text: ANSWER, thinking: 'Six sevens.', usage: USAGE },
  ],
]);
