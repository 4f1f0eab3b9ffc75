import type { ReplayRow } from '../replay-row.ts';
import { sse } from '../replay-row.ts';
import { ANSWER, answerRows } from './chat-rows.ts';

const piece = (parts: readonly object[], rest: object = {}, more: object = {}): object => ({
  candidates: [{ content: { role: 'model', parts }, index: 0, ...rest }],
  modelVersion: 'sim-1',
  ...more,
});

const stream = (...pieces: readonly object[]) => ({ events: sse(...pieces) });

const PAGES = [{ web: { uri: 'https://a.example/1', title: 'A' } }, { web: { uri: 'https://b.example/2', title: 'B' } }];

export const GOOGLE_ANSWERS: readonly ReplayRow[] = answerRows('Google', 'google', [
  [
    'thinking before the text, counted apart',
    stream(
      piece([{ text: 'Six sevens.', thought: true }], {}, { usageMetadata: { promptTokenCount: 8, thoughtsTokenCount: 20 } }),
      piece([{ text: 'Six times ' }]),
      piece(
        [{ text: 'seven is 42.' }],
        { finishReason: 'STOP' },
        {
          usageMetadata: { promptTokenCount: 8, candidatesTokenCount: 7, thoughtsTokenCount: 20, totalTokenCount: 35 },
        },
      ),
    ),
    { text: ANSWER, thinking: 'Six sevens.', stop: 'end', usage: { input: 8, output: 27, thinking: 20 } },
  ],
  [
    'a search, with one of its counts in the last chunk but one',
    stream(
      piece([{ text: ANSWER }], {}, { usageMetadata: { promptTokenCount: 8, candidatesTokenCount: 7, totalTokenCount: 15 } }),
      piece(
        [{ text: '' }],
        { finishReason: 'STOP', groundingMetadata: { webSearchQueries: ['6 times 7'], groundingChunks: PAGES } },
        {
          usageMetadata: { promptTokenCount: 8, toolUsePromptTokenCount: 30, thoughtsTokenCount: 20, totalTokenCount: 65 },
        },
      ),
    ),
    {
      text: ANSWER,
      usage: { input: 38, output: 27, thinking: 20, searches: 1 },
      sources: ['https://a.example/1', 'https://b.example/2'],
    },
  ],
  [
    'code that was run between two texts',
    stream(
      piece([{ text: 'I will reckon.' }]),
      piece([{ executableCode: { language: 'PYTHON', code: 'print(6*7)' } }]),
      piece([{ codeExecutionResult: { outcome: 'OUTCOME_OK', output: '42' } }]),
      piece([{ text: 'It is 42.' }], { finishReason: 'STOP' }),
    ),
    { text: 'I will reckon.\n\nIt is 42.' },
  ],
  [
    'an image and nothing else',
    stream(piece([{ inlineData: { mimeType: 'image/png', data: 'iVBORw0KGgo=' } }], { finishReason: 'STOP' })),
    { kind: 'empty', notes: ['answered with an image and no text'], remedy: 'Ask for text', never: ['max_tokens'] },
  ],
  [
    'a guard of its own that stops the answer',
    stream({ candidates: [{ finishReason: 'MODEL_ARMOR' }], usageMetadata: { promptTokenCount: 8 } }),
    { kind: 'refused', remedy: /reword/i, never: ['max_tokens'] },
  ],
  [
    'a prompt that is blocked without a candidate',
    stream({ promptFeedback: { blockReason: 'PROHIBITED_CONTENT' }, usageMetadata: { promptTokenCount: 8 } }),
    { kind: 'refused' },
  ],
  [
    'half a sentence for a reason that it does not tell',
    stream(piece([{ text: 'Six times' }], { finishReason: 'OTHER' })),
    { text: 'Six times', stop: 'other', notes: ['finish_reason OTHER'] },
  ],
  [
    'half a sentence at its limit',
    stream(piece([{ text: 'Six times' }], { finishReason: 'MAX_TOKENS' })),
    { text: 'Six times', stop: 'length', notes: ['cut off at the output limit'] },
  ],
  [
    'a list of pieces in one body, without a reason at its end',
    { body: [piece([{ text: 'Six times ' }]), piece([{ text: 'seven is 42.' }])] },
    { text: ANSWER, stop: 'end', asks: 1 },
  ],
  [
    'an end mark of another protocol, from a gateway before it',
    { events: sse(piece([{ text: ANSWER }], { finishReason: 'STOP' }), '[DONE]') },
    { text: ANSWER, stop: 'end' },
  ],
]);
