import type { ReplayRow } from '../replay-row.ts';
import { errorRows } from './error-rows.ts';

export const CLOUDFLARE_ERRORS: readonly ReplayRow[] = errorRows('Cloudflare', 'cloudflare', [
  [
    'the free allocation of the day',
    429,
    {
      success: false,
      errors: [{ code: 3036, message: 'You have used up your daily free allocation of 10,000 neurons.' }],
      result: null,
      messages: [],
    },
    'rate_limited',
    'daily free allocation',
    { asks: 1, remedy: /when the limit begins anew/, notes: [/until \d{4}-\d\d-\d\d 00:00 UTC/] },
  ],
  [
    'a token that is none',
    401,
    { success: false, errors: [{ code: 10000, message: 'Authentication error' }], result: null, messages: [] },
    'auth',
    'Authentication error',
  ],
  [
    'a model that nobody knows',
    400,
    { success: false, errors: [{ code: 5007, message: 'No such model @cf/acme/sim-9.1' }], result: null, messages: [] },
    'not_found',
    'No such model',
  ],
  [
    'a prompt above the context',
    413,
    {
      success: false,
      errors: [
        {
          code: 5021,
          message:
            'AiError: The estimated number of input and maximum output tokens (20000) exceeded this model context window limit (8192).',
        },
      ],
      result: null,
      messages: [],
    },
    'too_long',
    'context window limit',
  ],
  [
    'a model without capacity',
    429,
    {
      success: false,
      errors: [{ code: 3040, message: 'AiError: Capacity temporarily exceeded, please try again.' }],
      result: null,
      messages: [],
    },
    'rate_limited',
    'Capacity temporarily exceeded',
  ],
]);
