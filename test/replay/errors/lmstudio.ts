import type { ReplayRow } from '../replay-row.ts';
import { errorRows, told } from './error-rows.ts';

export const LMSTUDIO_ERRORS: readonly ReplayRow[] = errorRows('LM Studio', 'lmstudio', [
  [
    'no model loaded',
    400,
    told('No models loaded. Please load a model in the developer page or with the command line.', {
      type: 'invalid_request_error',
      param: 'model',
      code: 'model_not_found',
    }),
    'not_found',
    'No models loaded',
    { remedy: /load one in it and ask again/ },
  ],
  [
    'no model loaded, in one sentence',
    404,
    { error: 'No models loaded. Please load a model first.' },
    'not_found',
    'No models loaded',
    { remedy: /load one in it and ask again/ },
  ],
  [
    'a prompt above the context',
    400,
    { error: 'The number of tokens to keep from the initial prompt is greater than the context length.' },
    'too_long',
    'greater than the context length',
  ],
]);
