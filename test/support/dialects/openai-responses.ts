import type {
  Response,
  ResponseOutputItem,
  ResponseOutputRefusal,
  ResponseOutputText,
  ResponseReasoningItem,
  ResponseStreamEvent,
  ResponseUsage,
} from 'openai/resources/responses/responses';
import type { Usage } from '../../../src/core/chat.ts';
import { sse } from '../framing.ts';
import type { VendorEvent } from '../framing.ts';
import type { Script } from '../script.ts';
import { sum } from './dialect.ts';
import type { Dialect } from './dialect.ts';
import { openaiTrouble } from './openai-trouble.ts';

type Unnumbered<T> = T extends unknown ? Omit<T, 'sequence_number' | 'response'> & { response?: object } : never;
type Event = Unnumbered<ResponseStreamEvent>;
type Content = ResponseOutputText | ResponseOutputRefusal;

const IDS = { reasoning: 'rs_sim1', message: 'msg_sim1' } as const;

function toUsage(usage: Usage): Partial<ResponseUsage> {
  const input = sum(usage.input, usage.cacheRead, usage.cacheWrite) ?? 0;
  return {
    input_tokens: input,
    ...(usage.cacheRead === undefined && usage.cacheWrite === undefined
      ? {}
      : {
          input_tokens_details: {
            cached_tokens: usage.cacheRead ?? 0,
            cache_write_tokens: usage.cacheWrite ?? 0,
          },
        }),
    output_tokens: usage.output ?? 0,
    ...(usage.thinking === undefined ? {} : { output_tokens_details: { reasoning_tokens: usage.thinking } }),
    total_tokens: input + (usage.output ?? 0),
  };
}

const annotation = ({ url, title }: NonNullable<Script['sources']>[number]) =>
  ({ type: 'url_citation', url, title, start_index: 0, end_index: 3 }) as const;

const content = (script: Script, text: string): Content =>
  script.stop === 'refused'
    ? { type: 'refusal', refusal: text }
    : { type: 'output_text', text, annotations: text === '' ? [] : (script.sources?.map(annotation) ?? []) };

/** One call a search, and one for a page that it opened, which is none. */
const searchItems = ({ usage }: Script): ResponseOutputItem[] =>
  usage?.searches === undefined
    ? []
    : [
        ...Array.from({ length: usage.searches }, (_, nth) => ({ type: 'search' as const, queries: [`query ${nth}`] })),
        { type: 'open_page' as const, url: 'https://example.com/opened' },
      ].map((action, nth) => ({ type: 'web_search_call', id: `ws_sim${nth}`, status: 'completed', action }) as const);

const reasoningItem = (summary: ResponseReasoningItem['summary']): ResponseOutputItem => ({
  id: IDS.reasoning,
  type: 'reasoning',
  summary,
});

const messageItem = (script: Script, said: Content[], done: boolean): ResponseOutputItem => ({
  id: IDS.message,
  type: 'message',
  status: !done ? 'in_progress' : script.stop === 'length' ? 'incomplete' : 'completed',
  role: 'assistant',
  content: said,
});

function response(script: Script, status: NonNullable<Response['status']>, output: ResponseOutputItem[]): object {
  const over = status === 'completed' || status === 'incomplete';
  return {
    id: 'resp_sim1',
    object: 'response',
    created_at: 1_793_491_200,
    status,
    error: null,
    incomplete_details:
      status === 'incomplete' ? { reason: script.stop === 'length' ? 'max_output_tokens' : 'content_filter' } : null,
    instructions: null,
    metadata: {},
    model: script.model,
    output,
    parallel_tool_calls: true,
    temperature: 1,
    text: { format: { type: 'text' } },
    tool_choice: 'auto',
    tools: [],
    top_p: 1,
    usage: over && script.usage !== null ? toUsage(script.usage) : null,
  } satisfies Partial<Record<keyof Response, unknown>>;
}

/** A summary of the reasoning, in one part. */
function reasoning(pieces: readonly string[]): Event[] {
  const at = { item_id: IDS.reasoning, output_index: 0, summary_index: 0 };
  const text = pieces.join('');
  return [
    { type: 'response.output_item.added', output_index: 0, item: reasoningItem([]) },
    {
      type: 'response.reasoning_summary_part.added',
      ...at,
      part: { type: 'summary_text', text: '' },
    },
    ...pieces.map((delta): Event => ({
      type: 'response.reasoning_summary_text.delta',
      ...at,
      delta,
    })),
    { type: 'response.reasoning_summary_text.done', ...at, text },
    { type: 'response.reasoning_summary_part.done', ...at, part: { type: 'summary_text', text } },
    {
      type: 'response.output_item.done',
      output_index: 0,
      item: reasoningItem([{ type: 'summary_text', text }]),
    },
  ];
}

/** The message; what is refused comes as a refusal, which has events of its own. */
function message(script: Script, output_index: number): Event[] {
  const at = { item_id: IDS.message, output_index, content_index: 0 };
  const text = script.text.join('');
  const spoken: Event[] =
    script.stop === 'refused'
      ? [
          ...script.text.map((delta): Event => ({ type: 'response.refusal.delta', ...at, delta })),
          { type: 'response.refusal.done', ...at, refusal: text },
        ]
      : [
          ...script.text.map((delta): Event => ({
            type: 'response.output_text.delta',
            ...at,
            delta,
            logprobs: [],
          })),
          ...(script.sources ?? []).map((source, annotation_index): Event => ({
            type: 'response.output_text.annotation.added',
            ...at,
            annotation_index,
            annotation: annotation(source),
          })),
          { type: 'response.output_text.done', ...at, text, logprobs: [] },
        ];
  return [
    { type: 'response.output_item.added', output_index, item: messageItem(script, [], false) },
    { type: 'response.content_part.added', ...at, part: content(script, '') },
    ...spoken,
    { type: 'response.content_part.done', ...at, part: content(script, text) },
    {
      type: 'response.output_item.done',
      output_index,
      item: messageItem(script, [content(script, text)], true),
    },
  ];
}

function itemsOf(script: Script): ResponseOutputItem[] {
  const { thinking = [], text } = script;
  return [
    ...(thinking.length > 0 ? [reasoningItem([{ type: 'summary_text', text: thinking.join('') }])] : []),
    ...searchItems(script),
    ...(text.length > 0 ? [messageItem(script, [content(script, text.join(''))], true)] : []),
  ];
}

/** What is refused without a word was stopped by the vendor's filter. */
const finalStatus = ({ stop, text }: Script) =>
  stop === 'length' || (stop === 'refused' && text.length === 0) ? 'incomplete' : 'completed';

function events(script: Script): VendorEvent[] {
  const { thinking = [], text } = script;
  const started = response(script, 'in_progress', []);
  const status = finalStatus(script);
  const all: Event[] = [
    { type: 'response.created', response: started },
    { type: 'response.in_progress', response: started },
    ...(thinking.length > 0 ? reasoning(thinking) : []),
    ...(text.length > 0 ? message(script, thinking.length > 0 ? 1 : 0) : []),
    { type: `response.${status}`, response: response(script, status, itemsOf(script)) },
  ];
  return all.map(({ type, ...rest }, index) => ({
    name: type,
    data: { type, sequence_number: index, ...rest },
  }));
}

/** OpenAI's Responses API. */
export const openaiResponses: Dialect = {
  wire: 'openai-responses',
  framing: sse({ contentType: 'text/event-stream; charset=utf-8' }),
  events,
  whole: (script) => response(script, finalStatus(script), itemsOf(script)),
  trouble: openaiTrouble,
  troubleEvent: (trouble) => ({
    name: 'error',
    data: { type: 'error', ...openaiTrouble(trouble), sequence_number: 3 },
  }),
  stranger: {
    name: 'response.weather',
    data: { type: 'response.weather', sequence_number: 2, forecast: 'sunny' },
  },
  complaints: {
    tooLong: {
      status: 400,
      code: 'context_length_exceeded',
      param: 'input',
      message: 'Your input exceeds the context window of this model. Please adjust your input and try again.',
    },
    noCredit: {
      status: 429,
      code: 'insufficient_quota',
      message: 'You exceeded your current quota, please check your plan and billing details.',
    },
  },
};
