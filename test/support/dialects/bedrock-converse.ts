import type { StopReason, TokenUsage } from '@aws-sdk/client-bedrock-runtime';
import type { Usage } from '../../../src/core/chat.ts';
import { eventStream } from '../event-stream.ts';
import type { VendorEvent } from '../framing.ts';
import type { Script, Trouble } from '../script.ts';
import { sum } from './dialect.ts';
import type { Dialect } from './dialect.ts';

const STOP_REASON: Record<Script['stop'], StopReason> = {
  end: 'end_turn',
  length: 'max_tokens',
  refused: 'content_filtered',
};

/** What AWS calls its errors, by the status that each has. */
const ERROR_TYPE: Record<number, string> = {
  400: 'ValidationException',
  401: 'UnrecognizedClientException',
  403: 'AccessDeniedException',
  404: 'ResourceNotFoundException',
  408: 'ModelTimeoutException',
  424: 'ModelErrorException',
  429: 'ThrottlingException',
  500: 'InternalServerException',
  503: 'ServiceUnavailableException',
};

const METRICS = { latencyMs: 412 };

/** Input without what the cache read and wrote; thinking is in the output and not told apart. */
const toUsage = (usage: Usage): TokenUsage => ({
  inputTokens: usage.input ?? 0,
  outputTokens: usage.output ?? 0,
  totalTokens: sum(usage.input, usage.cacheRead, usage.cacheWrite, usage.output) ?? 0,
  ...(usage.cacheRead === undefined ? {} : { cacheReadInputTokens: usage.cacheRead }),
  ...(usage.cacheWrite === undefined ? {} : { cacheWriteInputTokens: usage.cacheWrite }),
});

/** Every event is padded at random, so that its size tells nobody what is said. */
const event = (name: string, data: object): VendorEvent => ({ name, data: { ...data, p: 'abcdefghijk' } });

function block(contentBlockIndex: number, deltas: readonly object[]): VendorEvent[] {
  return [
    ...deltas.map((delta) => event('contentBlockDelta', { contentBlockIndex, delta })),
    event('contentBlockStop', { contentBlockIndex }),
  ];
}

function events({ thinking = [], text, stop, usage }: Script): VendorEvent[] {
  const thoughts = thinking.map((piece) => ({ reasoningContent: { text: piece } }));
  const thought = thinking.length > 0 ? block(0, [...thoughts, { reasoningContent: { signature: 'EqQBCgIYAhIM' } }]) : [];
  const said = text.map((piece) => ({ text: piece }));
  return [
    event('messageStart', { role: 'assistant' }),
    ...thought,
    ...(text.length > 0 ? block(thought.length > 0 ? 1 : 0, said) : []),
    event('messageStop', { stopReason: STOP_REASON[stop] }),
    event('metadata', { metrics: METRICS, ...(usage === null ? {} : { usage: toUsage(usage) }) }),
  ];
}

function whole({ thinking = [], text, stop, usage }: Script): object {
  const reasoningText = { text: thinking.join(''), signature: 'EqQBCgIYAhIM' };
  const content = [
    ...(thinking.length > 0 ? [{ reasoningContent: { reasoningText } }] : []),
    ...(text.length > 0 ? [{ text: text.join('') }] : []),
  ];
  return {
    metrics: METRICS,
    output: { message: { role: 'assistant', content } },
    stopReason: STOP_REASON[stop],
    ...(usage === null ? {} : { usage: toUsage(usage) }),
  };
}

const typeOf = ({ status, code }: Trouble): string | undefined => code ?? ERROR_TYPE[status];

const trouble = ({ status, message }: Trouble): object => ({ message: message ?? `The server answered ${status}.` });

/** Amazon Bedrock's Converse and ConverseStream. */
export const bedrockConverse: Dialect = {
  wire: 'bedrock-converse',
  framing: eventStream,
  events,
  whole,
  trouble,
  troubleHeaders(problem) {
    const type = typeOf(problem);
    return type === undefined ? {} : { 'x-amzn-errortype': `${type}:http://internal.amazon.com/coral/com.amazon.bedrock/` };
  },
  troubleEvent(problem) {
    const type = typeOf(problem) ?? 'ModelStreamErrorException';
    return { name: type.charAt(0).toLowerCase() + type.slice(1), data: trouble(problem) };
  },
  stranger: { name: 'weatherReport', data: { forecast: 'sunny' } },
  untold: ['model', 'thinking', 'sources', 'searches'],
  complaints: {
    tooLong: {
      status: 400,
      message: 'The model returned the following errors: Input is too long for requested model.',
    },
  },
};
