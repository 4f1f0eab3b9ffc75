import { describe, expect, it } from 'vitest';
import type { FailureKind } from '../../src/core/errors.ts';
import { Secret } from '../../src/core/secret.ts';
import { classify } from '../../src/net/classify.ts';
import type { Refusal } from '../../src/net/classify.ts';

const BLAMED = { title: 'Acme', credential: 'the key in ACME_API_KEY', secrets: [new Secret('my-own-secret')] };

const judged = (refusal: Refusal) => classify(refusal, BLAMED);

/** The kind of an error whose words are all that there is. */
const kindOf = (status: number, message: string, more: object = {}): FailureKind =>
  judged({ status, body: { error: { message, ...more } } }).kind;

describe('a status alone', () => {
  it.each<[number, FailureKind]>([
    [400, 'bad_request'],
    [401, 'auth'],
    [402, 'no_credit'],
    [403, 'forbidden'],
    [404, 'not_found'],
    [405, 'not_found'],
    [408, 'timeout'],
    [409, 'upstream'],
    [410, 'not_found'],
    [413, 'too_long'],
    [418, 'bad_request'],
    [422, 'bad_request'],
    [429, 'rate_limited'],
    [451, 'forbidden'],
    [498, 'overloaded'],
    [500, 'upstream'],
    [502, 'upstream'],
    [503, 'overloaded'],
    [504, 'upstream'],
    [520, 'upstream'],
    [524, 'upstream'],
    [529, 'overloaded'],
    [200, 'upstream'],
  ])('%i is %s', (status, kind) => {
    expect(judged({ status, body: undefined }).kind).toBe(kind);
  });
});

describe('a context that is full', () => {
  it.each([
    // OpenAI
    "This model's maximum context length is 128000 tokens. However, your messages resulted in 130017 tokens.",
    'Your input exceeds the context window of this model. Please adjust your input and try again.',
    // Anthropic
    'prompt is too long: 210045 tokens > 200000 maximum',
    'input length and `max_tokens` exceed context limit: 190000 + 20000 > 200000, decrease input length or `max_tokens`',
    // Google
    'The input token count (1100042) exceeds the maximum number of tokens allowed (1048576).',
    // Bedrock
    'Input is too long for requested model.',
    'The model returned the following errors: input length exceeds the maximum',
    // xAI
    "This model's maximum prompt length is 131072 but the request contains 537812 tokens.",
    // Mistral
    'Prompt contains 40000 tokens and 0 draft tokens, too large for model with 32768 maximum context length',
    // Groq, Together
    'Please reduce the length of the messages.',
    '`inputs` tokens + `max_new_tokens` must be <= 8193. Given: 9000 `inputs` tokens and 512 `max_new_tokens`: context length exceeded',
    // Cohere
    'too many tokens: size limit exceeded by 11326 tokens. Try using shorter or fewer inputs.',
    // llama.cpp, Ollama, vLLM, LM Studio
    'the request exceeds the available context size. try increasing the context size or enable context shift',
    'input (5000 tokens) is larger than the max context size (4096 tokens). skipping',
    'The decoder prompt (length 9000) is longer than the maximum model length of 8192. Make sure that `max_model_len` is no smaller',
    'The number of tokens to keep from the initial prompt is greater than the context length',
    // Cerebras, Fireworks
    'Please reduce the length of the messages or completion. Current length is 9000 while limit is 8192',
    'The prompt is too long: 150000, model maximum context length: 131071',
    // Groq, whose status is 413
    'Request too large for model `x` on tokens per minute (TPM): Limit 6000, Requested 9000, please reduce your message size and try again.',
  ])('is told by its words: %s', (message) => {
    expect(kindOf(400, message)).toBe('too_long');
  });

  it.each([
    { status: 413, body: { error: { message: 'Too much.' } } },
    { status: 400, body: { error: { message: 'No.', code: 'context_length_exceeded' } } },
    { status: 400, body: { error: { message: 'No.', type: 'request_too_large' } } },
    { status: 200, body: { error: { message: 'maximum context length is 4096 tokens' } } },
    { status: 500, body: { error: 'the prompt exceeds the available context size' } },
  ])('is told under the status $status too', (refusal) => {
    expect(judged(refusal).kind).toBe('too_long');
  });

  it.each([
    ["'max_tokens' is too large: 200000. This model supports at most 16384 completion tokens.", 400],
    ['The description of the tool is too long.', 400],
    ['Rate limit reached on tokens per minute (TPM): Limit 30000, Used 29000, Requested 2000. Please try again in 2s.', 429],
  ])('is not every sentence with a length in it: %s', (message, status) => {
    expect(kindOf(status, message)).not.toBe('too_long');
  });
});

describe('numbers of which one is more than the other', () => {
  const TPM = 'Request too large for model `x` on tokens per minute (TPM):';

  it.each([
    `${TPM} Limit 6000, Requested 12328, please reduce your message size. Visit https://acme.example/settings/billing`,
    'Request too large for x on tokens per min (TPM): Limit 30000, Requested 61233.',
    'Rate limit reached on input tokens per minute: limit 10,000, requested 12,500.',
  ])('say that a request is larger than a whole minute allows: %s', (message) => {
    for (const status of [413, 429]) {
      const { kind, facts } = judged({ status, body: { error: { message, code: 'rate_limit_exceeded' } } });
      expect({ kind, advice: facts.advice }).toEqual({ kind: 'too_long', advice: expect.stringContaining('lower max_tokens') });
    }
  });

  it.each([
    'token count of 240000 exceeds the limit of 200000',
    'prompt token count of 150,000 exceeds the limit of 128,000',
    'Invalid request: Your request exceeded model token limit: 262144 (requested: 291351)',
    'Input validation error: `inputs` tokens + `max_new_tokens` must be <= 8193. Given: 12000 `inputs` tokens and 512 more',
    'Current length is 9000 while limit is 8192',
    'The request has 300000 tokens but this model allows 262144.',
  ])('say that there is too much: %s', (message) => {
    for (const status of [400, 422, 500, 502, 200]) expect(kindOf(status, message)).toBe('too_long');
  });

  it.each([
    ['Limit 6000, Used 5034, Requested 1443 on tokens per minute (TPM). Please try again in 4.77s.', 429, 'rate_limited'],
    ['max_tokens: 200000 > 64000, which is the maximum allowed number of output tokens', 400, 'bad_request'],
    ['image exceeds 5 MB maximum: 6291456 bytes > 5242880 bytes', 400, 'bad_request'],
    ['thinking budget of 40000 exceeds the maximum of 32768', 400, 'bad_request'],
    ['You made 75 requests, and the limit is 60 requests per minute.', 429, 'rate_limited'],
  ])('are not every two numbers: %s', (message, status, kind) => {
    expect(kindOf(status, message)).toBe(kind);
  });
});

describe('a limit', () => {
  const NOW = Date.parse('2026-11-30T20:00:00Z');
  const at = (body: unknown, more: Partial<typeof BLAMED & { dayBegins: string }> = {}) =>
    classify({ status: 429, body, now: NOW }, { ...BLAMED, ...more });
  const quota = (quotaId: string, quotaValue: string) => ({
    error: {
      code: 429,
      status: 'RESOURCE_EXHAUSTED',
      message: 'You exceeded your current quota, please check your plan and billing details.',
      details: [{ violations: [{ quotaId, quotaValue }] }, { retryDelay: '34s' }],
    },
  });

  it('of the minute is waited for', () => {
    expect(at(quota('GenerateRequestsPerMinutePerProject', '15'))).toMatchObject({
      kind: 'rate_limited',
      facts: { retryAfterMs: 34_000 },
    });
  });

  it('of the day opens at the midnight of the vendor, whatever its next try would be', () => {
    const failure = at(quota('GenerateRequestsPerDayPerProject', '250'), { dayBegins: 'America/Los_Angeles' });
    expect(failure).toMatchObject({ kind: 'rate_limited', facts: { retryAfterMs: 12 * 3_600_000 } });
    expect(failure.facts.advice).toContain('when the limit begins anew');
  });

  it('of the day is not asked about again where nobody knows when it opens', () => {
    const { kind, facts } = at(quota('GenerateRequestsPerDayPerProject', '250'));
    expect({ kind, facts }).toMatchObject({ kind: 'rate_limited', facts: { shouldRetry: false } });
    expect(facts).not.toHaveProperty('retryAfterMs');
  });

  it.each([
    ['Rate limit of 50 per 86400s exceeded for UserByModelByDay. Please wait 12345 seconds before retrying.', 12_345_000],
    ['Limit 100000, Used 99000, Requested 2000 on tokens per day (TPD). Please try again in 14m24s.', 864_000],
    ['Daily limit reached. Try again in 1h3m.', 3_780_000],
    ['You used your requests of the day: the limit per day resets on 2026-12-01 at 00:00 UTC', 14_400_000],
  ])('of the day says when it opens: %s', (message, retryAfterMs) => {
    expect(at({ error: { message } })).toMatchObject({ kind: 'rate_limited', facts: { retryAfterMs } });
  });

  it('of nothing at all is a plan that lacks the model', () => {
    for (const body of [
      quota('GenerateRequestsPerMinute', '0'),
      { error: { message: 'Quota exceeded, limit: 0. Retry in 41s.' } },
    ]) {
      const { kind, facts } = at(body);
      expect({ kind, facts }).toMatchObject({ kind: 'no_credit', facts: { advice: expect.stringContaining('enable billing') } });
      expect(facts).not.toHaveProperty('retryAfterMs');
    }
  });

  it('is called an empty account by a vendor whose row says so', () => {
    const body = { error: { message: 'You exceeded your current quota, please check your plan.', code: 'insufficient_quota' } };
    const errorCodes = { insufficient_quota: 'rate_limited' } as const;
    expect(classify({ status: 429, body }, { ...BLAMED, errorCodes }).kind).toBe('rate_limited');
    expect(at(body).kind).toBe('no_credit');
    expect(
      at({ error: { message: 'Allocated quota exceeded, please increase your quota limit.', code: 'insufficient_quota' } }).kind,
    ).toBe('rate_limited');
  });
});

describe('where a link leads', () => {
  it.each([
    'Rate limit reached. Upgrade at https://acme.example/settings/billing',
    'Rate limit reached. Upgrade at console.acme.ai/settings/billing/plans',
    'Rate limit reached, see [billing page](https://acme.example/b).',
  ])('says nothing of what went wrong: %s', (message) => {
    expect(kindOf(429, message)).toBe('rate_limited');
  });
});

describe('an empty account', () => {
  it.each<[number, string, object]>([
    [429, 'You exceeded your current quota, please check your plan and billing details.', { code: 'insufficient_quota' }],
    [429, 'You exceeded your current quota, please check your plan and billing details.', {}],
    [
      400,
      'Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing.',
      { type: 'invalid_request_error' },
    ],
    [402, 'Insufficient Balance', { type: 'unknown_error' }],
    [402, 'This request requires more credits, or fewer max_tokens. You requested up to 65536 tokens.', { code: 402 }],
    [429, 'Your prepayment credits are depleted. Please go to AI Studio to manage your project and billing.', {}],
    [403, 'Your newly created team doesn’t have any credits yet. You can purchase credits on console.x.ai.', {}],
    [429, 'Your account is suspended, please check your plan and billing details', { type: 'exceeded_current_quota_error' }],
    [429, 'You have reached your specified API usage limits. You will regain access on 2026-12-01 at 00:00 UTC.', {}],
    [429, 'Your team has either used all available credits or reached its monthly spending limit.', {}],
    [403, 'Key limit exceeded (total limit). Manage it using https://openrouter.ai/settings/keys', { code: 403 }],
  ])('hides in %i: %s', (status, message, more) => {
    expect(kindOf(status, message, more)).toBe('no_credit');
  });

  it('is not what Google means by a limit that is over in a minute', () => {
    const message =
      'You exceeded your current quota, please check your plan and billing details. Quota exceeded for metric: generate_content_free_tier_requests, limit: 15';
    const details = [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '17s' }];
    const body = { error: { code: 429, message, status: 'RESOURCE_EXHAUSTED', details } };
    expect(judged({ status: 429, body })).toMatchObject({ kind: 'rate_limited', facts: { retryAfterMs: 17_000 } });
    expect(judged({ status: 429, body: { error: { message } } }).kind).toBe('no_credit');
  });
});

describe('AWS’s exceptions', () => {
  it.each<[string, number, FailureKind]>([
    ['ThrottlingException', 429, 'rate_limited'],
    ['ServiceQuotaExceededException', 400, 'rate_limited'],
    ['AccessDeniedException', 403, 'forbidden'],
    ['UnrecognizedClientException', 403, 'auth'],
    ['InvalidSignatureException', 403, 'auth'],
    ['ExpiredTokenException', 403, 'auth'],
    ['IncompleteSignatureException', 400, 'auth'],
    ['MissingAuthenticationTokenException', 403, 'auth'],
    ['ResourceNotFoundException', 404, 'not_found'],
    ['ValidationException', 400, 'bad_request'],
    ['ModelNotReadyException', 429, 'overloaded'],
    ['ServiceUnavailableException', 503, 'overloaded'],
    ['ModelTimeoutException', 408, 'timeout'],
    ['ModelErrorException', 424, 'upstream'],
    ['InternalServerException', 500, 'upstream'],
  ])('%s (%i) is %s, beside the body and in it', (name, status, kind) => {
    expect(judged({ status, body: { message: 'No.' }, code: `${name}:http://internal.amazon.com/` }).kind).toBe(kind);
    expect(judged({ status, body: { message: 'No.', __type: `com.amazon#${name}` } }).kind).toBe(kind);
  });

  it('that say what is too long or unknown are read further', () => {
    const says = (message: string) => judged({ status: 400, body: { message }, code: 'ValidationException' }).kind;
    expect(says('Input is too long for requested model.')).toBe('too_long');
    expect(says('The provided model identifier is invalid.')).toBe('not_found');
    expect(says('Invocation of model ID x with on-demand throughput isn’t supported. Retry with an inference profile.')).not.toBe(
      'upstream',
    );
  });
});

describe('words that say more than the status', () => {
  it.each<[number, string, FailureKind]>([
    [400, 'API key not valid. Please pass a valid API key.', 'auth'],
    [400, 'Incorrect API key provided: a***b.', 'auth'],
    [403, 'Missing API key', 'auth'],
    [400, 'The model `gpt-9` does not exist or you do not have access to it.', 'not_found'],
    [400, 'The model `llama3-8b-8192` has been decommissioned and is no longer supported.', 'not_found'],
    [400, 'acme/no-such is not a valid model ID', 'not_found'],
    [400, "Unsupported parameter: 'temperature' is not supported with this model.", 'unsupported'],
    [400, 'Unsupported value: reasoning.effort does not support minimal with this model.', 'unsupported'],
    [400, 'temperature: Extra inputs are not permitted', 'unsupported'],
    [400, 'The response was filtered due to the prompt triggering Azure OpenAI’s content management policy.', 'refused'],
    [400, 'Your request was rejected as a result of our safety system.', 'refused'],
    [429, 'The engine is currently overloaded, please try again later', 'overloaded'],
    [500, 'The model is overloaded. Please try again later.', 'overloaded'],
    [400, 'Rate limit exceeded', 'rate_limited'],
  ])('%i “%s” is %s', (status, message, kind) => {
    expect(kindOf(status, message)).toBe(kind);
  });

  it('do not turn a server’s error into the caller’s fault', () => {
    expect(kindOf(500, 'Internal error: the parameter table is not supported here')).toBe('upstream');
    expect(kindOf(401, 'The model does not exist for this account')).toBe('auth');
  });

  it.each<[object, number, FailureKind]>([
    [{ code: 'invalid_api_key' }, 400, 'auth'],
    [{ type: 'billing_error' }, 400, 'no_credit'],
    [{ code: 'content_filter' }, 400, 'refused'],
    [{ innererror: { code: 'ResponsibleAIPolicyViolation' }, code: 'content_filter' }, 400, 'refused'],
    [{ code: 'DeploymentNotFound' }, 404, 'not_found'],
    [{ type: 'rate_limit_error' }, 200, 'rate_limited'],
    [{ code: 429 }, 200, 'rate_limited'],
    [{ code: 502 }, 200, 'upstream'],
    [{ type: 'api_error' }, 503, 'overloaded'],
  ])('%j under %i is %s', (more, status, kind) => {
    expect(kindOf(status, 'No.', more)).toBe(kind);
  });
});

describe('what is told of it', () => {
  it('names the variable whose key was refused, and repeats nothing of the key itself', () => {
    const { message, facts } = judged({ status: 401, body: { error: { message: 'Key my-own-secret is bad' } } });
    expect(message).toBe('Acme refused the key in ACME_API_KEY (401): check it at the provider’s console');
    expect(facts).toEqual({ status: 401, vendorSaid: 'Key [redacted] is bad' });
  });

  it.each([
    [{ message: 'No.', param: 'temperature' }, 'temperature'],
    [
      { message: "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens'." },
      'max_tokens',
    ],
    [{ message: 'The `tools` field is required' }, undefined],
  ])('names the parameter of %j', (error, param) => {
    expect(judged({ status: 400, body: { error } }).facts.param).toBe(param);
  });

  it('quotes the vendor without our keys', () => {
    const said = judged({ status: 400, body: { error: { message: 'What is my-own-secret?', param: 'my-own-secret' } } });
    expect(said.facts).toMatchObject({ vendorSaid: 'What is [redacted]?', param: '[redacted]' });
  });

  it('says when to come back, by the header before the body', () => {
    const body = { error: { message: 'Slow.', details: [{ retryDelay: '9s' }] } };
    expect(judged({ status: 429, body }).facts.retryAfterMs).toBe(9000);
    expect(judged({ status: 429, body, retryAfterMs: 4000 }).facts.retryAfterMs).toBe(4000);
  });

  it('is bounded, whatever was said', () => {
    const message = 'model '.repeat(50_000) + 'context '.repeat(50_000);
    expect(judged({ status: 400, body: { error: { message } } }).facts.vendorSaid?.length).toBeLessThanOrEqual(300);
  });
});
