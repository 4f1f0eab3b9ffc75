import type { ReplayRow } from '../replay-row.ts';

export const OPENAI_ANSWERS: readonly ReplayRow[] = [
  {
    vendor: 'OpenAI',
    provider: 'openai',
    what: 'a whole response in place of a stream',
    reply: {
      body: {
        id: 'resp_1',
        object: 'response',
        status: 'completed',
        model: 'sim-1',
        output: [
          { type: 'reasoning', summary: [{ type: 'summary_text', text: 'Six sevens.' }] },
          { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Forty-two.', annotations: [] }] },
        ],
        usage: {
          input_tokens: 20,
          input_tokens_details: { cached_tokens: 8 },
          output_tokens: 11,
          output_tokens_details: { reasoning_tokens: 4 },
          total_tokens: 31,
        },
      },
    },
    expect: {
      text: 'Forty-two.',
      thinking: 'Six sevens.',
      stop: 'end',
      usage: { input: 12, cacheRead: 8, output: 11, thinking: 4 },
    },
  },
];
