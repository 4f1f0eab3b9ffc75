import type { ReplayRow } from '../replay-row.ts';
import { errorRows, told } from './error-rows.ts';

export const PERPLEXITY_ERRORS: readonly ReplayRow[] = errorRows('Perplexity', 'perplexity', [
  [
    'a key that is none, as a web page',
    401,
    '<html><head><title>401 Authorization Required</title></head><body></body></html>',
    'auth',
    '401 Authorization Required',
  ],
  [
    'a rate',
    429,
    told('Request rate limit exceeded, please try again later', { type: 'request_rate_limit_exceeded', code: 429 }),
    'rate_limited',
    'Request rate limit exceeded',
  ],
  [
    'an empty account',
    401,
    told('You exceeded your current quota, please check your plan and billing details.', {
      type: 'insufficient_quota',
      code: 401,
    }),
    'no_credit',
    'current quota',
  ],
  [
    'a model that nobody knows',
    400,
    told("Invalid model 'sim-9.1'. Permitted models can be found in the documentation.", { type: 'invalid_model', code: 400 }),
    'not_found',
    "Invalid model 'sim-9.1'",
  ],
]);
