import type { ReplayRow } from '../replay-row.ts';
import { ANSWER, answerRows, chunk, stream, TOKENS } from './chat-rows.ts';

export const MOONSHOT_ANSWERS: readonly ReplayRow[] = answerRows('Moonshot', 'moonshot', [
  [
    'counts within the last choice',
    stream(chunk({ content: ANSWER }), {
      ...chunk({}),
      choices: [{ index: 0, delta: {}, finish_reason: 'stop', usage: { ...TOKENS, cached_tokens: 4 } }],
    }),
    { text: ANSWER, usage: { input: 8, cacheRead: 4, output: 5 } },
  ],
  [
    'marks of its own around the thinking',
    stream(chunk({ content: '◁think▷Six sev' }), chunk({ content: 'ens.◁/think▷Six times seven is 42.' }, 'stop')),
    { text: ANSWER, thinking: 'Six sevens.' },
  ],
]);
