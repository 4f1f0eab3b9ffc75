import type { ReplayRow } from '../replay-row.ts';
import { ANSWER, answerRows, chunk, counted, stream, TOKENS, USAGE } from './chat-rows.ts';

export const HUGGINGFACE_ANSWERS: readonly ReplayRow[] = answerRows('Hugging Face', 'huggingface', [
  [
    'the end token of the model as its reason',
    stream(chunk({ content: ANSWER }), chunk({ content: '' }, 'eos_token'), counted(TOKENS)),
    { text: ANSWER, stop: 'end', usage: USAGE },
  ],
  [
    'the id of the model without the vendor behind it',
    stream(chunk({ content: ANSWER }, 'stop', { model: 'org/sim-1' })),
    { text: ANSWER, never: ['another model'] },
    { model: 'org/sim-1:groq' },
  ],
]);
