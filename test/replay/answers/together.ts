import type { ReplayRow } from '../replay-row.ts';
import { ANSWER, answerRows, chunk, stream, TOKENS, USAGE } from './chat-rows.ts';

export const TOGETHER_ANSWERS: readonly ReplayRow[] = answerRows('Together', 'together', [
  [
    'the end token of the model as its reason, and text twice in a choice',
    stream({
      ...chunk({}),
      choices: [{ index: 0, text: ANSWER, delta: { content: ANSWER }, finish_reason: 'eos' }],
      usage: TOKENS,
    }),
    { text: ANSWER, stop: 'end', usage: USAGE },
  ],
  [
    'thinking of which the closing mark alone has come, and then an answer with code',
    stream(chunk({ content: 'So ```js\nf(6)\n' }), chunk({ content: '</think>\n\nUse this:\n```js\nf(7)\n```' }, 'stop')),
    { text: 'Use this:\n```js\nf(7)\n```', thinking: 'So ```js\nf(6)' },
  ],
]);
