import type { Message, Part, Source, Usage } from '../core/chat.ts';
import { defined } from '../core/defined.ts';
import { OPENAI } from '../structure/dialects.ts';
import { billOf } from './bill.ts';
import { flatBody } from './body.ts';
import { type Carries, fit, type Fitted } from './fit.ts';
import { connectOpenAI } from './openai-client.ts';
import { PDF, pdfName } from './pdf.ts';
import { arr, type Json, less, tokens, obj, str } from './read.ts';
import { rewritten, WORDS_REWRITTEN } from './rewritten.ts';
import { StreamFault } from './stream-fault.ts';
import { boundUnasked } from './thinking-budget.ts';
import type { Call, Delta, Quirks, Wire } from './wire.ts';

type Field = Record<string, unknown>;

// 16 is the least that the API takes as `max_output_tokens`.
const carries = ({ pdf }: Quirks): Carries => ({
  imageUrls: true,
  pdfs: pdf === 'unsupported' ? 'none' : 'models',
  search: 'any',
  schema: OPENAI,
  maxTemperature: 2,
  minOutput: 16,
});

function part(piece: Part): Field {
  if (piece.type === 'text') return { type: 'input_text', text: piece.text };
  if (piece.type === 'pdf')
    return { type: 'input_file', filename: pdfName(piece), file_data: `data:${PDF};base64,${piece.data}` };
  const url = piece.type === 'image' ? `data:${piece.mediaType};base64,${piece.data}` : piece.url;
  return { type: 'input_image', image_url: url };
}

/** What the model said itself goes back as a string: in parts it is the output of a response that some vendors want to know by its id. */
const turn = ({ role, content }: Message): Field => ({
  role,
  content:
    role === 'user' ? content.map(part) : content.flatMap((piece) => (piece.type === 'text' ? [piece.text] : [])).join('\n\n'),
});

/** Where a schema goes. */
const FORMAT: Record<NonNullable<Quirks['schemaField']>, (schema: unknown) => Field> = {
  'text.format': (schema) => ({ text: { format: { type: 'json_schema', name: 'answer', strict: true, schema } } }),
  response_format: (schema) => ({ response_format: { type: 'json_schema', json_schema: { name: 'answer', schema } } }),
};

/** Who answers: a model, or a set-up of the vendor's that chooses one. */
function chosen(id: string, own: Quirks['own']): Field {
  if (own === undefined || id.includes('/')) return { model: id };
  return own.presets.includes(id) ? { preset: id } : { model: `${own.prefix}${id}` };
}

function reasoning({ ask, effort, notes }: Fitted, { summaries }: Quirks): Field {
  const summary = ask.thinkingSummary && summaries !== 'unsupported' ? 'auto' : undefined;
  if (ask.thinkingSummary && summary === undefined)
    notes.push({ param: 'thinking_summary', asked: 'true', sent: null, why: 'this vendor has no such parameter' });
  const said = defined({ effort: effort?.sent, summary });
  return Object.keys(said).length === 0 ? {} : { reasoning: said };
}

function encode({ ask, model, quirks = {} }: Call) {
  const fitting = fit(ask, model, carries(quirks));
  const { ask: fitted, notes } = fitting;
  const bound = quirks.boundFor !== undefined && model.id.startsWith(quirks.boundFor) ? boundUnasked(model) : undefined;
  const maxTokens = fitted.maxTokens ?? bound;
  return {
    notes,
    body: rewritten(ask, {
      ...chosen(model.id, quirks.own),
      ...(fitted.system === undefined ? {} : { instructions: fitted.system }),
      input: fitted.messages.map(turn),
      ...(maxTokens === undefined ? {} : { max_output_tokens: maxTokens }),
      ...(fitted.temperature === undefined ? {} : { temperature: fitted.temperature }),
      ...reasoning(fitting, quirks),
      ...(fitted.webSearch ? { tools: [{ type: 'web_search' }] } : {}),
      ...(fitted.schema === undefined ? {} : FORMAT[quirks.schemaField ?? 'text.format'](fitted.schema)),
      // Without this OpenAI keeps prompt and answer for 30 days.
      store: false,
      stream: true,
    }),
  };
}

/** `input_tokens` includes the cache, `output_tokens` includes thinking. */
function toUsage(raw: unknown, { bill }: Quirks): Usage {
  const usage = obj(raw);
  const details = obj(usage['input_tokens_details']);
  const cacheRead = tokens(details['cached_tokens']) ?? tokens(details['cache_read_input_tokens']);
  const cacheWrite = tokens(details['cache_write_tokens']) ?? tokens(details['cache_creation_input_tokens']);
  const thinking = tokens(obj(usage['output_tokens_details'])['reasoning_tokens']);
  return defined({
    input: less(tokens(usage['input_tokens']), cacheRead, cacheWrite),
    cacheRead,
    cacheWrite,
    output: tokens(usage['output_tokens']),
    thinking,
    billed: bill === undefined ? undefined : billOf(usage, bill),
  });
}

function usageOf(response: Json, quirks: Quirks): Usage | undefined {
  const searches = searchesOf(response);
  const usage = response['usage'] ? toUsage(response['usage'], quirks) : undefined;
  return searches === undefined ? usage : { ...usage, searches };
}

/** Whether the output holds a refusal rather than an answer. */
const refuses = (response: unknown): boolean =>
  arr(obj(response)['output']).some((item) => arr(obj(item)['content']).some((piece) => obj(piece)['type'] === 'refusal'));

function page(raw: unknown): Source[] {
  const { url, title } = obj(raw);
  const address = str(url);
  return address === undefined ? [] : [{ url: address, ...defined({ title: str(title) }) }];
}

/** A page that the text cites. */
const cited = (raw: unknown): Source[] => (obj(raw)['type'] === 'url_citation' ? page(raw) : []);

/** The pages that an answer rests on: those that its text cites, or what was found, where the vendor tells that. */
const sourcesOf = (response: Json): Source[] =>
  arr(response['output'])
    .map(obj)
    .flatMap(({ type, results, content }) =>
      type === 'search_results'
        ? arr(results).flatMap(page)
        : arr(content).flatMap((piece) => arr(obj(piece)['annotations']).flatMap(cited)),
    );

/** How often it searched, as against opening a page that it found; undefined where it could not. */
function searchesOf(response: Json): number | undefined {
  const calls = arr(response['output'])
    .map(obj)
    .filter(({ type }) => type === 'web_search_call');
  const searches = calls.filter(({ action }) => (str(obj(action)['type']) ?? 'search') === 'search');
  const counted = obj(obj(obj(response['usage'])['tool_calls_details'])['search_web']);
  return calls.length === 0 ? tokens(counted['invocation']) : searches.length;
}

/** The states of a response that is none. */
const FAILED: ReadonlySet<unknown> = new Set(['failed', 'cancelled']);

/** The end of a response: why it stopped, what it rests on, what it used, who served it. */
function ending(raw: unknown, quirks: Quirks): Delta {
  const response = obj(raw);
  if (FAILED.has(response['status']) || response['error'])
    throw new StreamFault(response['error'] ?? raw, usageOf(response, quirks));
  const reason = str(obj(response['incomplete_details'])['reason']);
  const stop = reason === 'content_filter' || refuses(raw) ? 'refused' : response['status'] === 'incomplete' ? 'length' : 'end';
  return {
    stop,
    sources: sourcesOf(response),
    ...defined({ model: str(response['model']), usage: usageOf(response, quirks) }),
  };
}

/** The text and the thinking summary of a response that came in one body. */
function whole(response: Json, quirks: Quirks): Delta {
  const items = arr(response['output']).map(obj);
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
    ...ending(response, quirks),
  };
}

// The events that repeat a text when it is done are left alone.
const EVENTS: Record<string, (event: Json, quirks: Quirks) => Delta> = {
  'response.output_text.delta': ({ delta }) => defined({ text: str(delta) }),
  'response.output_text.annotation.added': ({ annotation }) => ({ sources: cited(annotation) }),
  'response.refusal.delta': ({ delta }) => ({ refused: true, ...defined({ text: str(delta) }) }),
  'response.reasoning_summary_text.delta': ({ delta }) => defined({ thinking: str(delta) }),
  'response.reasoning_text.delta': ({ delta }) => defined({ thinking: str(delta) }),
  'response.completed': ({ response }, quirks) => ending(response, quirks),
  'response.incomplete': ({ response }, quirks) => ending(response, quirks),
  'response.failed': ({ response }, quirks) => ending(response, quirks),
  'response.cancelled': ({ response }, quirks) => ending(response, quirks),
  error: (event) => {
    throw new StreamFault(event['error'] ?? event);
  },
};

function decode(raw: unknown, { quirks = {} }: Call): Delta {
  const event = obj(raw);
  if (event['object'] === 'response') return whole(event, quirks);
  return EVENTS[str(event['type']) ?? '']?.(event, quirks) ?? {};
}

/** OpenAI's Responses API. https://platform.openai.com/docs/api-reference/responses */
export const openaiResponses: Wire = {
  id: 'openai-responses',
  wholeEvent: '',
  carries,
  encode,
  decode,
  rewrites: [...WORDS_REWRITTEN, 'unstreamed', 'unstored'],
  ...flatBody(['max_output_tokens'], ['input', 'instructions']),
  connect: (fetch, site) => connectOpenAI(fetch, site, '/responses'),
};
