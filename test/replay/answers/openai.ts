import type { ReplayRow } from '../replay-row.ts';
import { sse } from '../replay-row.ts';
import { ANSWER, answerRows, chunk, counted, stream, TOKENS, USAGE } from './chat-rows.ts';

const response = (output: readonly object[], rest: object = {}): object => ({
  id: 'resp_1',
  object: 'response',
  status: 'completed',
  model: 'sim-1',
  error: null,
  incomplete_details: null,
  output,
  ...rest,
});

const message = (text: string, rest: object = {}): object => ({
  type: 'message',
  id: 'msg_1',
  role: 'assistant',
  content: [{ type: 'output_text', text, annotations: [] }],
  ...rest,
});

const delta = (output_index: number, text: string): object => ({
  type: 'response.output_text.delta',
  item_id: `msg_${output_index}`,
  output_index,
  content_index: 0,
  delta: text,
});

const added = (output_index: number, item: object): object => ({ type: 'response.output_item.added', output_index, item });

const completed = (output: readonly object[], rest: object = {}): object => ({
  type: 'response.completed',
  response: response(output, rest),
});

const COUNTS = {
  input_tokens: 20,
  input_tokens_details: { cached_tokens: 8 },
  output_tokens: 11,
  output_tokens_details: { reasoning_tokens: 4 },
  total_tokens: 31,
};

const IN_OUR_TERMS = { input: 12, cacheRead: 8, output: 11, thinking: 4 };

export const OPENAI_ANSWERS: readonly ReplayRow[] = answerRows('OpenAI', 'openai', [
  [
    'a whole response in place of a stream',
    {
      body: response([{ type: 'reasoning', summary: [{ type: 'summary_text', text: 'Six sevens.' }] }, message(ANSWER)], {
        usage: COUNTS,
      }),
    },
    { text: ANSWER, thinking: 'Six sevens.', stop: 'end', usage: IN_OUR_TERMS },
  ],
  [
    'text that stands in the last event only',
    {
      events: sse(
        { type: 'response.created', response: response([], { status: 'in_progress' }) },
        completed([message(ANSWER)], { usage: COUNTS }),
      ),
    },
    { text: ANSWER, stop: 'end', usage: IN_OUR_TERMS, asks: 1 },
  ],
  [
    'text that stands in its finished item only',
    { events: sse({ type: 'response.output_item.done', output_index: 0, item: message(ANSWER) }, completed([])) },
    { text: ANSWER, stop: 'end', asks: 1 },
  ],
  [
    'text that is said in pieces and repeated three times',
    {
      events: sse(
        delta(0, 'Six times '),
        delta(0, 'seven is 42.'),
        { type: 'response.output_text.done', output_index: 0, item_id: 'msg_0', text: ANSWER },
        { type: 'response.output_item.done', output_index: 0, item: message(ANSWER) },
        completed([message(ANSWER)]),
      ),
    },
    { text: ANSWER },
  ],
  [
    'a commentary before the final answer',
    {
      events: sse(
        added(0, { type: 'message', id: 'msg_0', phase: 'commentary', content: [] }),
        delta(0, 'Let me check that first.'),
        added(1, { type: 'web_search_call', id: 'ws_1' }),
        added(2, { type: 'message', id: 'msg_2', phase: 'final_answer', content: [] }),
        delta(2, ANSWER),
        completed([]),
      ),
    },
    { text: ANSWER, never: ['check that first'] },
  ],
  [
    'two messages of which none is said to be the final one',
    { events: sse(delta(0, 'I will look that up.'), added(1, { type: 'web_search_call' }), delta(2, ANSWER), completed([])) },
    { text: `I will look that up.\n\n${ANSWER}` },
  ],
  [
    'marks that point at sources, cut by the pieces',
    {
      events: sse(
        delta(0, 'It is 42 \uE200ci'),
        delta(0, 'te\uE202turn0sea'),
        delta(0, 'rch0\uE201, as \uE200entity\uE202["person","Gauss","mathematician"]\uE201 knew'),
        delta(0, '【4:0†tables.pdf】.'),
        completed([]),
      ),
    },
    { text: 'It is 42, as Gauss knew.' },
  ],
  [
    'a limit that the response met',
    {
      events: sse(delta(0, 'Six times'), {
        type: 'response.incomplete',
        response: response([], { status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } }),
      }),
    },
    { text: 'Six times', stop: 'length' },
  ],
  [
    'a search that failed',
    {
      events: sse(
        delta(1, ANSWER),
        completed([{ type: 'web_search_call', status: 'failed', action: { type: 'search' } }, message(ANSWER)]),
      ),
    },
    { text: ANSWER, notes: ['web_search failed: a search failed at the provider'] },
  ],
  [
    'an image and nothing else',
    { body: response([{ type: 'image_generation_call', status: 'completed', result: 'iVBORw0KGgo=' }]) },
    { kind: 'empty', notes: ['answered with an image and no text'], never: ['max_tokens'] },
  ],
  [
    'a refusal in words',
    {
      body: response([
        { type: 'message', role: 'assistant', content: [{ type: 'refusal', refusal: 'I cannot help with that.' }] },
      ]),
    },
    { text: 'I cannot help with that.', stop: 'refused' },
  ],
  [
    'a chat with counts in a last chunk of their own',
    stream(
      chunk({ role: 'assistant', content: '', refusal: null }),
      chunk({ content: ANSWER }),
      chunk({}, 'stop'),
      counted(TOKENS),
    ),
    { text: ANSWER, stop: 'end', usage: USAGE },
    { wire: 'openai-chat' },
  ],
]);
