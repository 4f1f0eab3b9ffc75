import type { ReplayRow } from '../replay-row.ts';

export const AMAZON_ANSWERS: readonly ReplayRow[] = [
  {
    vendor: 'Amazon',
    provider: 'bedrock',
    wire: 'bedrock-converse',
    what: 'thinking, then text, with cache counts',
    reply: {
      frames: [
        { name: 'messageStart', data: { role: 'assistant' } },
        {
          name: 'contentBlockDelta',
          data: { contentBlockIndex: 0, delta: { reasoningContent: { text: 'Six sevens.' } } },
        },
        { name: 'contentBlockStop', data: { contentBlockIndex: 0 } },
        { name: 'contentBlockDelta', data: { contentBlockIndex: 1, delta: { text: 'Forty' } } },
        { name: 'contentBlockDelta', data: { contentBlockIndex: 1, delta: { text: '-two.' } } },
        { name: 'contentBlockStop', data: { contentBlockIndex: 1 } },
        { name: 'messageStop', data: { stopReason: 'end_turn' } },
        {
          name: 'metadata',
          data: {
            usage: {
              inputTokens: 12,
              outputTokens: 9,
              totalTokens: 121,
              cacheReadInputTokens: 100,
              cacheWriteInputTokens: 0,
            },
            metrics: { latencyMs: 410 },
          },
        },
      ],
    },
    expect: {
      text: 'Forty-two.',
      thinking: 'Six sevens.',
      stop: 'end',
      usage: { input: 12, cacheRead: 100, cacheWrite: 0, output: 9 },
    },
  },
];
