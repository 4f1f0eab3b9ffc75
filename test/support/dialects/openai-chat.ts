import type { ChatCompletion, ChatCompletionChunk } from 'openai/resources/chat/completions';
import type { CompletionUsage } from 'openai/resources/completions';
import type { Usage } from '../../../src/core/chat.ts';
import { sse } from '../framing.ts';
import type { VendorEvent } from '../framing.ts';
import type { Script, Trouble } from '../script.ts';
import { asksFor, sum } from './dialect.ts';
import type { Dialect } from './dialect.ts';
import { openaiTrouble } from './openai-trouble.ts';

/** Where vendors of this wire differ in what they answer. */
export type ChatVariant = {
  /** Where thinking is put: in one of two fields, or in the text between tags. */
  thinking?: 'reasoning_content' | 'reasoning' | 'tags';
  /** Whether usage comes only when `stream_options` asks for it, or with the finish reason in any case. */
  usage?: 'asked' | 'always';
  /** Where the pages that it read are told, if anywhere. */
  sources?: 'annotations' | 'web_search' | 'executed_tools';
};

type Pages = NonNullable<Script['sources']>;

/** How each of those places looks: beside the choices, or in the message. */
const PLACES: Record<NonNullable<ChatVariant['sources']>, (pages: Pages) => { chunk?: object; message?: object }> = {
  annotations: (pages) => ({
    message: {
      annotations: pages.map((page) => ({ type: 'url_citation', url_citation: { ...page, start_index: 0, end_index: 3 } })),
    },
  }),
  web_search: (pages) => ({ chunk: { web_search: pages.map(({ url, title }) => ({ link: url, title, refer: 'ref_1' })) } }),
  executed_tools: (pages) => ({
    message: { executed_tools: [{ index: 0, type: 'browser.search', search_results: { results: pages } }] },
  }),
};

/** Where each of those vendors counts its searches, if it does. */
const COUNTS: Record<NonNullable<ChatVariant['sources']>, (searches: number) => object> = {
  annotations: (searches) => ({ server_tool_use: { web_search_requests: searches } }),
  web_search: () => ({}),
  executed_tools: () => ({}),
};

const FINISH = { end: 'stop', length: 'length', refused: 'content_filter' } as const;

type Delta = ChatCompletionChunk.Choice.Delta & { reasoning_content?: string; reasoning?: string };

/** OpenAI's chat completions, as OpenAI and those who copied it stream them. */
export function openaiChat(variant: ChatVariant = {}): Dialect {
  const { thinking: thinkingIn = 'reasoning_content', usage: usageComes = 'asked', sources: sourcesIn } = variant;
  const told = ({ sources }: Script) => (sourcesIn === undefined || sources === undefined ? {} : PLACES[sourcesIn](sources));

  const pieces = ({ text, thinking = [] }: Script): Delta[] =>
    thinkingIn === 'tags' && thinking.length > 0
      ? ['<think>', ...thinking, '</think>\n\n', ...text].map((content) => ({ content }))
      : [...thinking.map((piece) => ({ [thinkingIn]: piece })), ...text.map((content) => ({ content }))];

  const toUsage = (usage: Usage): CompletionUsage => {
    const prompt = sum(usage.input, usage.cacheRead, usage.cacheWrite) ?? 0;
    return {
      prompt_tokens: prompt,
      completion_tokens: usage.output ?? 0,
      total_tokens: prompt + (usage.output ?? 0),
      ...(usage.searches === undefined || sourcesIn === undefined ? {} : COUNTS[sourcesIn](usage.searches)),
      ...(usage.cacheRead === undefined && usage.cacheWrite === undefined
        ? {}
        : {
            prompt_tokens_details: {
              audio_tokens: 0,
              ...(usage.cacheRead === undefined ? {} : { cached_tokens: usage.cacheRead }),
              ...(usage.cacheWrite === undefined ? {} : { cache_write_tokens: usage.cacheWrite }),
            },
          }),
      ...(usage.thinking === undefined
        ? {}
        : {
            completion_tokens_details: {
              reasoning_tokens: usage.thinking,
              audio_tokens: 0,
              accepted_prediction_tokens: 0,
              rejected_prediction_tokens: 0,
            },
          }),
    };
  };

  const events = (script: Script, request: unknown): VendorEvent[] => {
    const chunk = (choices: ChatCompletionChunk.Choice[], usage?: CompletionUsage): { data: ChatCompletionChunk } => ({
      data: {
        id: 'chatcmpl-sim1',
        object: 'chat.completion.chunk',
        created: 1_793_491_200,
        model: script.model,
        system_fingerprint: 'fp_sim',
        choices,
        ...(choices.length === 0 ? {} : told(script).chunk),
        ...(usage === undefined ? {} : { usage }),
      },
    });
    const choice = (delta: Delta, finish: ChatCompletionChunk.Choice['finish_reason'] = null) => [
      { index: 0, delta, logprobs: null, finish_reason: finish },
    ];
    const usage = script.usage === null ? undefined : toUsage(script.usage);
    const withFinish = usageComes === 'always' ? usage : undefined;
    const apart = usageComes === 'asked' && asksFor(request, 'stream_options', 'include_usage') ? usage : undefined;
    return [
      chunk(choice({ role: 'assistant', content: '' })),
      ...pieces(script).map((delta) => chunk(choice(delta))),
      chunk(choice({ ...told(script).message }, FINISH[script.stop]), withFinish),
      ...(apart === undefined ? [] : [chunk([], apart)]),
    ];
  };

  const whole = (script: Script): ChatCompletion => {
    const said = pieces(script);
    const thinking = said.map((piece) => piece.reasoning_content ?? piece.reasoning ?? '').join('');
    return {
      id: 'chatcmpl-sim1',
      object: 'chat.completion',
      created: 1_793_491_200,
      model: script.model,
      choices: [
        {
          index: 0,
          message: {
            role: 'assistant',
            content: said.map((piece) => piece.content ?? '').join(''),
            refusal: null,
            ...(thinking === '' ? {} : { [thinkingIn]: thinking }),
            ...told(script).message,
          },
          logprobs: null,
          finish_reason: FINISH[script.stop],
        },
      ],
      ...told(script).chunk,
      ...(script.usage === null ? {} : { usage: toUsage(script.usage) }),
    };
  };

  return {
    wire: 'openai-chat',
    framing: sse({ farewell: '[DONE]' }),
    events,
    whole,
    trouble: openaiTrouble,
    troubleEvent: (trouble: Trouble) => ({ data: openaiTrouble(trouble) }),
    untold: [
      ...(sourcesIn === undefined ? (['sources', 'searches'] as const) : []),
      ...(sourcesIn === 'web_search' || sourcesIn === 'executed_tools' ? (['searches'] as const) : []),
    ],
    stranger: { data: { object: 'chat.completion.weather', forecast: 'sunny' } },
    complaints: {
      tooLong: {
        status: 400,
        code: 'context_length_exceeded',
        param: 'messages',
        message:
          "This model's maximum context length is 128000 tokens. However, your messages resulted in 130017 tokens. Please reduce the length of the messages.",
      },
      noCredit: {
        status: 429,
        code: 'insufficient_quota',
        message:
          'You exceeded your current quota, please check your plan and billing details. For more information on this error, read the docs: https://platform.openai.com/docs/guides/error-codes/api-errors.',
      },
    },
  };
}
