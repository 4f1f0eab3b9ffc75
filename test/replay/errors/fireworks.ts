import type { ReplayRow } from '../replay-row.ts';
import { errorRows, told } from './error-rows.ts';

export const FIREWORKS_ERRORS: readonly ReplayRow[] = errorRows('Fireworks', 'fireworks', [
  [
    'a prompt above the context',
    400,
    told('The prompt is too long: 150000, model maximum context length: 131071', {
      object: 'error',
      type: 'invalid_request_error',
      code: 'invalid_request_error',
    }),
    'too_long',
    '150000',
  ],
  [
    'a model that nobody serves',
    404,
    told('Model not found, inaccessible, and/or not deployed', { object: 'error', code: 'NOT_FOUND' }),
    'not_found',
    'not deployed',
  ],
  [
    'an account that is suspended',
    412,
    told('Account is suspended, possibly due to reaching the monthly spending limit or failure to pay past invoices.', {
      object: 'error',
      code: 'PRECONDITION_FAILED',
    }),
    'no_credit',
    'monthly spending limit',
  ],
  [
    'a grammar that it cannot compile',
    500,
    told('Failed to compile the grammar of the response format', { object: 'error', type: 'internal_server_error' }),
    'bad_request',
    'Failed to compile the grammar',
  ],
  [
    'a key that is none',
    401,
    told('The API key you provided is invalid.', { object: 'error', type: 'error', code: 'UNAUTHORIZED' }),
    'auth',
    'is invalid',
  ],
]);
