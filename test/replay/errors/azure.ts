import type { ReplayRow } from '../replay-row.ts';
import { errorRows, told } from './error-rows.ts';

export const AZURE_ERRORS: readonly ReplayRow[] = errorRows('Azure', 'azure', [
  [
    'a key, or the address of another resource',
    401,
    told('Access denied due to invalid subscription key or wrong API endpoint.', { code: '401' }),
    'auth',
    'wrong API endpoint',
  ],
  [
    'a deployment that is not there',
    404,
    told('The API deployment for this resource does not exist.', { code: 'DeploymentNotFound' }),
    'not_found',
    'deployment for this resource',
  ],
  [
    'a model that speaks another of its protocols',
    400,
    told('The chatCompletion operation does not work with the specified model, sim-codex. Please choose a different model.', {
      code: 'OperationNotSupported',
    }),
    'unsupported',
    'does not work with the specified model',
    { asks: 2, remedy: /set wire: openai-responses for it \(providers\.azure\.wire/ },
  ],
  [
    'a prompt that its filter stops',
    400,
    told('The response was filtered due to the prompt triggering the content management policy.', {
      param: 'prompt',
      code: 'content_filter',
      status: 400,
      innererror: {
        code: 'ResponsibleAIPolicyViolation',
        content_filter_result: { violence: { filtered: true, severity: 'high' } },
      },
    }),
    'refused',
    'content management policy',
  ],
  [
    'a rate of tokens, over in a day',
    429,
    told(
      'Requests to this operation under API version 2024-10-21 have exceeded the token rate limit of your pricing tier. Please retry after 86400 seconds. See https://aka.ms/quota for more.',
      { code: '429' },
    ),
    'rate_limited',
    'have exceeded the token rate limit',
    { asks: 1, remedy: /when the limit begins anew/, notes: ['left alone for 24 h'] },
  ],
  [
    'a rate of calls, told by the gateway before it',
    429,
    { statusCode: 429, message: 'Rate limit is exceeded. Try again in 50 seconds.' },
    'rate_limited',
    'Rate limit is exceeded',
    { asks: 1, notes: ['left alone for 50 s'] },
  ],
  [
    'a prompt above the context',
    400,
    told("This model's maximum context length is 128000 tokens, however the messages resulted in 130017 tokens.", {
      type: 'invalid_request_error',
      param: 'messages',
      code: 'context_length_exceeded',
    }),
    'too_long',
    'maximum context length',
  ],
  [
    'a resource that is switched off',
    403,
    told('Public access is disabled. Please configure private endpoint.', { code: '403' }),
    'forbidden',
    'Public access is disabled',
  ],
  [
    'a deployment without capacity',
    503,
    told('The service is temporarily unable to process your request. Please try again later.', { code: 'ServiceUnavailable' }),
    'overloaded',
    'temporarily unable',
  ],
]);
