import type { ReplayRow } from '../replay-row.ts';
import { sse } from '../replay-row.ts';
import { errorRows, SOON, told } from './error-rows.ts';

const SCHEMA = { type: 'object', properties: { a: { type: 'integer' } }, required: ['a'] };

/** A whole answer of a chat. */
const whole = (text: string) => ({
  body: { model: 'sim-1', choices: [{ index: 0, message: { role: 'assistant', content: text }, finish_reason: 'stop' }] },
});

export const GROQ_ERRORS: readonly ReplayRow[] = [
  ...errorRows('Groq', 'groq', [
    [
      'one request above the allowance of a minute, with a link to billing',
      413,
      told(
        'Request too large for model `sim-1` on tokens per minute (TPM): Limit 6000, Requested 12328, please reduce your message size. Need more? https://console.example/settings/billing',
        { type: 'tokens', code: 'rate_limit_exceeded' },
      ),
      'too_long',
      'Requested 12328',
      { remedy: /shorten the prompt or lower max_tokens/, never: ['no credit'] },
    ],
    [
      'a rate of tokens, with a link to billing',
      429,
      told(
        `Rate limit reached on tokens per minute (TPM): Limit 6000, Used 5034, Requested 1443. Please ${SOON}. Upgrade at https://console.example/settings/billing`,
        { type: 'tokens', code: 'rate_limit_exceeded' },
      ),
      'rate_limited',
      'Used 5034',
    ],
    [
      'tokens of a day, which open in a quarter of an hour',
      429,
      told('Rate limit reached on tokens per day (TPD): Limit 100000, Used 99800, Requested 900. Please try again in 13m32s.', {
        type: 'tokens',
        code: 'rate_limit_exceeded',
      }),
      'rate_limited',
      'tokens per day',
      {
        asks: 1,
        headers: { 'retry-after': '812' },
        remedy: /when the limit begins anew/,
        notes: ['left alone for 13 min 32 s'],
      },
    ],
    [
      'a tier that is full',
      498,
      told('Flex tier capacity exceeded.', { type: 'flex_tier_capacity_exceeded' }),
      'overloaded',
      'capacity exceeded',
    ],
    [
      'a key that is none',
      401,
      told('Invalid API Key', { type: 'invalid_request_error', code: 'invalid_api_key' }),
      'auth',
      'Invalid API Key',
    ],
    [
      'a model that is no more',
      400,
      told('The model `sim-0.5` has been decommissioned and is no longer supported.', {
        type: 'invalid_request_error',
        code: 'model_decommissioned',
      }),
      'not_found',
      'decommissioned',
    ],
    [
      'a prompt above the context',
      400,
      told('Please reduce the length of the messages or completion.', {
        type: 'invalid_request_error',
        param: 'messages',
        code: 'context_length_exceeded',
      }),
      'too_long',
      'reduce the length',
    ],
    [
      'an organisation that is restricted',
      400,
      told('The organization has been restricted. Please reach out to support.', {
        type: 'invalid_request_error',
        code: 'organization_restricted',
      }),
      'bad_request',
      'has been restricted',
    ],
  ]),
  {
    vendor: 'Groq',
    provider: 'groq',
    what: 'JSON of the model’s that does not match, says the vendor',
    ask: { schema: SCHEMA },
    reply: {
      status: 400,
      body: told('Generated JSON does not match the expected schema.', {
        code: 'json_validate_failed',
        failed_generation: '{"a":"x',
      }),
    },
    later: [whole('{"a":42}')],
    expect: { text: '{"a":42}', asks: 2, notes: ['json_schema sent in words'] },
  },
  {
    vendor: 'Groq',
    provider: 'groq',
    what: 'a schema beside a search of the web',
    ask: { schema: SCHEMA, webSearch: true },
    reply: {
      status: 400,
      body: told('json mode cannot be combined with tool/function calling', { type: 'invalid_request_error' }),
    },
    later: [whole('{"a":42}')],
    expect: { text: '{"a":42}', asks: 2, notes: ['json_schema sent in words'] },
  },
  {
    vendor: 'Groq',
    provider: 'groq',
    what: 'an error in mid-stream with a status of its own',
    reply: {
      events: sse(
        JSON.stringify({ choices: [{ index: 0, delta: { role: 'assistant' } }] }),
        JSON.stringify(
          told('Failed to call a function.', { type: 'invalid_request_error', code: 'tool_use_failed', status_code: 400 }),
        ),
      ),
    },
    expect: { kind: 'bad_request', asks: 1, notes: ['Failed to call a function'], remedy: /change the parameter/i },
  },
];
