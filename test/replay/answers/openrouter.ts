import type { ReplayRow } from '../replay-row.ts';
import { ANSWER, answerRows, chunk, counted, stream, TOKENS, USAGE } from './chat-rows.ts';

const BILL = { ...TOKENS, cost: 0.0002, cost_details: { upstream_inference_cost: null } };

export const OPENROUTER_ANSWERS: readonly ReplayRow[] = answerRows('OpenRouter', 'openrouter', [
  [
    'comments while it waits, and its bill',
    {
      events: `: OPENROUTER PROCESSING\n\n: OPENROUTER PROCESSING\n\n${
        stream(
          chunk({ role: 'assistant', content: '', reasoning: 'Six sevens.' }, null, { provider: 'Somebody' }),
          chunk({ content: ANSWER }),
          chunk({ content: '' }, 'stop', { native_finish_reason: 'STOP' }),
          counted(BILL),
        ).events ?? ''
      }`,
    },
    { text: ANSWER, thinking: 'Six sevens.', usage: { ...USAGE, billed: 200_000 } },
  ],
  [
    'thinking in a list of details only',
    stream(
      chunk({ reasoning_details: [{ type: 'reasoning.summary', summary: 'Six sevens.' }] }),
      chunk({ content: ANSWER }),
      chunk({ reasoning_details: [{ type: 'reasoning.encrypted', data: 'gAAAA' }] }, 'stop'),
    ),
    { text: ANSWER, thinking: 'Six sevens.' },
  ],
  [
    'an image beside the text',
    stream(
      chunk({ content: ANSWER, images: [{ type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } }] }),
      chunk({}, 'stop'),
    ),
    { text: ANSWER, notes: ['answer an image was left out: only text is passed on'] },
  ],
  [
    'an image and nothing else',
    stream(
      chunk({ content: '', images: [{ type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } }] }),
      chunk({}, 'stop'),
    ),
    { kind: 'empty', notes: ['answered with an image and no text'], never: ['max_tokens'] },
  ],
  [
    'an error of the vendor behind it within a choice',
    stream(chunk({ content: 'Six' }), {
      ...chunk({}),
      choices: [
        { index: 0, delta: { content: '' }, finish_reason: 'error', error: { code: 502, message: 'The provider disconnected' } },
      ],
    }),
    { kind: 'upstream', asks: 3, notes: ['The provider disconnected'] },
  ],
  [
    'a model that it chose itself',
    stream(chunk({ content: ANSWER }, 'stop', { model: 'maker/model-7' })),
    { text: ANSWER, notes: ['openrouter/maker/model-7'], never: ['another model'] },
    { model: 'openrouter/auto' },
  ],
]);
