import type { Recorded, ReplayRow } from '../replay-row.ts';
import { sse } from '../replay-row.ts';
import { ANSWER, answerRows } from './chat-rows.ts';

const COUNTS = { input_tokens: 14, output_tokens: 1 };

const start = (usage: object = COUNTS, model = 'sim-1'): object => ({ type: 'message_start', message: { model, usage } });
const open = (index: number, content_block: object): object => ({ type: 'content_block_start', index, content_block });
const piece = (index: number, delta: object): object => ({ type: 'content_block_delta', index, delta });
const text = (index: number, words: string): object[] => [
  open(index, { type: 'text', text: '' }),
  piece(index, { type: 'text_delta', text: words }),
  { type: 'content_block_stop', index },
];
const end = (stop_reason: string | null, usage: object = { output_tokens: 6 }): object[] => [
  { type: 'message_delta', delta: { stop_reason, stop_sequence: null }, usage },
  { type: 'message_stop' },
];
const stream = (...events: readonly object[]): Recorded => ({ events: sse(...events) });

const found = (content: unknown): object => open(2, { type: 'web_search_tool_result', tool_use_id: 'st_1', content });
const search = open(1, { type: 'server_tool_use', id: 'st_1', name: 'web_search', input: {} });

export const ANTHROPIC_ANSWERS: readonly ReplayRow[] = answerRows('Anthropic', 'anthropic', [
  [
    'pings between its events',
    stream(
      start(),
      open(0, { type: 'text', text: '' }),
      { type: 'ping' },
      piece(0, { type: 'text_delta', text: 'Six times ' }),
      { type: 'ping' },
      piece(0, { type: 'text_delta', text: 'seven is 42.' }),
      ...end('end_turn'),
    ),
    { text: ANSWER, thinking: '', stop: 'end', usage: { input: 14, output: 6 } },
  ],
  [
    'a search between two texts, of which the second is cut by citations',
    stream(
      start(),
      ...text(0, 'I will look that up.'),
      search,
      found([{ type: 'web_search_result', url: 'https://a.example/1', title: 'A' }]),
      ...text(3, 'The answer '),
      open(4, { type: 'text', text: '', citations: [] }),
      piece(4, {
        type: 'citations_delta',
        citation: { type: 'web_search_result_location', url: 'https://a.example/1', title: 'A' },
      }),
      piece(4, { type: 'text_delta', text: 'is 42' }),
      ...text(5, '.'),
      ...end('end_turn', { output_tokens: 30, server_tool_use: { web_search_requests: 1 } }),
    ),
    {
      text: 'I will look that up.\n\nThe answer is 42.',
      sources: ['https://a.example/1'],
      usage: { input: 14, output: 30, searches: 1 },
    },
  ],
  [
    'the same in one body',
    {
      body: {
        type: 'message',
        model: 'sim-1',
        content: [
          { type: 'text', text: 'I will look that up.' },
          { type: 'server_tool_use', id: 'st_1', name: 'web_search', input: {} },
          { type: 'web_search_tool_result', tool_use_id: 'st_1', content: [] },
          { type: 'text', text: 'The answer ' },
          { type: 'text', text: 'is 42.' },
        ],
        stop_reason: 'end_turn',
        usage: { input_tokens: 14, output_tokens: 30 },
      },
    },
    { text: 'I will look that up.\n\nThe answer is 42.', usage: { input: 14, output: 30 } },
  ],
  [
    'a search that failed',
    stream(
      start(),
      search,
      found({ type: 'web_search_tool_result_error', error_code: 'max_uses_exceeded' }),
      ...text(3, ANSWER),
      ...end('end_turn'),
    ),
    { text: ANSWER, notes: ['web_search max_uses_exceeded: a search failed at the provider'] },
  ],
  [
    'a long turn that pauses',
    stream(start(), ...text(0, 'Let me look further.'), ...end('pause_turn')),
    {
      text: 'Let me look further.',
      stop: 'other',
      notes: ['finish_reason pause_turn', 'ask it to go on'],
      never: ['output limit'],
    },
  ],
  [
    'thinking between two texts',
    stream(
      start(),
      ...text(0, 'First this.'),
      open(1, { type: 'thinking', thinking: '' }),
      piece(1, { type: 'thinking_delta', thinking: 'And now?' }),
      piece(1, { type: 'signature_delta', signature: 'x' }),
      ...text(2, 'Then that.'),
      ...end('end_turn'),
    ),
    { text: 'First this.\n\nThen that.', thinking: 'And now?' },
  ],
  [
    'an input of nought at the end',
    stream(
      start({ input_tokens: 1000, output_tokens: 1 }),
      ...text(0, ANSWER),
      ...end('end_turn', { input_tokens: 0, output_tokens: 100 }),
    ),
    { text: ANSWER, usage: { input: 1000, output: 100 } },
  ],
  [
    'what the cache gave and took',
    stream(
      start({ input_tokens: 3, cache_read_input_tokens: 900, cache_creation_input_tokens: 40, output_tokens: 1 }),
      ...text(0, ANSWER),
      ...end('end_turn'),
    ),
    { text: ANSWER, usage: { input: 3, cacheRead: 900, cacheWrite: 40, output: 6 } },
  ],
  [
    'events without their names',
    { events: [start(), ...text(0, ANSWER), ...end('end_turn')].map((event) => `data: ${JSON.stringify(event)}\n\n`).join('') },
    { text: ANSWER, stop: 'end', asks: 1 },
  ],
  ['an end without a reason', stream(start(), ...text(0, ANSWER), ...end(null)), { text: ANSWER, stop: 'end', asks: 1 }],
  [
    'an overload in the middle',
    stream(start(), ...text(0, 'Six'), { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }),
    { kind: 'overloaded', asks: 3, notes: ['Overloaded'] },
  ],
]);
