import type { Ask, Usage } from '../core/chat.ts';
import { defined } from '../core/defined.ts';
import { OPENAI } from '../structure/dialects.ts';
import { billOf } from './bill.ts';
import { flatBody } from './body.ts';
import { spoken } from './chat-message.ts';
import { turnsOf } from './chat-parts.ts';
import { SEARCH, searchesIn, sourcesIn } from './chat-search.ts';
import { countIn, outputOf } from './counts.ts';
import { type Carries, fit, type Fitted } from './fit.ts';
import { connectOpenAI } from './openai-client.ts';
import { arr, type Json, less, obj, str } from './read.ts';
import { rewritten, WORDS_REWRITTEN } from './rewritten.ts';
import { endOf } from './stops.ts';
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

const carries = ({
  imageUrls = false,
  imageChars,
  pdf,
  pdfForAll,
  webSearch,
  json = 'schema',
  maxTemperature = 2,
}: Quirks): Carries => ({
  imageUrls,
  ...(imageChars !== undefined && { imageChars }),
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

/** Names that vendors have for the tokens that the cache gave, in the details of the prompt or beside its tokens. */
const CACHED = ['cached_tokens', 'num_cached_tokens', 'prompt_cache_hit_tokens', 'cache_read_input_tokens'];
/** And for those that were written to it, likewise: LiteLLM passes Anthropic's on. */
const WRITTEN = ['cache_write_tokens', 'cache_creation_tokens', 'cache_creation_input_tokens'];

/** OpenAI's conventions: `prompt_tokens` includes the cache, `completion_tokens` includes thinking. */
function usageOf(usage: Json, { quirks = {} }: Call): Usage {
  const prompt = obj(usage['prompt_tokens_details']);
  const places = [prompt, usage['prompt_token_details'], usage];
  const named = (names: readonly string[]) =>
    places.map((place) => countIn(place, ...names)).find((count) => count !== undefined);
  const [cacheRead, cacheWrite] = [named(CACHED), named(WRITTEN)];
  const input = countIn(usage, 'prompt_tokens');
  // Some gateways count the prompt without the cache, as Anthropic does: then the cache may be larger than it.
  const isApart = (cacheRead ?? 0) + (cacheWrite ?? 0) > (input ?? Infinity);
  return defined({
    input: isApart ? input : less(input, cacheRead, cacheWrite),
    cacheRead,
    cacheWrite,
    ...outputOf({
      input,
      output: countIn(usage, 'completion_tokens'),
      thinking: countIn(usage['completion_tokens_details'], 'reasoning_tokens') ?? countIn(usage, 'reasoning_tokens'),
      cached: (cacheRead ?? 0) + (cacheWrite ?? 0),
      total: countIn(usage, 'total_tokens'),
    }),
    searches: searchesIn(usage),
    billed: quirks.bill === undefined ? undefined : billOf(usage, quirks.bill),
  });
}

/** The end of the stream, as the reader of events writes it. */
const END = 'switchboard.end';

function decode(event: unknown): Delta[] {
  const chunk = obj(event);
  if (chunk['object'] === END) return [{ end: 'done' }];
  const choices = arr(chunk['choices']).map(obj);
  // Others are further answers to the same question, which nobody asked for.
  const choice = choices.find(({ index }) => (index ?? 0) === 0) ?? {};
  const counted = chunk['usage'] ?? choice['usage'];
  const counts = counted ? obj(counted) : undefined;
  // A choice may carry the error of the vendor behind an aggregator (OpenRouter).
  const error = chunk['error'] || choice['error'];
  if (error) throw new StreamFault(error, counts);
  const [delta, message] = [obj(choice['delta']), obj(choice['message'])];
  const sources = sourcesIn(chunk, choice['delta'] ?? choice['message']);
  return [
    ...spoken(delta),
    // Some vendors repeat the whole message beside its pieces.
    ...spoken(message).map((said) => ({ ...said, repeats: true })),
    ...(str(choice['text']) === undefined ? [] : [{ text: String(choice['text']) }]),
    {
      ...endOf(choice['finish_reason'], counts),
      ...defined({
        model: str(chunk['model']),
        sources: sources.length === 0 ? undefined : sources,
        counts,
        end: choices.length === 0 && counts !== undefined ? ('usage' as const) : undefined,
      }),
    },
  ];
}

/** OpenAI's Chat Completions, which most vendors speak in ways of their own. https://platform.openai.com/docs/api-reference/chat */
export const openaiChat: Wire = {
  id: 'openai-chat',
  framing: { named: false, end: JSON.stringify({ object: END }) },
  carries,
  encode,
  decode,
  usageOf,
  rewrites: [...WORDS_REWRITTEN, 'unstreamed', 'usage unasked', 'cache unmarked', 'other limit field'],
  ...flatBody(['max_completion_tokens', 'max_tokens'], ['messages']),
  connect: (fetch, site) => connectOpenAI(fetch, site, '/chat/completions'),
};
