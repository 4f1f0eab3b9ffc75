import type { ReplayRow } from '../replay-row.ts';
import { errorRows, SOON, told } from './error-rows.ts';

const INVALID = { type: 'invalid_request_error', param: null, code: null };

const SCHEMA = { type: 'object', properties: { a: { type: 'integer' } }, required: ['a'], additionalProperties: false };

/** A whole answer, to a request that does not stream. */
const whole = (text: string) => ({
  body: {
    object: 'response',
    status: 'completed',
    model: 'sim-1',
    output: [{ type: 'message', content: [{ type: 'output_text', text }] }],
  },
});

export const OPENAI_ERRORS: readonly ReplayRow[] = [
  ...errorRows('OpenAI', 'openai', [
    [
      'an account without credit, under the status of a rate limit',
      429,
      told('You exceeded your current quota, please check your plan and billing details.', {
        type: 'insufficient_quota',
        param: null,
        code: 'insufficient_quota',
      }),
      'no_credit',
      'exceeded your current quota',
    ],
    [
      'a billing limit of the user’s own',
      400,
      told('The billing hard limit of the account has been reached', { ...INVALID, code: 'billing_hard_limit_reached' }),
      'no_credit',
      'hard limit',
    ],
    [
      'a limit of the minute, which says when it is over in words only',
      429,
      told(`Rate limit reached for sim-1 on tokens per min (TPM): Limit 30000, Used 29500, Requested 900. Please ${SOON}.`, {
        type: 'tokens',
        code: 'rate_limit_exceeded',
      }),
      'rate_limited',
      'Used 29500',
    ],
    [
      'a limit of the day, which opens in a quarter of an hour',
      429,
      told(
        'Rate limit reached for sim-1 on requests per day (RPD): Limit 200, Used 200, Requested 1. Please try again in 14m24s.',
        {
          type: 'requests',
          code: 'rate_limit_exceeded',
        },
      ),
      'rate_limited',
      'requests per day',
      { asks: 1, remedy: /when the limit begins anew/, notes: [/left alone for 14 min 24 s, until \d{4}-/] },
    ],
    [
      'one request above the allowance of a minute',
      429,
      told('Request too large for sim-1 on tokens per min (TPM): Limit 30000, Requested 61233. The input has to be smaller.', {
        type: 'tokens',
        code: 'rate_limit_exceeded',
      }),
      'too_long',
      'Requested 61233',
      { remedy: /shorten the prompt or lower max_tokens/ },
    ],
    [
      'a prompt above the context',
      400,
      told('Your input exceeds the context window of this model.', { ...INVALID, code: 'context_length_exceeded' }),
      'too_long',
      'exceeds the context window',
    ],
    [
      'a text above what a field holds',
      400,
      told('Invalid input: text too long. Expected a maximum length of 10485760, but got a length of 11185760.', {
        ...INVALID,
        code: 'string_above_max_length',
      }),
      'too_long',
      'text too long',
    ],
    [
      'a wrong key',
      401,
      told('Incorrect API key provided: sekret-o**************6789. You can find yours in the console.', {
        ...INVALID,
        code: 'invalid_api_key',
      }),
      'auth',
      'Incorrect API key provided: [redacted]',
      { never: ['6789.', 'sekret-o'] },
    ],
    [
      'a header for an organisation that is not the key’s',
      401,
      told('The organization header should match the organization of the API key', {
        ...INVALID,
        code: 'mismatched_organization',
      }),
      'auth',
      'should match the organization',
    ],
    [
      'a region that is not served',
      403,
      told('Country, region, or territory not supported', { code: 'unsupported_country_region_territory' }),
      'forbidden',
      'territory not supported',
      { remedy: /name a model of another provider/ },
    ],
    [
      'a model that nobody knows',
      404,
      told('The model `sim-9.1` does not exist or you do not have access to it.', { ...INVALID, code: 'model_not_found' }),
      'not_found',
      'does not exist',
    ],
    [
      'a model for organisations that are verified',
      403,
      told('Your organization must be verified to use this model.', INVALID),
      'forbidden',
      'must be verified',
      { remedy: /do there what the provider asks for/ },
    ],
    [
      'a prompt that looks like a break of the rules',
      400,
      told('Invalid prompt: it was flagged as potentially violating our usage policy.', { ...INVALID, code: 'invalid_prompt' }),
      'refused',
      'flagged as potentially',
    ],
    [
      'a parameter that nobody can leave out for it',
      400,
      told("Unknown parameter: 'frobnicate'.", { ...INVALID, param: 'frobnicate', code: 'unknown_parameter' }),
      'unsupported',
      'Unknown parameter',
      { remedy: /does not take frobnicate/ },
    ],
    ['a server that tripped', 500, told('The server had an error.', { type: 'server_error' }), 'upstream', 'had an error'],
    [
      'a server that is full',
      503,
      told('The engine is currently overloaded.', { type: 'server_error' }),
      'overloaded',
      'currently overloaded',
    ],
    [
      'a failure that the vendor does not want asked again',
      500,
      told('The server had an error.', { type: 'server_error' }),
      'upstream',
      'had an error',
      { asks: 1, headers: { 'x-should-retry': 'false' } },
    ],
  ]),
  {
    vendor: 'OpenAI',
    provider: 'openai',
    what: 'a stream refused to an organisation that is not verified',
    reply: {
      status: 400,
      body: told('Your organization must be verified to stream this model.', {
        type: 'invalid_request_error',
        param: 'stream',
        code: 'unsupported_value',
      }),
    },
    later: [whole('forty-two')],
    expect: { text: 'forty-two', asks: 2 },
  },
  {
    vendor: 'OpenAI',
    provider: 'openai',
    what: 'an effort that the model does not take',
    ask: { effort: 'minimal' },
    reply: {
      status: 400,
      body: told("Unsupported value: 'minimal' is not supported with this model.", {
        type: 'invalid_request_error',
        param: 'reasoning.effort',
        code: 'unsupported_value',
      }),
    },
    later: [whole('forty-two')],
    expect: { text: 'forty-two', asks: 2, notes: ['reasoning_effort minimal was left out'] },
  },
  {
    vendor: 'OpenAI',
    provider: 'openai',
    what: 'a schema that it does not take',
    ask: { schema: SCHEMA },
    reply: {
      status: 400,
      body: told("Invalid schema for response_format 'answer': it is too deep.", {
        type: 'invalid_request_error',
        param: 'text.format.schema',
        code: 'invalid_json_schema',
      }),
    },
    later: [whole('{"a":42}')],
    expect: { text: '{"a":42}', asks: 2, notes: ['json_schema sent in words'] },
  },
];
