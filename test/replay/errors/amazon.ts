import type { ReplayRow } from '../replay-row.ts';
import { errorRows } from './error-rows.ts';

const AWS = { wire: 'bedrock-converse' } as const;

/** AWS names the exception beside the body. */
const type = (name: string) => ({ 'x-amzn-errortype': `${name}:http://internal.amazon.com/coral/` });

export const AMAZON_ERRORS: readonly ReplayRow[] = errorRows('Amazon', 'bedrock', [
  [
    'a key that AWS does not know',
    403,
    { message: 'The security token included in the request is invalid.' },
    'auth',
    'security token',
    { ...AWS, headers: type('UnrecognizedClientException'), remedy: /refused the key in AWS_BEARER_TOKEN_BEDROCK/ },
  ],
  [
    'a role without the right',
    403,
    { message: 'The user is not authorized to perform this action.' },
    'forbidden',
    'not authorized',
    { ...AWS, headers: type('AccessDeniedException') },
  ],
  [
    'a prompt above the context',
    400,
    { message: 'Input is too long for requested model.' },
    'too_long',
    'too long for requested model',
    { ...AWS, headers: type('ValidationException') },
  ],
  [
    'a model that wants an inference profile',
    400,
    { message: 'Invocation of model ID sim-1 with on-demand throughput isn’t supported. Use an inference profile.' },
    'unsupported',
    'on-demand throughput',
    { ...AWS, headers: type('ValidationException'), remedy: /put the group of regions before its id, as in us\./ },
  ],
  [
    'a form about the use that was not sent in',
    404,
    { message: 'Model use case details have not been submitted for this account.' },
    'forbidden',
    'use case details',
    { ...AWS, headers: type('ResourceNotFoundException'), remedy: /do there what the provider asks for/ },
  ],
  [
    'an id that is none',
    400,
    { message: 'The provided model identifier is invalid.' },
    'not_found',
    'identifier is invalid',
    { ...AWS, headers: type('ValidationException') },
  ],
  [
    'a rate',
    429,
    { message: 'Too many requests, please wait before trying again.' },
    'rate_limited',
    'Too many requests',
    { ...AWS, headers: type('ThrottlingException') },
  ],
  [
    'tokens of a day',
    429,
    { message: 'Too many tokens per day, please wait before trying again.' },
    'rate_limited',
    'tokens per day',
    { ...AWS, headers: type('ThrottlingException'), asks: 1, remedy: /when the limit begins anew/ },
  ],
  [
    'a model that is not ready',
    429,
    { message: 'The model is not ready.' },
    'overloaded',
    'not ready',
    { ...AWS, headers: type('ModelNotReadyException') },
  ],
  [
    'a guard over the prompt',
    400,
    { message: 'The request was blocked by the guardrail policy.' },
    'refused',
    'blocked by the guardrail',
    { ...AWS, headers: type('ValidationException') },
  ],
]);
