import type { ReplayRow } from '../replay-row.ts';
import { ANSWER, answerRows, chunk, counted, stream, TOKENS, USAGE } from './chat-rows.ts';

const HARMONY =
  '<|channel|>analysis<|message|>Six sevens.<|end|><|start|>assistant<|channel|>final<|message|>Six times seven is 42.<|return|>';

export const LLAMACPP_ANSWERS: readonly ReplayRow[] = answerRows('llama.cpp', 'llamacpp', [
  [
    'its timings beside the counts',
    stream(chunk({ content: ANSWER }), chunk({}, 'stop'), { ...counted(TOKENS), timings: { predicted_ms: 80.5 } }),
    { text: ANSWER, usage: USAGE },
  ],
  [
    'the channels of its model in the text',
    stream(...(HARMONY.match(/.{1,9}/g) ?? []).map((content) => chunk({ content })), chunk({}, 'stop')),
    { text: ANSWER, thinking: 'Six sevens.', never: ['<|'] },
  ],
  [
    'channels of which only the words are left',
    stream(chunk({ content: 'analysisSix sevens.assistantfinalSix times seven is 42.' }, 'stop')),
    { text: ANSWER, never: ['assistantfinal'] },
    {},
  ],
]);
