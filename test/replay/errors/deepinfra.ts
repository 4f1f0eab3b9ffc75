import type { ReplayRow } from '../replay-row.ts';
import { errorRows } from './error-rows.ts';

export const DEEPINFRA_ERRORS: readonly ReplayRow[] = errorRows('DeepInfra', 'deepinfra', [
  [
    'a prompt above the context, nested',
    400,
    {
      detail: {
        error: "This model's maximum context length is 131072 tokens. However, your messages resulted in 200000 tokens.",
      },
    },
    'too_long',
    'maximum context length',
  ],
  ['an empty account', 402, { detail: { error: 'Please top up your balance to continue.' } }, 'no_credit', 'top up your balance'],
  ['a key that is none', 401, { detail: { error: 'Invalid token' } }, 'auth', 'Invalid token'],
  ['a model that nobody knows', 404, { detail: { error: 'Model is not available' } }, 'not_found', 'not available'],
  ['a rate', 429, { detail: { error: 'Rate limited' } }, 'rate_limited', 'Rate limited'],
  ['a model that is busy', 429, { detail: { error: 'Model busy, retry later' } }, 'rate_limited', 'Model busy'],
]);
