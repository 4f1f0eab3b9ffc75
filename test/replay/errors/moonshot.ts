import type { ReplayRow } from '../replay-row.ts';
import { errorRows, SOON, told } from './error-rows.ts';

export const MOONSHOT_ERRORS: readonly ReplayRow[] = errorRows('Moonshot', 'moonshot', [
  [
    'a prompt above the context',
    400,
    told('Invalid request: Your request exceeded model token limit: 262144 (requested: 291351)', {
      type: 'invalid_request_error',
    }),
    'too_long',
    'requested: 291351',
  ],
  [
    'a prompt that it does not want',
    400,
    told('The request was rejected because it was considered high risk', { type: 'content_filter' }),
    'refused',
    'considered high risk',
  ],
  [
    'an empty account',
    429,
    told('Your account is suspended, please check your plan and billing details', { type: 'exceeded_current_quota_error' }),
    'no_credit',
    'is suspended',
  ],
  [
    'a rate',
    429,
    told(`Your account reached max request of 3 per minute, please ${SOON}`, { type: 'rate_limit_reached_error' }),
    'rate_limited',
    'reached max request',
  ],
  [
    'an engine that is full',
    429,
    told('The engine is currently overloaded, please try again later', { type: 'engine_overloaded_error' }),
    'overloaded',
    'currently overloaded',
  ],
  [
    'a key of the other site',
    401,
    told('Invalid Authentication', { type: 'invalid_authentication_error' }),
    'auth',
    'Invalid Authentication',
  ],
  [
    'a plan whose cycle is used up',
    403,
    told("You've reached your usage limit for this billing cycle. Your quota will be refreshed in the next cycle.", {
      type: 'permission_error',
    }),
    'no_credit',
    'usage limit',
  ],
]);
