import type { ReplayRow } from '../replay-row.ts';
import { errorRows, told } from './error-rows.ts';

export const OLLAMA_ERRORS: readonly ReplayRow[] = errorRows('Ollama', 'ollama', [
  [
    'a model that was not pulled',
    404,
    told('model "sim-9.1" not found, try pulling it first', { type: 'api_error', param: null, code: null }),
    'not_found',
    'try pulling it first',
    { remedy: /download the model there first/ },
  ],
  [
    'a prompt above the context',
    400,
    told('the input length exceeds the context length', { type: 'invalid_request_error' }),
    'too_long',
    'input length exceeds',
  ],
  [
    'a model that does not think',
    400,
    told('"sim-1" does not support thinking', { type: 'invalid_request_error' }),
    'unsupported',
    'does not support thinking',
  ],
  [
    'memory that is too small',
    500,
    told('model requires more system memory (10.0 GiB) than is available (8.0 GiB)', { type: 'api_error' }),
    'upstream',
    'requires more system memory',
    { asks: 1, remedy: /name a smaller model/ },
  ],
  [
    'a queue that is full',
    503,
    told('server busy, please try again. maximum pending requests exceeded', { type: 'api_error' }),
    'overloaded',
    'server busy',
  ],
]);
