import type { ReplayRow } from '../replay-row.ts';
import { ANSWER, answerRows, chunk, counted, stream, TOKENS, USAGE } from './chat-rows.ts';

export const OLLAMA_ANSWERS: readonly ReplayRow[] = answerRows('Ollama', 'ollama', [
  [
    'thinking in the field that it has for it',
    stream(
      chunk({ role: 'assistant', content: '', reasoning: 'Six sevens.' }),
      chunk({ content: ANSWER }),
      chunk({ content: '' }, 'stop'),
      counted(TOKENS),
    ),
    { text: ANSWER, thinking: 'Six sevens.', usage: USAGE },
    { model: 'sim-1' },
  ],
  [
    'nothing but thinking, ended as if it were an answer',
    stream(chunk({ reasoning: 'The answer is 42.' }), chunk({}, 'stop')),
    { kind: 'empty', notes: ['sent only thinking and no answer'], never: ['max_tokens'] },
  ],
  [
    'the default version in the name of the model',
    stream(chunk({ content: ANSWER }, 'stop', { model: 'llama3.2:latest' })),
    { text: ANSWER, never: ['another model'] },
    { model: 'llama3.2' },
  ],
]);
