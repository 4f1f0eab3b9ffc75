import type { ReplayRow } from '../replay-row.ts';
import { errorRows, told } from './error-rows.ts';

export const QWEN_ERRORS: readonly ReplayRow[] = errorRows('Qwen', 'qwen', [
  [
    'a rate of tokens that is called a quota',
    429,
    told('Allocated quota exceeded, please increase your quota limit.', {
      type: 'insufficient_quota',
      code: 'insufficient_quota',
    }),
    'rate_limited',
    'Allocated quota exceeded',
  ],
  [
    'the same in the words of others',
    429,
    told('You exceeded your current quota, please check your plan and billing details.', {
      type: 'insufficient_quota',
      code: 'insufficient_quota',
    }),
    'rate_limited',
    'current quota',
  ],
  [
    'a rate of calls',
    429,
    told('You exceeded your current requests list.', { type: 'limit_requests', code: 'limit_requests' }),
    'rate_limited',
    'current requests list',
  ],
  [
    'an account in arrears',
    400,
    told('Access denied, please make sure your account is in good standing.', { type: 'Arrearage', code: 'Arrearage' }),
    'no_credit',
    'good standing',
  ],
  [
    'a free tier that is used up',
    403,
    told('The free tier of the model has been exhausted. Please disable the "use free tier only" mode.', {
      code: 'AllocationQuota.FreeTierOnly',
    }),
    'no_credit',
    'free tier',
  ],
  [
    'a prompt that its inspection stops',
    400,
    told('Input data may contain inappropriate content.', { type: 'data_inspection_failed', code: 'data_inspection_failed' }),
    'refused',
    'inappropriate content',
  ],
  [
    'a prompt above the context',
    400,
    told('<400> InternalError.Algo.InvalidParameter: Range of input length should be [1, 98304]', {
      type: 'invalid_request_error',
      code: 'invalid_parameter_error',
    }),
    'too_long',
    'Range of input length',
  ],
  [
    'a key that is none',
    401,
    told('Incorrect API key provided.', { type: 'invalid_request_error', code: 'invalid_api_key' }),
    'auth',
    'Incorrect API key',
  ],
  [
    'a model that nobody knows',
    404,
    told('The model `sim-9.1` does not exist or you do not have access to it.', { code: 'model_not_found' }),
    'not_found',
    'does not exist',
  ],
  [
    'its native dress',
    429,
    { code: 'Throttling.RateQuota', message: 'Requests rate limit exceeded, please slow down.', request_id: '1' },
    'rate_limited',
    'please slow down',
  ],
]);
