import type { ReplayRow } from '../replay-row.ts';
import { ANSWER, answerRows, TOKENS, USAGE, whole } from './chat-rows.ts';

export const NEBIUS_ANSWERS: readonly ReplayRow[] = answerRows('Nebius', 'nebius', [
  [
    'thinking that only its closing mark ends, on one line',
    whole({ content: `The user wants six sevens. </think> ${ANSWER}` }, 'stop', { usage: TOKENS }),
    { text: ANSWER, thinking: 'The user wants six sevens.', usage: USAGE },
  ],
]);
