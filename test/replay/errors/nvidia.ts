import type { ReplayRow } from '../replay-row.ts';
import { errorRows } from './error-rows.ts';

export const NVIDIA_ERRORS: readonly ReplayRow[] = errorRows('NVIDIA', 'nvidia', [
  [
    'a problem by its RFC',
    403,
    { type: 'urn:problem', title: 'Forbidden', status: 403, detail: 'Authorization failed', instance: '/v2/x' },
    'forbidden',
    'Authorization failed',
  ],
  [
    'credits that are used up',
    402,
    { type: 'urn:problem', title: 'Payment Required', status: 402, detail: 'Cloud credits expired. Please contact sales.' },
    'no_credit',
    'Cloud credits expired',
  ],
  [
    'a function that is not there',
    404,
    { type: 'urn:problem', title: 'Not Found', status: 404, detail: "Function 'x' not found for account 'y'" },
    'not_found',
    'not found for account',
    { remedy: /correct NVIDIA_BASE_URL, or the name of the model/ },
  ],
  ['a rate', 429, { type: 'urn:problem', title: 'Too Many Requests', status: 429 }, 'rate_limited', 'Too Many Requests'],
]);
