import type { ReplayRow } from '../replay-row.ts';
import { ANSWER, answerRows, chunk, counted, stream, TOKENS, USAGE } from './chat-rows.ts';

export const AZURE_ANSWERS: readonly ReplayRow[] = answerRows('Azure', 'azure', [
  [
    'a first chunk that tells of its filter and has no choices',
    stream(
      { choices: [], created: 0, id: '', model: '', object: '', prompt_filter_results: [{ prompt_index: 0 }] },
      chunk({ role: 'assistant', content: '' }),
      chunk({ content: ANSWER }),
      chunk({}, 'stop', { content_filter_offsets: { check_offset: 44 } }),
      counted(TOKENS),
    ),
    { text: ANSWER, thinking: '', stop: 'end', usage: USAGE },
  ],
  [
    'an answer that its filter stops half-way',
    stream(chunk({ content: 'Six times' }), chunk({}, 'content_filter')),
    { text: 'Six times', stop: 'refused', notes: ['the model refused'] },
  ],
  [
    'pages of the user’s own data in the context of the message',
    stream(
      chunk({
        role: 'assistant',
        context: { citations: [{ title: 'Tables', url: 'https://data.example/tables', content: '…' }] },
      }),
      chunk({ content: 'It is 42 [doc1].' }, 'stop'),
    ),
    { text: 'It is 42 [doc1].', sources: ['https://data.example/tables'] },
  ],
  [
    'a deployment, whose model has another name',
    stream(chunk({ content: ANSWER }, 'stop', { model: 'gpt-4o-2024-08-06' })),
    { text: ANSWER, never: ['another model'] },
    { model: 'our-deployment' },
  ],
]);
