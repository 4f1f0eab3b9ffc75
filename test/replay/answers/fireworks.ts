import type { ReplayRow } from '../replay-row.ts';
import { ANSWER, answerRows, chunk, stream, TOKENS } from './chat-rows.ts';

export const FIREWORKS_ANSWERS: readonly ReplayRow[] = answerRows('Fireworks', 'fireworks', [
  [
    'counts with the last chunk',
    stream(chunk({ content: ANSWER }, 'stop', { usage: { ...TOKENS, prompt_tokens_details: { cached_tokens: 4 } } })),
    { text: ANSWER, usage: { input: 8, cacheRead: 4, output: 5 } },
  ],
  [
    'the marks of its model in the text',
    stream(chunk({ content: '<think>Six ' }), chunk({ content: 'sevens.</think>\n\nSix times seven is 42.' }, 'stop')),
    { text: ANSWER, thinking: 'Six sevens.' },
    { model: 'accounts/fireworks/models/sim-1' },
  ],
]);
