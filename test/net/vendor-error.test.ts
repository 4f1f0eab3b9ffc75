import { describe, expect, it } from 'vitest';
import { Secret } from '../../src/core/secret.ts';
import { classify } from '../../src/net/classify.ts';
import { quotable } from '../../src/net/quotable.ts';
import { readVendorError } from '../../src/net/vendor-error.ts';

describe('an error body', () => {
  it.each<[string, unknown, object]>([
    [
      'of OpenAI',
      { error: { message: 'No.', type: 'invalid_request_error', param: 'model', code: 'model_not_found' } },
      { message: 'No.', codes: ['model_not_found', 'invalid_request_error'], param: 'model' },
    ],
    [
      'of Anthropic',
      { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' }, request_id: 'req_1' },
      { message: 'Overloaded', codes: ['overloaded_error'] },
    ],
    [
      'of Google',
      {
        error: {
          code: 429,
          message: 'Quota exceeded.',
          status: 'RESOURCE_EXHAUSTED',
          details: [
            { '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'RATE_LIMIT_EXCEEDED' },
            { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '34.074824224s' },
          ],
        },
      },
      { message: 'Quota exceeded.', codes: ['RATE_LIMIT_EXCEEDED', '429', 'RESOURCE_EXHAUSTED'], retryAfterMs: 34_075 },
    ],
    ['of Google, in a list', [{ error: { code: 400, message: 'Bad.', status: 'INVALID_ARGUMENT' } }], { message: 'Bad.' }],
    [
      'of AWS',
      { __type: 'com.amazon.coral#ThrottlingException', message: 'Slow.' },
      { codes: ['ThrottlingException'], message: 'Slow.' },
    ],
    ['of AWS with a capital letter', { Message: 'The token is expired.' }, { message: 'The token is expired.' }],
    ['of Cohere', { message: 'invalid api token', id: '1' }, { message: 'invalid api token' }],
    ['of Ollama', { error: "model 'x' not found" }, { message: "model 'x' not found", codes: [] }],
    [
      'of Cloudflare',
      { success: false, errors: [{ code: 10000, message: 'Auth.' }], result: null },
      { message: 'Auth.', codes: ['10000'] },
    ],
    ['of FastAPI', { detail: 'Not Found' }, { message: 'Not Found' }],
    [
      'of FastAPI with a place',
      { detail: [{ loc: ['body', 'temperature'], msg: 'too hot', type: 'less_than_equal' }] },
      { message: 'too hot', param: 'temperature', codes: ['less_than_equal'] },
    ],
    [
      'of OpenRouter, with that of the vendor behind it',
      { error: { code: 429, message: 'Provider returned error', metadata: { raw: 'x is rate-limited', provider_name: 'Z' } } },
      { message: 'Provider returned error x is rate-limited', codes: ['429'] },
    ],
    ['of DeepInfra', { detail: { error: 'Too long.' } }, { message: 'Too long.', codes: [] }],
    [
      'of Mistral, whose message is an object',
      { object: 'error', message: { detail: [{ type: 'less_than_equal', loc: ['body', 'temperature'], msg: 'Too hot.' }] } },
      { message: 'Too hot.', param: 'temperature', codes: ['less_than_equal'] },
    ],
    [
      'of MiniMax',
      { id: 'x', choices: null, base_resp: { status_code: 1008, status_msg: 'insufficient balance' } },
      { message: 'insufficient balance', codes: ['1008'] },
    ],
    ['with a code beside it', { code: 500, msg: '404 NOT_FOUND', success: false }, { message: '404 NOT_FOUND', codes: ['500'] }],
    ['of xAI, whose code is a sentence', { code: 'The caller may not do this.', error: 'No.' }, { message: 'No.', codes: [] }],
    [
      'of a problem by its RFC',
      { type: 'about:blank', title: 'Too much', status: 413, detail: 'The body is too large.' },
      { message: 'The body is too large. Too much', codes: ['about:blank', '413'] },
    ],
    [
      'of Apigee',
      { fault: { faultstring: 'Rate limit.', detail: { errorcode: 'policies.ratelimit.QuotaViolation' } } },
      { message: 'Rate limit.', codes: ['policies.ratelimit.QuotaViolation'] },
    ],
    [
      'of somebody behind a gateway, as JSON in a sentence',
      { error: { message: 'litellm.BadRequestError: X - {"error":{"message":"No.","code":"c1"}}', code: '400' } },
      { message: 'litellm.BadRequestError: X No.', codes: ['c1', 'BadRequestError', '400'] },
    ],
    [
      'of somebody behind a gateway, as a dictionary of Python',
      "Error code: 429 - {'error': {'message': 'Slow.', 'code': 'rate_limit_exceeded'}}",
      { codes: ['rate_limit_exceeded'] },
    ],
    [
      'of OpenRouter, with JSON of the vendor behind it',
      {
        error: {
          code: 400,
          message: 'Provider returned error',
          metadata: { raw: '{"error":{"message":"Too long.","code":"c2"}}' },
        },
      },
      { message: 'Provider returned error Too long.', codes: ['c2', '400'] },
    ],
    [
      'that flags the prompt',
      { error: { code: 403, message: 'No.', metadata: { flagged_input: 'x' } } },
      { codes: ['flagged_input', '403'] },
    ],
    ['that says when to come back', { error: { message: 'Slow.', retry_after: 7 } }, { retryAfterMs: 7000 }],
    ['that says so in milliseconds', { retry_after_ms: 1500, message: 'Slow.' }, { retryAfterMs: 1500 }],
    ['that says at which moment', { message: 'Slow.', resets_at: 60 + 1_000_000_000 }, { retryAfterMs: 60_000 }],
    [
      'that names the quota',
      { error: { message: 'No.', details: [{ violations: [{ quotaId: 'PerDay', quotaValue: '50' }] }] } },
      { quotas: ['PerDay', 'limit: 50'] },
    ],
    ['that is a list of sentences', { error: ['One.', 'Two.'] }, { message: 'One. Two.' }],
    [
      'that repeats the request',
      { message: 'No.', input: { message: 'Mine.' }, messages: [{ content: 'Mine.' }] },
      { message: 'No.' },
    ],
    ['that is text', 'upstream connect error', { message: 'upstream connect error', codes: [] }],
  ])('%s is read', (_, body, expected) => {
    expect(readVendorError(body, 1_000_000_000_000)).toMatchObject(expected);
  });

  it.each([undefined, null, '', 0, true, [], {}, { error: null }, { error: {} }, { error: [] }, [[]], { error: { message: 7 } }])(
    'that is %j says nothing, and does not throw',
    (body) => {
      expect(readVendorError(body, 0).message).toBe('');
    },
  );
});

it.each([
  ['lists', '['.repeat(300_000) + ']'.repeat(300_000)],
  ['objects', '{"error":'.repeat(300_000) + '1' + '}'.repeat(300_000)],
])('an error of 300,000 %s in one another is told like any other', (_, text) => {
  const body: unknown = JSON.parse(text);
  expect(classify({ status: 400, body }, { title: 'Acme', secrets: [] }).kind).toBe('bad_request');
});

describe('what is quoted', () => {
  const ours = [new Secret('my-own-secret'), new Secret('')];

  it('holds no key of ours, however often it was repeated', () => {
    expect(quotable('my-own-secret is not my-own-secret!', ours)).toBe('[redacted] is not [redacted]!');
  });

  it.each([
    'sk-proj-abcDEF0123456789_x',
    'sk-ant-api03-abcDEF-0123456789',
    'sk-or-v1-0123456789abcdef',
    'gsk_abcdef0123456789',
    'xai-abcdef0123456789',
    'hf_abcdefABCDEF012345',
    'nvapi-abcdef0123456789',
    'AIzaSyA0123456789abcdefghijklmnopqrstuv',
    'r8_abcdef0123456789',
    'ghp_abcdef0123456789abcdef0123456789abcd',
    'github_pat_11ABCDEFG0abcdefghijkl_mnopqrstuvwxyz',
    'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJlLWhlcmU',
    'ya29.a0AfB_byC0123456789abcdefgh',
    'AKIAIOSFODNN7EXAMPLE',
  ])('holds nothing that looks like a key: %s', (key) => {
    for (const said of [`Incorrect API key provided: ${key}. Find yours.`, `"${key}"`, `Bearer ${key}`])
      expect(quotable(said, [])).not.toContain(key.slice(4));
  });

  it('is one line of at most 300 characters, whole ones', () => {
    const text = quotable(`a\r\nb\u0000\u001B[31mc\t${'🌸'.repeat(4000)}`, []);
    expect(text).toMatch(/^a b \[31mc 🌸+…$/u);
    expect(text.length).toBeLessThanOrEqual(300);
    expect(text.isWellFormed()).toBe(true);
  });

  it.each(['my-own-******', '*****secret', 'my-own...cret1', 'my-own'])('holds no masked key either: %s', (masked) => {
    expect(quotable(`Incorrect key provided: ${masked}.`, ours)).not.toContain(masked);
  });

  it('keeps what is only written in bold', () => {
    expect(quotable('This is **not** allowed... at all', ours)).toBe('This is **not** allowed... at all');
  });

  it('leaves alone what only begins like a key', () => {
    expect(quotable('The key-value store of task-1 is sk-', [])).toBe('The key-value store of task-1 is sk-');
  });
});
