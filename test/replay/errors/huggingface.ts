import type { ReplayRow } from '../replay-row.ts';
import { errorRows, told } from './error-rows.ts';

export const HUGGINGFACE_ERRORS: readonly ReplayRow[] = errorRows('Hugging Face', 'huggingface', [
  [
    'credits of the month',
    402,
    { error: 'You have exceeded your monthly included credits for Inference Providers. Subscribe for more.' },
    'no_credit',
    'monthly included credits',
  ],
  ['a token that is none', 401, { error: 'Invalid username or password.' }, 'auth', 'Invalid username'],
  [
    'a model that is loading',
    503,
    { error: 'Model acme/sim-1 is currently loading', estimated_time: 0.02 },
    'overloaded',
    'currently loading',
  ],
  [
    'a model behind a gate',
    403,
    { error: 'Access to model acme/sim-1 is gated. Please request access.' },
    'forbidden',
    'is gated',
    { remedy: /do there what the provider asks for/ },
  ],
  [
    'a prompt above the context, by its server',
    422,
    { error: 'Input validation error: `inputs` must have less than 4096 tokens. Given: 9000', error_type: 'validation' },
    'too_long',
    'less than 4096 tokens',
  ],
  [
    'a model without a provider',
    400,
    told("The requested model 'acme/sim-1' is not supported by any provider you have enabled.", {
      type: 'invalid_request_error',
      param: 'model',
      code: 'model_not_supported',
    }),
    'unsupported',
    'not supported by any provider',
  ],
]);
