import type { ReplayRow } from '../replay-row.ts';
import { errorRows } from './error-rows.ts';

export const CEREBRAS_ERRORS: readonly ReplayRow[] = errorRows('Cerebras', 'cerebras', [
  [
    'tokens of a day, told by a header',
    429,
    {
      message: 'Tokens per day limit exceeded - too many tokens processed.',
      type: 'too_many_tokens_error',
      param: 'quota',
      code: 'token_quota_exceeded',
    },
    'rate_limited',
    'Tokens per day',
    {
      asks: 1,
      headers: { 'x-ratelimit-remaining-requests-day': '0', 'x-ratelimit-reset-requests-day': '33011.38' },
      remedy: /when the limit begins anew/,
      notes: ['left alone for 9 h 10 min'],
    },
  ],
  [
    'a queue that is full',
    429,
    {
      message: 'We are experiencing high traffic right now! Please try again soon.',
      type: 'too_many_requests_error',
      param: 'queue',
      code: 'queue_exceeded',
    },
    'overloaded',
    'high traffic',
  ],
  [
    'a rate',
    429,
    {
      message: 'Requests per minute limit exceeded - too many requests sent.',
      type: 'too_many_requests_error',
      param: 'quota',
      code: 'request_quota_exceeded',
    },
    'rate_limited',
    'Requests per minute',
  ],
  [
    'a prompt above the context',
    400,
    {
      message: 'Please reduce the length of the messages or completion. Current length is 9000 while limit is 8192',
      type: 'invalid_request_error',
      param: 'messages',
      code: 'context_length_exceeded',
    },
    'too_long',
    'Current length is 9000',
  ],
  [
    'a key that is none',
    401,
    { message: 'Wrong API Key', type: 'invalid_request_error', param: 'api_key', code: 'wrong_api_key' },
    'auth',
    'Wrong API Key',
  ],
  [
    'a model that nobody knows',
    404,
    {
      message: 'Model sim-9.1 does not exist or you do not have access to it.',
      type: 'not_found_error',
      param: 'model',
      code: 'model_not_found',
    },
    'not_found',
    'does not exist',
  ],
]);
