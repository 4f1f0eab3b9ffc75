import type { ReplayRow } from '../replay-row.ts';
import { errorRows } from './error-rows.ts';

export const XAI_ERRORS: readonly ReplayRow[] = errorRows('xAI', 'xai', [
  [
    'a prompt against its rules',
    403,
    {
      code: 'The caller does not have permission to execute the specified operation',
      error: 'Content violates usage guidelines. Failed check: SAFETY_CHECK_TYPE_X',
    },
    'refused',
    'violates usage guidelines',
  ],
  [
    'a team without credits',
    403,
    {
      code: 'The caller does not have permission to execute the specified operation',
      error: "Your newly created team doesn't have any credits yet. You can purchase them at https://console.example/team.",
    },
    'no_credit',
    "doesn't have any credits",
  ],
  [
    'credits that are used up',
    429,
    {
      code: 'Some resource has been exhausted',
      error: 'Your team has either used all available credits or reached its monthly spending limit.',
    },
    'no_credit',
    'used all available credits',
  ],
  [
    'a key that is none',
    400,
    {
      code: 'Client specified an invalid argument',
      error: 'Incorrect API key provided: xai-****1234. You can obtain one at https://console.example.',
    },
    'auth',
    'Incorrect API key provided: [redacted]',
    { never: ['1234'] },
  ],
  [
    'a model that nobody knows',
    404,
    {
      code: 'Some requested entity was not found',
      error: 'The model sim-9.1 does not exist or your team does not have access to it.',
    },
    'not_found',
    'does not exist',
  ],
  [
    'a prompt above the context',
    400,
    {
      code: 'Client specified an invalid argument',
      error: "This model's maximum prompt length is 131072 but the request contains 537812 tokens.",
    },
    'too_long',
    '537812',
  ],
  [
    'a rate',
    429,
    { code: 'Some resource has been exhausted', error: 'Too many requests for this team.' },
    'rate_limited',
    'Too many requests',
  ],
  [
    'a parameter that the model does not take',
    400,
    { code: 'Client specified an invalid argument', error: 'Argument not supported on this model: presencePenalty' },
    'bad_request',
    'not supported on this model',
  ],
]);
