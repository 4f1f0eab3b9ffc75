import type { ReplayRow } from '../replay-row.ts';
import { ANSWER, answerRows, chunk, stream, TOKENS, USAGE, whole } from './chat-rows.ts';

export const MINIMAX_ANSWERS: readonly ReplayRow[] = answerRows('MiniMax', 'minimax', [
  [
    'its verdict beside each chunk, and the whole message in the last',
    stream(
      chunk({ content: '<think>\nSix sevens.\n</think>\n\n' }, null, { base_resp: { status_code: 0, status_msg: '' } }),
      chunk({ content: ANSWER }),
      {
        ...chunk({}),
        object: 'chat.completion',
        choices: [
          {
            index: 0,
            message: { role: 'assistant', content: `<think>\nSix sevens.\n</think>\n\n${ANSWER}` },
            finish_reason: 'stop',
          },
        ],
        usage: { ...TOKENS, total_characters: 0 },
        base_resp: { status_code: 0, status_msg: '' },
      },
    ),
    { text: ANSWER, thinking: 'Six sevens.', stop: 'end', usage: USAGE },
  ],
  [
    'thinking between two texts',
    stream(chunk({ content: 'First this.' }), chunk({ reasoning_content: 'And now?' }), chunk({ content: 'Then that.' }, 'stop')),
    { text: 'First this.\n\nThen that.', thinking: 'And now?' },
  ],
]);
