import type { Ask, Stop, Usage } from '../core/chat.ts';
import { defined } from '../core/defined.ts';
import { OPENAI } from '../structure/dialects.ts';
import { billOf } from './bill.ts';
import { flatBody } from './body.ts';
import { turnsOf } from './chat-parts.ts';
import { SEARCH, searchesIn, sourcesIn } from './chat-search.ts';
import { type Carries, fit, type Fitted } from './fit.ts';
import { connectOpenAI } from './openai-client.ts';
import { arr, type Json, less, tokens, obj, str } from './read.ts';
import { rewritten, WORDS_REWRITTEN } from './rewritten.ts';
import { StreamFault } from './stream-fault.ts';
import type { Call, Quirks, Delta, Wire } from './wire.ts';

type Field = Record<string, unknown>;

type Saying = (effort: NonNullable<Fitted['effort']>) => Field;

/** A switch, and the effort beside it while it is on. */
const beside =
  (off: Field, on: Field): Saying =>
  ({ asked, sent }) =>
    asked === 'none' ? off : { ...on, reasoning_effort: sent };

/** The ways in which compatible vendors are told how hard to think. */
const EFFORT: Record<NonNullable<Quirks['effort']>, Saying> = {
  reasoning_effort: ({ sent }) => ({ reasoning_effort: sent }),
  reasoning: ({ sent }) => ({ reasoning: typeof sent === 'number' ? { max_tokens: sent } : { effort: sent } }),
  reasoning_enabled: beside({ reasoning: { enabled: false } }, { reasoning: { enabled: true } }),
  thinking: beside({ thinking: { type: 'disabled' } }, { thinking: { type: 'enabled' } }),
  adaptive: beside({ thinking: { type: 'disabled' } }, { thinking: { type: 'adaptive' } }),
  enable_thinking: beside({ enable_thinking: false }, { enable_thinking: true }),
  unsupported: () => ({}),
};

const FORMAT: Record<NonNullable<Quirks['json']>, (schema: unknown) => Field> = {
  schema: (schema) => ({ response_format: { type: 'json_schema', json_schema: { name: 'answer', schema } } }),
  strict: (schema) => ({ response_format: { type: 'json_schema', json_schema: { name: 'answer', strict: true, schema } } }),
  object: () => ({ response_format: { type: 'json_object' } }),
  unsupported: () => ({}),
};

const carries = ({ imageUrls = false, pdf, pdfForAll, webSearch, json = 'schema', maxTemperature = 2 }: Quirks): Carries => ({
  imageUrls,
  pdfs: pdf === 'unsupported' ? 'none' : pdfForAll ? 'all' : 'models',
  search: webSearch === undefined ? 'none' : 'any',
  schema: json === 'strict' ? OPENAI : json === 'schema' ? 'as written' : 'none',
  maxTemperature,
  minOutput: 1,
});

/** Where the answer's format is said; a vendor with plain JSON mode is told that much beside the words, where an object is wanted. */
function format(ask: Ask, schema: Ask['schema'], json: NonNullable<Quirks['json']>): Field {
  if (schema !== undefined) return FORMAT[json](schema);
  return json === 'object' && !ask.rewrites?.includes('schema in words') && ask.schema?.['type'] === 'object'
    ? FORMAT.object(undefined)
    : {};
}

function encode({ ask, model, quirks = {} }: Call) {
  const json = quirks.json ?? 'schema';
  const { ask: fitted, effort, notes } = fit(ask, model, carries(quirks));
  const marks = !fitted.oneOff && quirks.cacheMark !== undefined && model.id.startsWith(quirks.cacheMark);
  const style = quirks.effort ?? 'reasoning_effort';
  if (effort && style === 'unsupported') {
    notes.push({ param: 'reasoning_effort', asked: effort.asked, sent: null, why: 'this vendor has no such parameter' });
  }
  const system = fitted.system === undefined ? [] : [{ role: quirks.systemRole ?? 'system', content: fitted.system }];
  return {
    notes,
    body: rewritten(ask, {
      model: model.id,
      messages: [...system, ...turnsOf(fitted.messages, quirks, marks)],
      ...(fitted.maxTokens === undefined ? {} : { [quirks.maxTokensField ?? 'max_completion_tokens']: fitted.maxTokens }),
      ...(fitted.temperature === undefined ? {} : { temperature: fitted.temperature }),
      ...(effort === undefined ? {} : EFFORT[style](effort)),
      ...(fitted.webSearch && quirks.webSearch ? SEARCH[quirks.webSearch] : {}),
      ...format(ask, fitted.schema, json),
      stream: true,
      ...(quirks.streamUsage === 'no' ? {} : { stream_options: { include_usage: true } }),
    }),
  };
}

const STOPS: Record<string, Stop> = {
  length: 'length',
  max_tokens: 'length',
  model_length: 'length',
  model_context_window_exceeded: 'length',
  content_filter: 'refused',
  refusal: 'refused',
  sensitive: 'refused',
};

/** What some vendors end a stream with when something of theirs broke: what came so far is no answer. */
const BREAKDOWNS: ReadonlySet<string> = new Set(['error', 'network_error', 'insufficient_system_resource']);

/** Names that vendors have for the tokens that the cache gave, in the details of the prompt or beside its tokens. */
const CACHED = ['cached_tokens', 'num_cached_tokens', 'prompt_cache_hit_tokens'];

function cachedIn(usage: Json): number | undefined {
  const places = [obj(usage['prompt_tokens_details']), obj(usage['prompt_token_details']), usage];
  const counts = places.flatMap((place) => CACHED.map((name) => tokens(place[name])));
  return counts.find((n) => n !== undefined);
}

/** OpenAI's conventions: `prompt_tokens` includes the cache, `completion_tokens` includes thinking. */
function toUsage(raw: unknown, quirks: Quirks): Usage {
  const usage = obj(raw);
  const prompt = obj(usage['prompt_tokens_details']);
  const thinking = tokens(obj(usage['completion_tokens_details'])['reasoning_tokens']) ?? tokens(usage['reasoning_tokens']);
  const cacheRead = cachedIn(usage);
  const cacheWrite = tokens(prompt['cache_write_tokens']);
  const output = tokens(usage['completion_tokens']);
  const input = less(tokens(usage['prompt_tokens']), cacheRead, cacheWrite);
  const billed = quirks.bill === undefined ? undefined : billOf(usage, quirks.bill);
  return defined({ input, cacheRead, cacheWrite, output, thinking, searches: searchesIn(usage), billed });
}

/** Text and thinking of a `delta` or `message`. Mistral sends lists of typed chunks where others send strings. */
function spoken(said: unknown): Delta {
  const { content: raw, reasoning_content, reasoning, refusal } = obj(said);
  const chunks = arr(raw).map(obj);
  const chunkText = (chunk: Json) => str(chunk['text']) ?? '';
  const text =
    str(raw) ??
    chunks
      .filter((chunk) => chunk['type'] === 'text')
      .map(chunkText)
      .join('');
  const thoughts = chunks.filter((chunk) => chunk['type'] === 'thinking').flatMap((chunk) => arr(chunk['thinking']).map(obj));
  const thinking = str(reasoning_content) ?? str(reasoning) ?? thoughts.map(chunkText).join('');
  return defined({
    text: str(text + (str(refusal) ?? '')),
    thinking: str(thinking),
    refused: str(refusal) === undefined ? undefined : true,
  });
}

function decode(event: unknown, { quirks = {} }: Call): Delta {
  const chunk = obj(event);
  const choice = obj(arr(chunk['choices'])[0]);
  const counted = chunk['usage'] ?? choice['usage'];
  const usage = counted ? toUsage(counted, quirks) : undefined;
  if (chunk['error']) throw new StreamFault(chunk['error'], usage);
  // A choice may carry the error of the vendor behind an aggregator (OpenRouter).
  if (choice['error']) throw new StreamFault(choice['error'], usage);
  const reason = str(choice['finish_reason']);
  if (reason !== undefined && BREAKDOWNS.has(reason))
    throw new StreamFault({ code: reason, message: `finish_reason: ${reason}` }, usage);
  const message = choice['delta'] ?? choice['message'];
  const said = spoken(message);
  const sources = sourcesIn(chunk, message);
  return {
    ...said,
    ...defined({
      stop: reason === undefined ? undefined : (STOPS[reason] ?? 'end'),
      model: str(chunk['model']),
      sources: sources.length === 0 ? undefined : sources,
      usage,
    }),
  };
}

/** OpenAI's Chat Completions, which most vendors speak in ways of their own. https://platform.openai.com/docs/api-reference/chat */
export const openaiChat: Wire = {
  id: 'openai-chat',
  wholeEvent: '',
  carries,
  encode,
  decode,
  rewrites: [...WORDS_REWRITTEN, 'unstreamed', 'usage unasked', 'cache unmarked', 'other limit field'],
  ...flatBody(['max_completion_tokens', 'max_tokens'], ['messages']),
  connect: (fetch, site) => connectOpenAI(fetch, site, '/chat/completions'),
};
