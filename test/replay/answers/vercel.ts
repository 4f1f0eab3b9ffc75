import type { ReplayRow } from '../replay-row.ts';
import { ANSWER, answerRows, chunk, counted, stream, TOKENS, USAGE } from './chat-rows.ts';

export const VERCEL_ANSWERS: readonly ReplayRow[] = answerRows('Vercel', 'vercel', [
  [
    'thinking and its details, which say the same',
    stream(
      chunk({ reasoning: 'Six sevens.', reasoning_details: [{ type: 'reasoning.text', text: 'Six sevens.' }] }),
      chunk({ content: ANSWER }, 'stop'),
      counted(TOKENS),
    ),
    { text: ANSWER, thinking: 'Six sevens.', usage: USAGE },
  ],
  [
    'the same model under its own id in another order',
    stream(chunk({ content: ANSWER }, 'stop', { model: 'claude-4.5-sonnet-20250929' })),
    { text: ANSWER, never: ['another model'] },
    { model: 'anthropic/claude-sonnet-4.5' },
  ],
]);
