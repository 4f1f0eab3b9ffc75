import type {
  Message,
  MessageDeltaUsage,
  RawMessageStreamEvent,
  StopReason,
  Usage as VendorUsage,
} from '@anthropic-ai/sdk/resources/messages';
import type { Usage } from '../../../src/core/chat.ts';
import { sse } from '../framing.ts';
import type { VendorEvent } from '../framing.ts';
import type { Script, Trouble } from '../script.ts';
import type { Dialect } from './dialect.ts';

const STOP_REASON: Record<Script['stop'], StopReason> = {
  end: 'end_turn',
  length: 'max_tokens',
  refused: 'refusal',
};

const ERROR_TYPE: Record<number, string> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  402: 'billing_error',
  403: 'permission_error',
  404: 'not_found_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  504: 'timeout_error',
  529: 'overloaded_error',
};

const thinkingOf = ({ thinking }: Usage): VendorUsage['output_tokens_details'] =>
  thinking === undefined ? null : { thinking_tokens: thinking };

const searchesOf = ({ searches }: Usage): VendorUsage['server_tool_use'] =>
  searches === undefined ? null : { web_search_requests: searches, web_fetch_requests: 0 };

const citation = ({ url, title }: NonNullable<Script['sources']>[number]) =>
  ({ type: 'web_search_result_location', url, title, cited_text: '…', encrypted_index: 'Eo8BCioIAhgB' }) as const;

/** What a script leaves out is null, as the vendor writes what it does not report. */
const fullUsage = (usage: Usage): VendorUsage => ({
  input_tokens: usage.input ?? 0,
  cache_creation_input_tokens: usage.cacheWrite ?? null,
  cache_read_input_tokens: usage.cacheRead ?? null,
  output_tokens: usage.output ?? 0,
  output_tokens_details: thinkingOf(usage),
  server_tool_use: searchesOf(usage),
  cache_creation: null,
  inference_geo: null,
  service_tier: 'standard',
  speed: null,
});

/** At the start the vendor knows the input, which never includes cache, and has counted a token or so of the output. */
const startUsage = (usage: Usage): VendorUsage => ({
  ...fullUsage(usage),
  output_tokens: 1,
  output_tokens_details: null,
  server_tool_use: null,
});

/** At the end it tells of the output only. */
const endUsage = (usage: Usage): MessageDeltaUsage => ({
  input_tokens: null,
  cache_creation_input_tokens: null,
  cache_read_input_tokens: null,
  output_tokens: usage.output ?? 0,
  output_tokens_details: thinkingOf(usage),
  server_tool_use: searchesOf(usage),
});

const message = (script: Script, part: Pick<Message, 'content' | 'stop_reason'>, usage: VendorUsage | null): object => ({
  id: 'msg_sim1',
  type: 'message',
  role: 'assistant',
  model: script.model,
  ...part,
  stop_sequence: null,
  stop_details: null,
  container: null,
  ...(usage === null ? {} : { usage }),
});

const named = (event: RawMessageStreamEvent): VendorEvent => ({ name: event.type, data: event });

function block(
  index: number,
  kind: 'text' | 'thinking',
  pieces: readonly string[],
  sources: Script['sources'] = [],
): VendorEvent[] {
  const start =
    kind === 'text'
      ? ({ type: 'text', text: '', citations: null } as const)
      : ({ type: 'thinking', thinking: '', signature: '' } as const);
  const deltas = pieces.map((piece) =>
    kind === 'text' ? ({ type: 'text_delta', text: piece } as const) : ({ type: 'thinking_delta', thinking: piece } as const),
  );
  const signature = kind === 'thinking' ? [{ type: 'signature_delta', signature: 'EqQBCgIYAhIM' } as const] : [];
  return [
    named({ type: 'content_block_start', index, content_block: start }),
    ...[...deltas, ...signature].map((delta) => named({ type: 'content_block_delta', index, delta })),
    ...sources.map((source) =>
      named({ type: 'content_block_delta', index, delta: { type: 'citations_delta', citation: citation(source) } }),
    ),
    named({ type: 'content_block_stop', index }),
  ];
}

function events(script: Script): VendorEvent[] {
  const { thinking = [], text, stop, usage } = script;
  const thought = thinking.length > 0 ? block(0, 'thinking', thinking) : [];
  const early = usage === null ? null : startUsage(usage);
  const delta = {
    stop_reason: STOP_REASON[stop],
    stop_sequence: null,
    stop_details: null,
    container: null,
  };
  return [
    {
      name: 'message_start',
      data: {
        type: 'message_start',
        message: message(script, { content: [], stop_reason: null }, early),
      },
    },
    { name: 'ping', data: { type: 'ping' } },
    ...thought,
    ...(text.length > 0 ? block(thought.length > 0 ? 1 : 0, 'text', text, script.sources) : []),
    {
      name: 'message_delta',
      data: {
        type: 'message_delta',
        delta,
        ...(usage === null ? {} : { usage: endUsage(usage) }),
      },
    },
    named({ type: 'message_stop' }),
  ];
}

function whole(script: Script): object {
  const { thinking = [], text, stop, usage } = script;
  const content: Message['content'] = [
    ...(thinking.length > 0 ? [{ type: 'thinking', thinking: thinking.join(''), signature: 'EqQBCgIYAhIM' } as const] : []),
    ...(text.length > 0
      ? [{ type: 'text' as const, text: text.join(''), citations: script.sources?.map(citation) ?? null }]
      : []),
  ];
  return message(script, { content, stop_reason: STOP_REASON[stop] }, usage === null ? null : fullUsage(usage));
}

const trouble = ({ status, message: said, code }: Trouble): object => ({
  type: 'error',
  error: {
    details: null,
    type: code ?? ERROR_TYPE[status] ?? (status < 500 ? 'invalid_request_error' : 'api_error'),
    message: said ?? (status === 529 ? 'Overloaded' : `The server answered ${status}.`),
  },
  request_id: 'req_sim1',
});

/** Anthropic's Messages API. */
export const anthropicMessages: Dialect = {
  wire: 'anthropic-messages',
  framing: sse({ contentType: 'text/event-stream; charset=utf-8' }),
  events,
  whole,
  trouble,
  troubleEvent: (problem) => ({ name: 'error', data: trouble(problem) }),
  stranger: { name: 'weather_report', data: { type: 'weather_report', forecast: 'sunny' } },
  complaints: {
    tooLong: { status: 400, message: 'prompt is too long: 210045 tokens > 200000 maximum' },
    noCredit: {
      status: 429,
      message:
        'Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing to upgrade or purchase credits.',
    },
  },
};
