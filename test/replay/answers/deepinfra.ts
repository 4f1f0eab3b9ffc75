import type { ReplayRow } from '../replay-row.ts';
import { ANSWER, answerRows, chunk, stream, TOKENS, USAGE } from './chat-rows.ts';

export const DEEPINFRA_ANSWERS: readonly ReplayRow[] = answerRows('DeepInfra', 'deepinfra', [
  [
    'an estimate of the cost beside the counts',
    stream(chunk({ content: ANSWER }), chunk({}, 'stop', { usage: { ...TOKENS, estimated_cost: 0.0000031 } })),
    { text: ANSWER, usage: USAGE },
  ],
  [
    'thinking that only its closing mark ends',
    stream(
      chunk({ content: 'The user wants six' }),
      chunk({ content: ' sevens.\n</thi' }),
      chunk({ content: `nk>\n\n${ANSWER}` }, 'stop'),
    ),
    { text: ANSWER, thinking: 'The user wants six sevens.', never: ['</think>'] },
  ],
]);
