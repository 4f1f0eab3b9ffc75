import type { RawUsage } from './raw-usage.ts';

/** OpenAI: cached tokens are within the input, reasoning within the output; https://platform.openai.com/docs/pricing */
export const OPENAI_USAGES: readonly RawUsage[] = [
  {
    title: 'OpenAI’s responses, a part of the input cached and most of the output reasoning',
    row: 'openai',
    model: 'gpt-5.4',
    raw: [
      {
        input_tokens: 2006,
        input_tokens_details: { cached_tokens: 1920 },
        output_tokens: 300,
        output_tokens_details: { reasoning_tokens: 256 },
        total_tokens: 2306,
      },
    ],
    usage: { input: 86, cacheRead: 1920, output: 300, thinking: 256 },
    sum: [
      [86, 2500],
      [1920, 250],
      [300, 15_000],
    ],
  },
  {
    title: 'OpenAI’s responses just below 272,000 tokens',
    row: 'openai',
    model: 'gpt-5.4',
    raw: [
      {
        input_tokens: 271_999,
        input_tokens_details: { cached_tokens: 1000 },
        output_tokens: 10,
        output_tokens_details: { reasoning_tokens: 0 },
        total_tokens: 272_009,
      },
    ],
    usage: { input: 270_999, cacheRead: 1000, output: 10, thinking: 0 },
    sum: [
      [270_999, 2500],
      [1000, 250],
      [10, 15_000],
    ],
  },
  {
    title:
      'OpenAI’s responses above 272,000 tokens, where the whole input doubles, the cached too, and output is half as dear again',
    row: 'openai',
    model: 'gpt-5.4',
    raw: [
      {
        input_tokens: 300_000,
        input_tokens_details: { cached_tokens: 100_000 },
        output_tokens: 2000,
        output_tokens_details: { reasoning_tokens: 1500 },
        total_tokens: 302_000,
      },
    ],
    usage: { input: 200_000, cacheRead: 100_000, output: 2000, thinking: 1500 },
    sum: [
      [200_000, 5000],
      [100_000, 500],
      [2000, 22_500],
    ],
  },
  {
    title: 'OpenAI’s chat completions, as its documentation prints them',
    row: 'openai as openai-chat',
    model: 'gpt-5',
    served: 'gpt-5-2025-08-07',
    raw: [
      {
        prompt_tokens: 1486,
        completion_tokens: 651,
        total_tokens: 2137,
        prompt_tokens_details: { cached_tokens: 1408, audio_tokens: 0 },
        completion_tokens_details: {
          reasoning_tokens: 512,
          audio_tokens: 0,
          accepted_prediction_tokens: 0,
          rejected_prediction_tokens: 0,
        },
      },
    ],
    usage: { input: 78, cacheRead: 1408, output: 651, thinking: 512 },
    sum: [
      [78, 1250],
      [1408, 125],
      [651, 10_000],
    ],
  },
  {
    title: 'another vendor’s chat completions with nothing but the sums',
    row: 'groq',
    model: 'openai/gpt-oss-120b',
    raw: [{ queue_time: 0.037, prompt_tokens: 18, completion_tokens: 556, total_tokens: 574, total_time: 0.46 }],
    usage: { input: 18, output: 556 },
    sum: [
      [18, 150],
      [556, 600],
    ],
  },
  ...(
    [
      ['num_cached_tokens', { num_cached_tokens: 976 }],
      ['prompt_token_details', { prompt_token_details: { cached_tokens: 976 } }],
      ['prompt_tokens_details', { prompt_tokens_details: { cached_tokens: 976 } }],
    ] as const
  ).map(([name, cached]): RawUsage => ({
    title: `Mistral’s chat completions, the cached tokens in ${name}`,
    row: 'mistral',
    model: 'mistral-medium-latest',
    raw: [{ prompt_tokens: 997, completion_tokens: 155, total_tokens: 1152, ...cached }],
    usage: { input: 21, cacheRead: 976, output: 155 },
    sum: [
      [21, 1500],
      [976, 150],
      [155, 7500],
    ],
  })),
];
