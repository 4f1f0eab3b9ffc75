import type { ReplayRow } from '../replay-row.ts';
import { errorRows, told } from './error-rows.ts';

export const SAMBANOVA_ERRORS: readonly ReplayRow[] = errorRows('SambaNova', 'sambanova', [
  [
    'a prompt above the context',
    400,
    told('Input is too long: 20000 tokens, and the model takes 16384.', { type: 'Error', code: null }),
    'too_long',
    '20000 tokens',
  ],
  ['a rate', 429, { error: 'rate limit exceeded' }, 'rate_limited', 'rate limit exceeded'],
  ['a key that is none', 401, { error: 'invalid token' }, 'auth', 'invalid token'],
  ['a model that nobody knows', 404, told('Model not found', { type: 'Error', code: null }), 'not_found', 'Model not found'],
]);
