import type { ReplayRow } from '../replay-row.ts';
import { ANSWER, answerRows, chunk, counted, stream, TOKENS, USAGE } from './chat-rows.ts';

export const VLLM_ANSWERS: readonly ReplayRow[] = answerRows('vLLM', 'vllm', [
  [
    'a last chunk of counts whose choices are null',
    stream(chunk({ reasoning: 'Six sevens.' }), chunk({ content: ANSWER }), { ...counted(TOKENS), choices: null }),
    { text: ANSWER, thinking: 'Six sevens.', stop: 'end', usage: USAGE },
  ],
  [
    'a request that it gave up half-way',
    stream(chunk({ content: 'Six times' }), chunk({}, 'abort')),
    { kind: 'upstream', asks: 3, notes: ['finish_reason: abort'] },
  ],
  [
    'an error in the middle in a form of its own',
    stream(chunk({ content: 'Six' }), { object: 'error', message: 'The engine is dead', type: 'InternalServerError', code: 500 }),
    { kind: 'upstream', asks: 3, notes: ['The engine is dead'] },
  ],
]);
