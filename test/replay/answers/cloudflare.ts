import type { ReplayRow } from '../replay-row.ts';
import { ANSWER, answerRows, chunk, stream, TOKENS, USAGE, whole } from './chat-rows.ts';

export const CLOUDFLARE_ANSWERS: readonly ReplayRow[] = answerRows('Cloudflare', 'cloudflare', [
  [
    'an answer in the wrapper of its general API',
    { body: { result: whole({ content: ANSWER }, 'stop', { usage: TOKENS }).body, success: true, errors: [], messages: [] } },
    { text: ANSWER, stop: 'end', usage: USAGE },
  ],
  [
    'an end without a reason',
    stream(chunk({ content: 'Six times ' }), chunk({ content: 'seven is 42.' }), chunk({}, null)),
    { text: ANSWER, stop: 'end', asks: 1 },
  ],
]);
