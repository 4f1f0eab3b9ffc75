import type { ReplayRow } from '../replay-row.ts';
import { errorRows, SOON, told } from './error-rows.ts';

export const TOGETHER_ERRORS: readonly ReplayRow[] = errorRows('Together', 'together', [
  [
    'a prompt and an answer above the context',
    422,
    told(
      'Input validation error: `inputs` tokens + `max_new_tokens` must be <= 8193. Given: 12000 `inputs` tokens and 512 `max_new_tokens`',
      { type: 'invalid_request_error' },
    ),
    'too_long',
    '12000 `inputs` tokens',
  ],
  [
    'an empty account',
    402,
    told('Credit limit exceeded, please add funds.', { type: 'credit_limit', code: null }),
    'no_credit',
    'Credit limit exceeded',
  ],
  [
    'a model for dedicated endpoints',
    400,
    told('Unable to access non-serverless model sim-1. Please create a dedicated endpoint.', {
      type: 'invalid_request_error',
      code: 'model_not_available',
    }),
    'not_found',
    'non-serverless model',
  ],
  [
    'a rate',
    429,
    told(`You have reached the rate limit of this model. Please ${SOON}.`, { type: 'model_rate_limit' }),
    'rate_limited',
    'reached the rate limit',
  ],
  [
    'a server that is full',
    503,
    told('The server is overloaded or not ready yet.', { type: 'server_error' }),
    'overloaded',
    'overloaded or not ready',
  ],
]);
