import type { ReplayRow } from '../replay-row.ts';
import { errorRows } from './error-rows.ts';

export const MINIMAX_ERRORS: readonly ReplayRow[] = errorRows('MiniMax', 'minimax', [
  [
    'a rate, as an error of the protocol',
    429,
    { type: 'error', error: { type: 'rate_limit_error', message: 'rate limit (1002)', http_code: '429' } },
    'rate_limited',
    'rate limit',
  ],
  [
    'a request that is wrong',
    400,
    { type: 'error', error: { type: 'bad_request_error', message: 'invalid params, so and so (2013)', http_code: '400' } },
    'bad_request',
    'invalid params',
  ],
  [
    'an empty account, as an error of the protocol',
    429,
    { type: 'error', error: { type: 'insufficient_balance_error', message: 'insufficient balance (1008)', http_code: '429' } },
    'no_credit',
    'insufficient balance',
  ],
  [
    'a key that is none',
    401,
    { type: 'error', error: { type: 'authorized_error', message: 'invalid api key (2049)', http_code: '401' } },
    'auth',
    'invalid api key',
  ],
]);
