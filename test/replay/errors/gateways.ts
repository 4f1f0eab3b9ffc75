import type { ReplayRow } from '../replay-row.ts';
import { errorRows, told } from './error-rows.ts';

/** A whole answer of a chat. */
const whole = (text: string) => ({
  body: { model: 'sim-1', choices: [{ index: 0, message: { role: 'assistant', content: text }, finish_reason: 'stop' }] },
});

export const GATEWAY_ERRORS: readonly ReplayRow[] = [
  ...errorRows('Gateways', 'custom', [
    [
      'a check for browsers',
      403,
      '<!DOCTYPE html><html><head><title>Just a moment...</title></head><body></body></html>',
      'network',
      'Just a moment...',
      {
        asks: 1,
        headers: { 'content-type': 'text/html', 'cf-mitigated': 'challenge' },
        remedy: /open the address in a browser/,
        never: ['right to this model'],
      },
    ],
    [
      'a proxy that forbids',
      403,
      '<html><head><title>Access Denied</title></head><body>By the rules of the company.</body></html>',
      'network',
      'Access Denied',
      { asks: 1, headers: { 'content-type': 'text/html' }, remedy: /A proxy, a firewall or a sign-in page between here and/ },
    ],
    [
      'a web server without an API',
      404,
      '<html><head><title>404 Not Found</title></head><body></body></html>',
      'not_found',
      '404 Not Found',
      {
        headers: { 'content-type': 'text/html' },
        asks: 2,
        remedy: /correct SWITCHBOARD_CUSTOM_BOX_BASE_URL, or the name of the model/,
      },
    ],
    [
      'a body above what a web server takes',
      413,
      '<html><head><title>413 Request Entity Too Large</title></head></html>',
      'too_long',
      'Too Large',
      { headers: { 'content-type': 'text/html' } },
    ],
    [
      'a group without a channel, in Chinese',
      503,
      told('当前分组 default 下对于模型 sim-1 无可用渠道', { type: 'new_api_error', code: 'model_not_found' }),
      'not_found',
      '无可用渠道',
    ],
    [
      'a user without quota, in Chinese',
      403,
      told('用户额度不足, 剩余额度: 0.1', { type: 'new_api_error', code: 'insufficient_user_quota' }),
      'no_credit',
      '用户额度不足',
    ],
    [
      'a limit of the day for one model',
      429,
      told('Rate limit of 50 per 86400s exceeded for UserByModelByDay. Please wait 12345 seconds before retrying.', {
        code: 'RateLimitReached',
        details: 'so and so',
      }),
      'rate_limited',
      'UserByModelByDay',
      { asks: 1, remedy: /when the limit begins anew/, notes: ['left alone for 3 h 26 min'] },
    ],
    [
      'a prompt above what a plan allows',
      400,
      told('prompt token count of 150000 exceeds the limit of 128000', { code: 'model_max_prompt_tokens_exceeded' }),
      'too_long',
      '150000',
    ],
    [
      'a quota of Apigee',
      429,
      {
        fault: {
          faultstring: 'Rate limit quota violation. Quota limit exceeded.',
          detail: { errorcode: 'policies.ratelimit.QuotaViolation' },
        },
      },
      'rate_limited',
      'Quota limit exceeded',
    ],
    [
      'a sentence of Envoy',
      503,
      'upstream connect error or disconnect/reset before headers',
      'overloaded',
      'upstream connect error',
    ],
    ['a body without a sentence', 400, { so: { and: 'so' } }, 'bad_request', '{"so":{"and":"so"}}'],
    [
      'a wait of 32 years',
      429,
      told('Slow down.'),
      'rate_limited',
      'Slow down.',
      { asks: 1, headers: { 'retry-after': '1000000000' }, notes: ['left alone for 744 h'] },
    ],
    [
      'a wait in milliseconds',
      429,
      told('Slow down.'),
      'rate_limited',
      'Slow down.',
      { headers: { 'retry-after-ms': '20', 'retry-after': '60' } },
    ],
    [
      'a gateway that gave up waiting',
      408,
      told('The request timed out.'),
      'timeout',
      'timed out',
      { remedy: /allow more time/ },
    ],
    [
      'an API that is not built',
      501,
      told('Not implemented here'),
      'unsupported',
      'Not implemented here',
      { asks: 2, remedy: /correct SWITCHBOARD_CUSTOM_BOX_BASE_URL/ },
    ],
  ]),
  {
    vendor: 'Gateways',
    provider: 'custom',
    what: 'options of a stream that it does not know',
    reply: { status: 400, body: told("Unknown parameter: 'stream_options'.", { param: 'stream_options' }) },
    later: [whole('forty-two')],
    expect: { text: 'forty-two', asks: 2 },
  },
  {
    vendor: 'Gateways',
    provider: 'custom',
    what: 'an output limit under its other name',
    ask: { maxTokens: 100 },
    reply: {
      status: 400,
      body: told("Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.", {
        param: 'max_tokens',
        code: 'unsupported_parameter',
      }),
    },
    later: [whole('forty-two')],
    expect: { text: 'forty-two', asks: 2, never: ['max_tokens'] },
  },
  {
    vendor: 'Gateways',
    provider: 'custom',
    what: 'a stream refused by the vendor behind it',
    reply: {
      status: 400,
      body: told('litellm.BadRequestError: AcmeException - Your organization must be verified to stream this model.', {
        code: '400',
      }),
    },
    later: [whole('forty-two')],
    expect: { text: 'forty-two', asks: 2 },
  },
];
