import type { ReplayRow } from '../replay-row.ts';
import { errorRows, told } from './error-rows.ts';

export const VERCEL_ERRORS: readonly ReplayRow[] = errorRows('Vercel', 'vercel', [
  [
    'an account without credits',
    402,
    told('Insufficient funds. Please add credits to your account to continue using the gateway.', { type: 'insufficient_funds' }),
    'no_credit',
    'Insufficient funds',
  ],
  [
    'a card that is missing',
    403,
    told('AI Gateway requires a valid credit card on file to service requests.', { type: 'customer_verification_required' }),
    'no_credit',
    'valid credit card',
  ],
  [
    'free credits that are guarded',
    429,
    told('Free credits temporarily have rate limits in place due to abuse.', { type: 'rate_limit_exceeded' }),
    'rate_limited',
    'rate limits in place',
  ],
  [
    'a model that nobody knows',
    404,
    told("Model 'acme/sim-9.1' not found", { type: 'model_not_found', param: { modelId: 'acme/sim-9.1' } }),
    'not_found',
    'not found',
  ],
]);
