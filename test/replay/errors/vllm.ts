import type { ReplayRow } from '../replay-row.ts';
import { errorRows, told } from './error-rows.ts';

export const VLLM_ERRORS: readonly ReplayRow[] = errorRows('vLLM', 'vllm', [
  [
    'a prompt above the context',
    400,
    told(
      "This model's maximum context length is 8192 tokens. However, you requested 9000 tokens in the messages, Please reduce the length of the messages.",
      { type: 'BadRequestError', param: null, code: 400 },
    ),
    'too_long',
    'maximum context length',
  ],
  [
    'its older dress',
    400,
    {
      object: 'error',
      message: 'The decoder prompt (length 9000) is longer than the maximum model length of 8192.',
      type: 'BadRequestError',
      param: null,
      code: 400,
    },
    'too_long',
    'length 9000',
  ],
  [
    'a model under another name',
    404,
    told('The model `sim-9.1` does not exist.', { type: 'NotFoundError', param: null, code: 404 }),
    'not_found',
    'does not exist',
  ],
  [
    'a field that it forbids',
    400,
    told("[{'type': 'extra_forbidden', 'loc': ('body', 'frobnicate'), 'msg': 'Extra inputs are not permitted'}]", {
      type: 'BadRequestError',
      code: 400,
    }),
    'unsupported',
    'Extra inputs are not permitted',
  ],
  ['a key that is none', 401, { error: 'Unauthorized' }, 'auth', 'Unauthorized'],
]);
