import type { ReplayRow } from '../replay-row.ts';
import { sse } from '../replay-row.ts';
import { ANSWER, answerRows } from './chat-rows.ts';

export const PERPLEXITY_ANSWERS: readonly ReplayRow[] = answerRows('Perplexity', 'perplexity', [
  [
    'its results as an item of the output, and a bill',
    {
      events: sse(
        { type: 'response.created', response: { object: 'response', status: 'in_progress', model: 'sim-1' } },
        { type: 'response.output_text.delta', item_id: 'msg_1', output_index: 1, delta: ANSWER },
        {
          type: 'response.completed',
          response: {
            object: 'response',
            status: 'completed',
            model: 'sim-1',
            output: [
              { type: 'search_results', results: [{ id: 1, url: 'https://a.example/1', title: 'A' }] },
              { type: 'message', id: 'msg_1', role: 'assistant', content: [{ type: 'output_text', text: ANSWER }] },
            ],
            usage: {
              input_tokens: 40,
              output_tokens: 12,
              total_tokens: 52,
              tool_calls_details: { search_web: { invocation: 1 } },
              cost: { currency: 'USD', total_cost: 0.005 },
            },
          },
        },
      ),
    },
    {
      text: ANSWER,
      stop: 'end',
      sources: ['https://a.example/1'],
      usage: { input: 40, output: 12, searches: 1, billed: 5_000_000 },
    },
  ],
]);
