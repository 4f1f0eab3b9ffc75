import type { Message, Part, Source, Usage } from '../core/chat.ts';
import { OPENAI } from '../structure/dialects.ts';
import { type Carries, fit } from './fit.ts';
import { connectOpenAI } from './openai-client.ts';
import { PDF, pdfName } from './pdf.ts';
import { arr, defined, type Json, less, num, obj, str } from './read.ts';
import { StreamFault } from './stream-fault.ts';
import type { Call, Delta, Wire } from './wire.ts';

// 16 is the least that the API takes as `max_output_tokens`.
const CARRIES: Carries = { imageUrls: true, pdfs: 'models', search: 'any', schema: OPENAI, maxTemperature: 2, minOutput: 16 };

function part(piece: Part, role: Message['role']): Record<string, unknown> {
  if (piece.type === 'text') return { type: role === 'user' ? 'input_text' : 'output_text', text: piece.text };
  if (piece.type === 'pdf')
    return { type: 'input_file', filename: pdfName(piece), file_data: `data:${PDF};base64,${piece.data}` };
  const url = piece.type === 'image' ? `data:${piece.mediaType};base64,${piece.data}` : piece.url;
  return { type: 'input_image', detail: 'auto', image_url: url };
}

function encode({ ask, model }: Call) {
  const { ask: fitted, effort, notes } = fit(ask, model, CARRIES);
  const reasoning = defined({ effort: effort?.sent, summary: fitted.thinkingSummary ? 'auto' : undefined });
  return {
    notes,
    body: {
      model: model.id,
      ...(fitted.system === undefined ? {} : { instructions: fitted.system }),
      input: fitted.messages.map(({ role, content }) => ({ role, content: content.map((piece) => part(piece, role)) })),
      ...(fitted.maxTokens === undefined ? {} : { max_output_tokens: fitted.maxTokens }),
      ...(fitted.temperature === undefined ? {} : { temperature: fitted.temperature }),
      ...(Object.keys(reasoning).length === 0 ? {} : { reasoning }),
      ...(fitted.webSearch ? { tools: [{ type: 'web_search' }] } : {}),
      ...(fitted.schema === undefined
        ? {}
        : { text: { format: { type: 'json_schema', name: 'answer', strict: true, schema: fitted.schema } } }),
      // Without this OpenAI keeps prompt and answer for 30 days.
      store: false,
      stream: true,
    },
  };
}

/** `input_tokens` includes the cache, `output_tokens` includes thinking. */
function toUsage(raw: unknown): Usage {
  const usage = obj(raw);
  const cacheRead = num(obj(usage['input_tokens_details'])['cached_tokens']);
  const cacheWrite = num(obj(usage['input_tokens_details'])['cache_write_tokens']);
  const thinking = num(obj(usage['output_tokens_details'])['reasoning_tokens']);
  return defined({
    input: less(num(usage['input_tokens']), cacheRead, cacheWrite),
    cacheRead,
    cacheWrite,
    output: num(usage['output_tokens']),
    thinking,
  });
}

function usageOf(response: Json): Usage | undefined {
  const searches = searchesOf(response);
  const usage = response['usage'] ? toUsage(response['usage']) : undefined;
  return searches === undefined ? usage : { ...usage, searches };
}

/** Whether the output holds a refusal rather than an answer. */
const refuses = (response: unknown): boolean =>
  arr(obj(response)['output']).some((item) => arr(obj(item)['content']).some((piece) => obj(piece)['type'] === 'refusal'));

/** A page that the text cites. */
function cited(raw: unknown): Source[] {
  const { type, url, title } = obj(raw);
  const address = type === 'url_citation' ? str(url) : undefined;
  return address === undefined ? [] : [{ url: address, ...defined({ title: str(title) }) }];
}

/** How often it searched, as against opening a page that it found; undefined where it could not. */
function searchesOf(response: unknown): number | undefined {
  const calls = arr(obj(response)['output'])
    .map(obj)
    .filter((item) => item['type'] === 'web_search_call');
  const searches = calls.filter(({ action }) => (str(obj(action)['type']) ?? 'search') === 'search');
  return calls.length === 0 ? undefined : searches.length;
}

/** The end of a response: why it stopped, what it used, who served it. */
function ending(raw: unknown): Delta {
  const response = obj(raw);
  if (response['status'] === 'failed' || response['error']) throw new StreamFault(response['error'] ?? raw);
  const reason = str(obj(response['incomplete_details'])['reason']);
  const stop = reason === 'content_filter' || refuses(raw) ? 'refused' : response['status'] === 'incomplete' ? 'length' : 'end';
  return {
    stop,
    ...defined({ model: str(response['model']), usage: usageOf(response) }),
  };
}

/** The text and the thinking summary of a response that came in one body. */
function whole(response: unknown): Delta {
  const items = arr(obj(response)['output']).map(obj);
  const textOf = (pieces: unknown) =>
    arr(pieces)
      .map((piece) => str(obj(piece)['text']) ?? str(obj(piece)['refusal']) ?? '')
      .join('');
  const said = (type: string, field: string) =>
    items
      .filter((item) => item['type'] === type)
      .map((item) => textOf(item[field]))
      .join('');
  return {
    ...defined({ text: str(said('message', 'content')), thinking: str(said('reasoning', 'summary')) }),
    sources: items.flatMap((item) => arr(item['content']).flatMap((piece) => arr(obj(piece)['annotations']).flatMap(cited))),
    ...ending(response),
  };
}

const EVENTS: Record<string, (event: Record<string, unknown>) => Delta> = {
  'response.output_text.delta': ({ delta }) => defined({ text: str(delta) }),
  'response.output_text.annotation.added': ({ annotation }) => ({ sources: cited(annotation) }),
  'response.refusal.delta': ({ delta }) => ({ refused: true, ...defined({ text: str(delta) }) }),
  'response.reasoning_summary_text.delta': ({ delta }) => defined({ thinking: str(delta) }),
  'response.reasoning_text.delta': ({ delta }) => defined({ thinking: str(delta) }),
  'response.completed': ({ response }) => ending(response),
  'response.incomplete': ({ response }) => ending(response),
  'response.failed': ({ response }) => ending(response),
  error: (event) => {
    throw new StreamFault(event['error'] ?? event);
  },
};

function decode(raw: unknown): Delta {
  const event = obj(raw);
  if (event['object'] === 'response') return whole(event);
  return EVENTS[str(event['type']) ?? '']?.(event) ?? {};
}

/** OpenAI's Responses API. https://platform.openai.com/docs/api-reference/responses */
export const openaiResponses: Wire = {
  id: 'openai-responses',
  wholeEvent: '',
  carries: () => CARRIES,
  encode,
  decode,
  connect: (fetch, site) => connectOpenAI(fetch, site, '/responses'),
};
