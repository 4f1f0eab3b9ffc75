import type { ReplayRow } from '../replay-row.ts';
import { sse } from '../replay-row.ts';

export const ANTHROPIC_ANSWERS: readonly ReplayRow[] = [
  {
    vendor: 'Anthropic',
    provider: 'anthropic',
    what: 'a stream with pings between its events',
    reply: {
      events: sse(
        { type: 'message_start', message: { model: 'sim-1', usage: { input_tokens: 14, output_tokens: 1 } } },
        { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
        { type: 'ping' },
        { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Forty-' } },
        { type: 'ping' },
        { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'two.' } },
        { type: 'content_block_stop', index: 0 },
        { type: 'message_delta', delta: { stop_reason: 'end_turn', stop_sequence: null }, usage: { output_tokens: 6 } },
        { type: 'message_stop' },
      ),
    },
    expect: { text: 'Forty-two.', thinking: '', stop: 'end', usage: { input: 14, output: 6 } },
  },
];
