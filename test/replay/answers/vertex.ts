import type { ReplayRow } from '../replay-row.ts';
import { sse } from '../replay-row.ts';
import { ANSWER, answerRows } from './chat-rows.ts';

export const VERTEX_ANSWERS: readonly ReplayRow[] = answerRows('Vertex AI', 'vertex', [
  [
    'the kind of traffic beside the counts, and thinking that only the sum tells',
    {
      events: sse(
        { candidates: [{ content: { role: 'model', parts: [{ text: 'Six times ' }] } }], modelVersion: 'sim-1' },
        {
          candidates: [{ content: { role: 'model', parts: [{ text: 'seven is 42.' }] }, finishReason: 'STOP' }],
          usageMetadata: { promptTokenCount: 8, candidatesTokenCount: 7, totalTokenCount: 35, trafficType: 'ON_DEMAND' },
          modelVersion: 'sim-1',
        },
      ),
    },
    { text: ANSWER, stop: 'end', usage: { input: 8, output: 27, thinking: 20 } },
  ],
]);
