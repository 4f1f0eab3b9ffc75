import type { Ask, Note, Part, Source, Usage } from '../core/chat.ts';
import { defined } from '../core/defined.ts';
import type { ModelFacts } from '../core/model.ts';
import { ANTHROPIC } from '../structure/dialects.ts';
import { flatBody, without } from './body.ts';
import { countIn, outputOf } from './counts.ts';
import { type Carries, fit, type Fitted } from './fit.ts';
import { join } from './join.ts';
import { PDF } from './pdf.ts';
import { arr, type Json, obj, str } from './read.ts';
import { rewritten, WORDS_REWRITTEN } from './rewritten.ts';
import { searchNote } from './search-note.ts';
import { endOf } from './stops.ts';
import { StreamFault } from './stream-fault.ts';
import { boundUnasked, budgetWithin, temperatureBeside } from './thinking-budget.ts';
import type { Call, Connect, Delta, Wire } from './wire.ts';

const CARRIES: Carries = {
  imageUrls: true,
  // The API counts the characters of base64: "image exceeds 5 MB maximum" (2026-11).
  imageChars: 5_242_880,
  pdfs: 'models',
  search: 'any',
  schema: ANTHROPIC,
  maxTemperature: 1,
  minOutput: 1,
};

/** The version that every model takes, and that needs no code execution beside it. So few searches are never paused half-way. */
const WEB_SEARCH = { type: 'web_search_20250305', name: 'web_search', max_uses: 5 };

function part(piece: Part): Record<string, unknown> {
  if (piece.type === 'text') return { type: 'text', text: piece.text };
  if (piece.type === 'pdf') {
    const document = { type: 'document', source: { type: 'base64', media_type: PDF, data: piece.data } };
    return piece.name === undefined ? document : { ...document, title: piece.name };
  }
  const source =
    piece.type === 'image' ? { type: 'base64', media_type: piece.mediaType, data: piece.data } : { type: 'url', url: piece.url };
  return { type: 'image', source };
}

/**
 * The turns. The end of a conversation is marked, so that the next turn finds all of it in the cache; a single turn is not,
 * because writing costs a quarter more and nobody would read it.
 */
function turns({ messages, oneOff }: Ask): Record<string, unknown>[] {
  return messages.map(({ role, content }, at) => {
    const parts = content.map(part);
    const last = !oneOff && at > 0 && at === messages.length - 1 ? parts.at(-1) : undefined;
    return last === undefined
      ? { role, content: parts }
      : { role, content: [...parts.slice(0, -1), { ...last, cache_control: { type: 'ephemeral' } }] };
  });
}

/** Thinking as this generation of models takes it: an effort word from 4.6 on, a budget of tokens before. */
function thinking(
  effort: Fitted['effort'],
  maxTokens: number,
  notes: Note[],
): { thinking?: { type: string; budget_tokens?: number }; effort?: string } {
  if (effort === undefined) return {};
  if (effort.asked === 'none') return { thinking: { type: 'disabled' } };
  if (typeof effort.sent === 'string') return { thinking: { type: 'adaptive' }, effort: effort.sent };
  const budget = budgetWithin({ asked: effort.asked, sent: effort.sent }, maxTokens, notes);
  return budget === undefined ? {} : { thinking: { type: 'enabled', budget_tokens: budget } };
}

/** A summary where no effort was asked: of a model that always thinks. Another one thinks only when it is asked to. */
function summarized(
  { thinkingSummary }: Ask,
  { id, efforts }: ModelFacts,
  notes: Note[],
  effort?: unknown,
): { thinking?: { type: string } } {
  if (!thinkingSummary || effort !== undefined) return {};
  if (efforts !== undefined && efforts.none === undefined) return { thinking: { type: 'adaptive' } };
  notes.push({
    param: 'thinking_summary',
    asked: 'true',
    sent: null,
    why: `${id} thinks only when a reasoning_effort is asked`,
  });
  return {};
}

function encode({ ask, model }: Call) {
  const { ask: fitted, effort, notes } = fit(ask, model, CARRIES);
  const maxTokens = fitted.maxTokens ?? boundUnasked(model);
  const thought = { ...summarized(fitted, model, notes, effort), ...thinking(effort, maxTokens, notes) };
  const display = fitted.thinkingSummary ? { display: 'summarized' } : {};
  const thinks = thought.thinking !== undefined && thought.thinking.type !== 'disabled';
  const temperature = temperatureBeside(thinks, fitted.temperature, notes);
  const output = defined({
    effort: thought.effort,
    format: fitted.schema === undefined ? undefined : { type: 'json_schema', schema: fitted.schema },
  });
  return {
    notes,
    body: rewritten(ask, {
      model: model.id,
      max_tokens: maxTokens,
      ...(fitted.system === undefined ? {} : { system: fitted.system }),
      messages: turns(fitted),
      ...(temperature === undefined ? {} : { temperature }),
      ...(thought.thinking === undefined ? {} : { thinking: { ...thought.thinking, ...display } }),
      ...(fitted.webSearch ? { tools: [WEB_SEARCH] } : {}),
      ...(Object.keys(output).length === 0 ? {} : { output_config: output }),
      stream: true,
    }),
  };
}

/** `input_tokens` excludes the cache, `output_tokens` includes thinking. */
const usageOf = (usage: Json): Usage =>
  defined({
    input: countIn(usage, 'input_tokens'),
    cacheRead: countIn(usage, 'cache_read_input_tokens'),
    cacheWrite: countIn(usage, 'cache_creation_input_tokens'),
    cacheWriteHour: countIn(usage['cache_creation'], 'ephemeral_1h_input_tokens') || undefined,
    ...outputOf({
      output: countIn(usage, 'output_tokens'),
      thinking: countIn(usage['output_tokens_details'], 'thinking_tokens'),
      input: undefined,
      cached: 0,
      total: undefined,
    }),
    searches: countIn(usage['server_tool_use'], 'web_search_requests'),
  });

/** A page that a text cites. */
function cited(raw: unknown): Source[] {
  const { type, url, title } = obj(raw);
  const address = type === 'web_search_result_location' ? str(url) : undefined;
  return address === undefined ? [] : [{ url: address, ...defined({ title: str(title) }) }];
}

const counted = (usage: unknown): Pick<Delta, 'counts'> => (usage ? { counts: obj(usage) } : {});

/** A search that failed, whose error stands where its results would. */
function failedSearch({ content }: Json): Pick<Delta, 'notes'> {
  const code = str(obj(content)['error_code']);
  return code === undefined ? {} : { notes: [searchNote(code)] };
}

/** The beginning of a block, or all of it: text and thinking, or something that stands between texts. */
function block(raw: unknown): Delta[] {
  const piece = obj(raw);
  const { text, thinking: thought, citations } = piece;
  const type = str(piece['type']) ?? 'text';
  if (type === 'text') return [{ ...defined({ text: str(text) }), sources: arr(citations).flatMap(cited) }];
  return [{ gap: true, ...defined({ thinking: str(thought), other: OTHERS[type] }), ...failedSearch(piece) }];
}

/** Blocks of which a reader of the text would see nothing. What the vendor's own tools do is a step of the answer. */
const OTHERS: Readonly<Record<string, string>> = { tool_use: 'a tool call', image: 'an image' };

/** A message that came in one body. */
const whole = (message: Json): Delta[] => [
  ...arr(message['content']).flatMap(block),
  { ...endOf(message['stop_reason']), ...defined({ model: str(message['model']) }), ...counted(message['usage']), end: 'done' },
];

const EVENTS: Record<string, (event: Json) => readonly Delta[]> = {
  message: whole,
  message_start: ({ message }) => [{ ...defined({ model: str(obj(message)['model']) }), ...counted(obj(message)['usage']) }],
  content_block_start: ({ content_block }) => block(content_block),
  content_block_delta({ delta }) {
    const { text, thinking: thought, citation } = obj(delta);
    return [{ ...defined({ text: str(text), thinking: str(thought) }), ...(citation ? { sources: cited(citation) } : {}) }];
  },
  message_delta: ({ delta, usage }) => [{ ...endOf(obj(delta)['stop_reason']), ...counted(usage) }],
  message_stop: () => [{ end: 'done' }],
  error: (event) => {
    throw new StreamFault(event);
  },
};

function decode(raw: unknown): readonly Delta[] {
  const event = obj(raw);
  return EVENTS[str(event['type']) ?? '']?.(event) ?? [];
}

/** A body whose model is named by the address, and whose version by itself. */
const inPath = (body: Record<string, unknown>, version: string): Record<string, unknown> => ({
  anthropic_version: version,
  ...without(body, ['model']),
});

/**
 * Anthropic's SDK for one endpoint. Hermetic: every credential, address and log level that it would read from the environment
 * or a profile is given here; telemetry is off; the real key is put in by `fetch`.
 */
const connect: Connect = async (fetch, { baseUrl: baseURL, extraBody, quirks }) => {
  const { Anthropic } = await import('@anthropic-ai/sdk');
  const client = new Anthropic({
    apiKey: 'set-by-fetch',
    webhookKey: null,
    baseURL,
    fetch,
    maxRetries: 0,
    logLevel: 'off',
    openTelemetry: false,
    timeout: 2 ** 31 - 1,
  });
  return (body, signal) => {
    const joined = join(body, extraBody);
    const version = quirks?.rawPredict;
    const method = joined['stream'] === true ? ':streamRawPredict' : ':rawPredict';
    const [path, sent] = version === undefined ? ['/messages', joined] : [method, inPath(joined, version)];
    return client.post<AsyncIterable<unknown>>(path, { body: sent, signal, stream: true });
  };
};

/** Anthropic's Messages API. https://docs.claude.com/en/api/messages */
export const anthropicMessages: Wire = {
  id: 'anthropic-messages',
  framing: { named: true, end: JSON.stringify({ type: 'message_stop' }) },
  carries: () => CARRIES,
  encode,
  decode,
  usageOf,
  rewrites: [...WORDS_REWRITTEN, 'unstreamed', 'cache unmarked'],
  ...flatBody(['max_tokens'], ['messages', 'system']),
  connect,
};
