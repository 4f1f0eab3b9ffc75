import type { ReplayRow } from '../replay-row.ts';
import { errorRows, told } from './error-rows.ts';

export const DEEPSEEK_ERRORS: readonly ReplayRow[] = errorRows('DeepSeek', 'deepseek', [
  [
    'a prompt that it does not want',
    400,
    told('Content Exists Risk', { type: 'invalid_request_error', code: 'invalid_request_error' }),
    'refused',
    'Content Exists Risk',
  ],
  [
    'an empty account',
    402,
    told('Insufficient Balance', { type: 'unknown_error', code: 'invalid_request_error' }),
    'no_credit',
    'Insufficient Balance',
  ],
  [
    'a key that is none',
    401,
    told('Authentication Fails, the key is invalid', { type: 'authentication_error' }),
    'auth',
    'Authentication Fails',
  ],
  [
    'a prompt above the context',
    400,
    told("This model's maximum context length is 131072 tokens. However, you requested 140000 tokens.", {
      type: 'invalid_request_error',
    }),
    'too_long',
    'maximum context length',
  ],
  [
    'a server that is busy',
    503,
    told('Service is too busy. Please try again later.', { type: 'service_unavailable_error' }),
    'overloaded',
    'too busy',
  ],
  ['a model that nobody knows', 400, told('Model Not Exist', { type: 'invalid_request_error' }), 'not_found', 'Model Not Exist'],
]);
