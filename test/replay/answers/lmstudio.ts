import type { ReplayRow } from '../replay-row.ts';
import { ANSWER, answerRows, chunk, stream } from './chat-rows.ts';

export const LMSTUDIO_ANSWERS: readonly ReplayRow[] = answerRows('LM Studio', 'lmstudio', [
  [
    'marks of another kind around the thinking',
    stream(chunk({ content: '[THINK]Six sevens.[/THINK]Six times seven is 42.' }, 'stop')),
    { text: ANSWER, thinking: 'Six sevens.' },
  ],
  ['a stray closing mark at the end', stream(chunk({ content: `${ANSWER}\n</think>` }, 'stop')), { text: ANSWER, thinking: '' }],
  [
    'a mark in code behind backticks that nobody closes',
    stream(chunk({ content: 'Two `` and then `a </think> b` are text.' }, 'stop')),
    { text: 'Two `` and then `a </think> b` are text.', thinking: '' },
  ],
  [
    'a text about marks, in quotes and in code',
    stream(chunk({ content: 'It ends with `</think>`, as in:\n```\n<think>\nHm.\n</think>\n```\nor "</think>".' }, 'stop')),
    { text: 'It ends with `</think>`, as in:\n```\n<think>\nHm.\n</think>\n```\nor "</think>".', thinking: '' },
  ],
]);
