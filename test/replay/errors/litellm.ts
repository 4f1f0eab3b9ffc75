import type { ReplayRow } from '../replay-row.ts';
import { errorRows, SOON, told } from './error-rows.ts';

export const LITELLM_ERRORS: readonly ReplayRow[] = errorRows('LiteLLM', 'litellm', [
  [
    'a budget of a key',
    400,
    told('Budget has been exceeded! Current cost: 10.0, Max budget: 5.0', { type: 'budget_exceeded', param: null, code: '400' }),
    'no_credit',
    'Budget has been exceeded',
  ],
  [
    'a rate of the vendor behind it',
    429,
    told(
      `litellm.RateLimitError: AcmeException - Rate limit reached on tokens per minute (TPM): Limit 6000, Used 5034, Requested 1443. Please ${SOON}. Upgrade at https://console.example/settings/billing`,
      { type: 'throttling_error', param: null, code: '429' },
    ),
    'rate_limited',
    'Used 5034',
    { never: ['no credit'] },
  ],
  [
    'a context by the name of its exception',
    400,
    told('litellm.ContextWindowExceededError: litellm.BadRequestError: AcmeException - that is more than it takes', {
      type: null,
      param: null,
      code: '400',
    }),
    'too_long',
    'more than it takes',
  ],
  [
    'an error of the vendor behind it, as bytes of Python',
    500,
    told(
      `litellm.APIConnectionError: AcmeException - b'{"error": {"code": 400, "message": "The input token count (1100042) exceeds the maximum number of tokens allowed (1048576)."}}'`,
      { type: null, param: null, code: '500' },
    ),
    'too_long',
    '1100042',
  ],
  [
    'a policy by the name of its exception',
    400,
    told('litellm.ContentPolicyViolationError: AcmeException - no', { type: null, param: null, code: '400' }),
    'refused',
    'ContentPolicyViolationError',
  ],
  [
    'a key that may not call the model',
    401,
    told("key not allowed to access model. This key can only access models=['sim-2'].", {
      type: 'key_model_access_denied',
      param: 'model',
      code: '401',
    }),
    'forbidden',
    'not allowed to access model',
  ],
  [
    'a model that its config lacks',
    400,
    told(
      '/chat/completions: Invalid model name passed in model=sim-9.1. Call `/v1/models` to view available models for your key.',
      { type: 'invalid_request_error', param: 'model', code: '400' },
    ),
    'not_found',
    'Invalid model name',
  ],
  [
    'a parameter that the vendor behind it lacks',
    400,
    told("litellm.UnsupportedParamsError: Acme does not support parameters: ['frobnicate']", {
      type: null,
      param: null,
      code: '400',
    }),
    'unsupported',
    'does not support parameters',
  ],
  [
    'all deployments resting',
    429,
    told('No deployments available for selected model, Try again in 60 seconds.', { type: 'None', param: 'None', code: '429' }),
    'rate_limited',
    'No deployments available',
    { asks: 1, notes: ['left alone for 1 min'] },
  ],
]);
