import type { VendorEvent } from '../../support/framing.ts';
import type { Recorded, ReplayRow } from '../replay-row.ts';
import { ANSWER, answerRows } from './chat-rows.ts';

const piece = (contentBlockIndex: number, delta: object): VendorEvent => ({
  name: 'contentBlockDelta',
  data: { contentBlockIndex, delta },
});
const begun = (contentBlockIndex: number, start: object): VendorEvent => ({
  name: 'contentBlockStart',
  data: { contentBlockIndex, start },
});
const closed = (contentBlockIndex: number): VendorEvent => ({ name: 'contentBlockStop', data: { contentBlockIndex } });
const end = (stopReason: string, usage: object = { inputTokens: 12, outputTokens: 5, totalTokens: 17 }): VendorEvent[] => [
  { name: 'messageStop', data: { stopReason } },
  { name: 'metadata', data: { usage, metrics: { latencyMs: 410 } } },
];
const stream = (...events: readonly VendorEvent[]): Recorded => ({
  frames: [{ name: 'messageStart', data: { role: 'assistant' } }, ...events],
});

const CONVERSE = { wire: 'bedrock-converse' } as const;

export const AMAZON_ANSWERS: readonly ReplayRow[] = answerRows('Amazon', 'bedrock', [
  [
    'thinking, then text, with cache counts',
    stream(
      piece(0, { reasoningContent: { text: 'Six sevens.' } }),
      closed(0),
      piece(1, { text: 'Six times ' }),
      piece(1, { text: 'seven is 42.' }),
      closed(1),
      ...end('end_turn', {
        inputTokens: 12,
        outputTokens: 9,
        totalTokens: 121,
        cacheReadInputTokens: 100,
        cacheWriteInputTokens: 0,
      }),
    ),
    {
      text: ANSWER,
      thinking: 'Six sevens.',
      stop: 'end',
      usage: { input: 12, cacheRead: 100, cacheWrite: 0, output: 9 },
    },
    CONVERSE,
  ],
  [
    'the marks of a model behind it in the text',
    stream(piece(0, { text: '<think>Six sevens.</think>' }), piece(0, { text: ANSWER }), closed(0), ...end('end_turn')),
    { text: ANSWER, thinking: 'Six sevens.', usage: { input: 12, output: 5 } },
    CONVERSE,
  ],
  [
    'a guardrail that stepped in',
    stream(piece(0, { text: 'Sorry, not that.' }), closed(0), ...end('guardrail_intervened')),
    { text: 'Sorry, not that.', stop: 'refused' },
    CONVERSE,
  ],
  [
    'a call of a tool between two texts',
    stream(
      piece(0, { text: 'I will look.' }),
      begun(1, { toolUse: { toolUseId: 't1', name: 'f' } }),
      closed(1),
      piece(2, { text: 'It is 42.' }),
      ...end('end_turn'),
    ),
    { text: 'I will look.\n\nIt is 42.', notes: ['answer a tool call was left out'] },
    CONVERSE,
  ],
]);
