import type { ReplayRow } from '../replay-row.ts';
import { sse } from '../replay-row.ts';
import { errorRows } from './error-rows.ts';

const said = (type: string, message: string): object => ({ type: 'error', error: { type, message }, request_id: 'req_1' });

export const ANTHROPIC_ERRORS: readonly ReplayRow[] = [
  ...errorRows('Anthropic', 'anthropic', [
    ['a key that is none', 401, said('authentication_error', 'invalid x-api-key'), 'auth', 'invalid x-api-key'],
    [
      'an account without credit, as a bad request',
      400,
      said('invalid_request_error', 'Your credit balance is too low to access the API. Please go to Plans & Billing.'),
      'no_credit',
      'credit balance is too low',
    ],
    [
      'a limit of the workspace, which says when it is over',
      400,
      said(
        'invalid_request_error',
        'You have reached your specified API usage limits. You will regain access on 2199-12-01 at 00:00 UTC.',
      ),
      'no_credit',
      'regain access on 2199-12-01',
    ],
    [
      'a prompt that is too long, in numbers',
      400,
      said('invalid_request_error', 'prompt is too long: 210045 tokens > 200000 maximum'),
      'too_long',
      '210045 tokens > 200000',
    ],
    [
      'a prompt and an answer that are too long together',
      400,
      said('invalid_request_error', 'input length and `max_tokens` exceed context limit: 190000 + 20000 > 200000'),
      'too_long',
      'exceed context limit',
    ],
    [
      'a body that is too large',
      413,
      said('request_too_large', 'Request exceeds the maximum size'),
      'too_long',
      'exceeds the maximum size',
    ],
    [
      'an image that is too large, which is not the prompt',
      400,
      said('invalid_request_error', 'messages.0.content.1.image: image exceeds 5 MB maximum: 6291456 bytes > 5242880 bytes'),
      'bad_request',
      'image exceeds 5 MB',
    ],
    [
      'an answer that its filter stops',
      400,
      said('invalid_request_error', 'Output blocked by content filtering policy'),
      'refused',
      'content filtering policy',
    ],
    [
      'a rate with its wait',
      429,
      said(
        'rate_limit_error',
        'This request would exceed the rate limit of your organization of 30,000 input tokens per minute.',
      ),
      'rate_limited',
      'would exceed the rate limit',
      { asks: 1, headers: { 'retry-after': '58', 'x-should-retry': 'true' }, notes: ['left alone for 58 s'] },
    ],
    ['a model that nobody knows', 404, said('not_found_error', 'model: sim-9'), 'not_found', 'model: sim-9'],
    [
      'a right that is missing',
      403,
      said('permission_error', 'Your API key does not have permission to use the resource.'),
      'forbidden',
      'does not have permission',
    ],
    ['a vendor that is overloaded', 529, said('overloaded_error', 'Overloaded'), 'overloaded', 'Overloaded'],
    ['a server that tripped', 500, said('api_error', 'Internal server error'), 'upstream', 'Internal server error'],
    [
      'a schema that is too much for it',
      400,
      said('invalid_request_error', 'tools.0.custom.input_schema: not a schema at all'),
      'bad_request',
      'not a schema at all',
    ],
  ]),
  {
    vendor: 'Anthropic',
    provider: 'anthropic',
    what: 'being overloaded in mid-stream',
    reply: {
      events: sse(
        { type: 'message_start', message: { model: 'sim-1', usage: { input_tokens: 10, output_tokens: 1 } } },
        { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'The' } },
        { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } },
      ),
    },
    expect: { kind: 'overloaded', asks: 3, notes: ['“Overloaded”'], remedy: /try again in a moment/i },
  },
];
