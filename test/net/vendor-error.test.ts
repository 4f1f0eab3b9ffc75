import { describe, expect, it } from 'vitest';
import { Secret } from '../../src/core/secret.ts';
import { quotable, readVendorError } from '../../src/net/vendor-error.ts';

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
    ['that is text', 'upstream connect error', { message: 'upstream connect error', codes: [] }],
  ])('%s is read', (_, body, expected) => {
    expect(readVendorError(body)).toMatchObject(expected);
  });

  it.each([undefined, null, '', 0, true, [], {}, { error: null }, { error: {} }, { error: [] }, [[]], { error: { message: 7 } }])(
    'that is %j says nothing, and does not throw',
    (body) => {
      expect(readVendorError(body).message).toBe('');
    },
  );
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

  it('leaves alone what only begins like a key', () => {
    expect(quotable('The key-value store of task-1 is sk-', [])).toBe('The key-value store of task-1 is sk-');
  });
});
