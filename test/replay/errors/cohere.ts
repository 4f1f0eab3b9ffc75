import type { ReplayRow } from '../replay-row.ts';
import { errorRows } from './error-rows.ts';

export const COHERE_ERRORS: readonly ReplayRow[] = errorRows('Cohere', 'cohere', [
  [
    'a prompt above the context',
    400,
    { id: '1', message: 'too many tokens: size limit exceeded by 11326 tokens. Try using shorter or fewer inputs.' },
    'too_long',
    'size limit exceeded',
  ],
  ['a key that is none', 401, { id: '1', message: 'invalid api token' }, 'auth', 'invalid api token'],
  [
    'calls of a trial',
    429,
    { id: '1', message: 'You are using a Trial key, which is limited to 20 API calls / minute. Too many requests.' },
    'rate_limited',
    'Trial key',
  ],
  [
    'a model that nobody knows',
    404,
    { id: '1', message: "model 'sim-9.1' not found, make sure the correct model ID was used" },
    'not_found',
    "model 'sim-9.1'",
  ],
  [
    'a model that is no more',
    404,
    { id: '1', message: "model 'sim-0.5' was removed on September 15, 2025." },
    'not_found',
    'was removed',
  ],
]);
