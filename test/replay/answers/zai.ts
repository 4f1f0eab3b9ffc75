import type { ReplayRow } from '../replay-row.ts';
import { ANSWER, answerRows, chunk, stream, TOKENS, USAGE } from './chat-rows.ts';

export const ZAI_ANSWERS: readonly ReplayRow[] = answerRows('Z.ai', 'zai', [
  [
    'pages beside the choices',
    stream(chunk({ content: ANSWER }, 'stop', { usage: TOKENS, web_search: [{ link: 'https://a.example/1', title: 'A' }] })),
    { text: ANSWER, usage: USAGE, sources: ['https://a.example/1'] },
  ],
  [
    'an answer that its filter stops',
    stream(chunk({ content: 'Six times' }), chunk({}, 'sensitive')),
    { text: 'Six times', stop: 'refused' },
  ],
  [
    'a network of its own that broke',
    stream(chunk({ content: 'Six times' }), chunk({}, 'network_error')),
    { kind: 'upstream', asks: 3, notes: ['network_error'] },
  ],
]);
