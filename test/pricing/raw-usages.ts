import { OPENAI_USAGES } from './openai-usages.ts';
import type { RawUsage } from './raw-usage.ts';

/** Anthropic: input is without the cache; https://docs.claude.com/en/docs/build-with-claude/prompt-caching */
const ANTHROPIC: readonly RawUsage[] = [
  {
    title: 'Claude that reads the cache and writes to it for five minutes and for an hour',
    row: 'anthropic',
    model: 'claude-sonnet-4-6',
    raw: [
      {
        input_tokens: 2048,
        cache_read_input_tokens: 1800,
        cache_creation_input_tokens: 248,
        cache_creation: { ephemeral_5m_input_tokens: 148, ephemeral_1h_input_tokens: 100 },
        output_tokens: 1,
      },
      { output_tokens: 503 },
    ],
    usage: { input: 2048, cacheRead: 1800, cacheWrite: 248, cacheWriteHour: 100, output: 503 },
    sum: [
      [2048, 3000],
      [1800, 300],
      [148, 3750],
      [100, 6000],
      [503, 15_000],
    ],
  },
  {
    title: 'Claude that writes for five minutes only, as it does unless it is told otherwise',
    row: 'anthropic',
    model: 'claude-opus-4-6',
    raw: [
      {
        input_tokens: 21,
        cache_creation_input_tokens: 188_086,
        cache_read_input_tokens: 0,
        cache_creation: { ephemeral_5m_input_tokens: 188_086, ephemeral_1h_input_tokens: 0 },
        output_tokens: 1,
      },
      { output_tokens: 393 },
    ],
    usage: { input: 21, cacheRead: 0, cacheWrite: 188_086, output: 393 },
    sum: [
      [21, 5000],
      [188_086, 6250],
      [393, 25_000],
    ],
  },
  {
    title: 'Claude above 200,000 tokens, the cache counted in: everything is dearer',
    row: 'anthropic',
    model: 'claude-sonnet-4-5',
    served: 'claude-sonnet-4-5-20250929',
    raw: [
      { input_tokens: 150_000, cache_read_input_tokens: 60_000, cache_creation_input_tokens: 1000, output_tokens: 1 },
      { output_tokens: 1000 },
    ],
    usage: { input: 150_000, cacheRead: 60_000, cacheWrite: 1000, output: 1000 },
    sum: [
      [150_000, 6000],
      [60_000, 600],
      [1000, 7500],
      [1000, 22_500],
    ],
  },
];

/** Google: the prompt includes the cache, the candidates exclude the thoughts; https://ai.google.dev/gemini-api/docs/pricing */
const GOOGLE: readonly RawUsage[] = [
  {
    title: 'Gemini that thinks, with a part of the prompt cached',
    row: 'google',
    model: 'gemini-2.5-pro',
    raw: [
      {
        promptTokenCount: 10_000,
        cachedContentTokenCount: 8000,
        candidatesTokenCount: 120,
        thoughtsTokenCount: 880,
        totalTokenCount: 11_000,
        promptTokensDetails: [{ modality: 'TEXT', tokenCount: 10_000 }],
      },
    ],
    usage: { input: 2000, cacheRead: 8000, output: 1000, thinking: 880 },
    sum: [
      [2000, 1250],
      [8000, 125],
      [1000, 10_000],
    ],
  },
  {
    title: 'Gemini at 200,000 tokens',
    row: 'google',
    model: 'gemini-2.5-pro',
    raw: [{ promptTokenCount: 200_000, candidatesTokenCount: 10, totalTokenCount: 200_010 }],
    usage: { input: 200_000, output: 10 },
    sum: [
      [200_000, 1250],
      [10, 10_000],
    ],
  },
  {
    title: 'Gemini above 200,000 tokens',
    row: 'google',
    model: 'gemini-2.5-pro',
    raw: [
      {
        promptTokenCount: 250_000,
        cachedContentTokenCount: 50_000,
        candidatesTokenCount: 100,
        thoughtsTokenCount: 400,
        totalTokenCount: 250_500,
      },
    ],
    usage: { input: 200_000, cacheRead: 50_000, output: 500, thinking: 400 },
    sum: [
      [200_000, 2500],
      [50_000, 250],
      [500, 15_000],
    ],
  },
  {
    title: 'Gemini that used a tool of its own, whose prompt is counted beside',
    row: 'google',
    model: 'gemini-2.5-flash',
    raw: [
      {
        promptTokenCount: 20,
        toolUsePromptTokenCount: 130,
        candidatesTokenCount: 40,
        thoughtsTokenCount: 10,
        totalTokenCount: 200,
      },
    ],
    usage: { input: 150, output: 50, thinking: 10 },
    sum: [
      [150, 300],
      [50, 2500],
    ],
  },
];

/** Amazon: input is without the cache, https://docs.aws.amazon.com/bedrock/latest/userguide/prompt-caching.html */
const AMAZON: readonly RawUsage[] = [
  {
    title: 'Amazon’s Converse with cache reads and writes',
    row: 'bedrock as bedrock-converse',
    model: 'global.anthropic.claude-sonnet-4-5-20250929-v1:0',
    raw: [{ inputTokens: 100, outputTokens: 50, totalTokens: 3650, cacheReadInputTokens: 3000, cacheWriteInputTokens: 500 }],
    usage: { input: 100, cacheRead: 3000, cacheWrite: 500, output: 50 },
    sum: [
      [100, 3000],
      [3000, 300],
      [500, 3750],
      [50, 15_000],
    ],
  },
];

/** What vendors say, one for each convention. */
export const RAW_USAGES: readonly RawUsage[] = [...OPENAI_USAGES, ...ANTHROPIC, ...GOOGLE, ...AMAZON];
