import { describe, expect, it } from 'vitest';
import type { FailureKind } from '../../src/core/errors.ts';
import { classify } from '../../src/net/classify.ts';

const BLAMED = {
  title: 'Acme',
  provider: 'acme',
  credential: 'the key in ACME_API_KEY',
  baseUrl: 'https://api.acme.example/v1',
  secrets: [],
};

/** A status, what the vendor says, the kind that it is, and what the reader is told to do. */
type Row = readonly [status: number, message: string, kind: FailureKind, told: string];

const ROWS: readonly Row[] = [
  [401, 'Invalid key.', 'auth', 'that it is one for api.acme.example'],
  [403, 'Your API key was reported as leaked. Please use another API key.', 'auth', 'make a new key'],
  [401, 'This API key has been revoked.', 'auth', 'make a new key'],
  [400, 'User location is not supported for the API use.', 'forbidden', 'another region'],
  [403, 'Country, region, or territory not supported', 'forbidden', 'another region'],
  [403, 'This model is not available in your region.', 'forbidden', 'another region'],
  [404, 'No endpoints found matching your data policy.', 'forbidden', 'privacy settings'],
  [404, 'Model use case details have not been submitted for this account.', 'forbidden', 'what the provider asks for'],
  [403, 'Your organization must be verified to use the model `x`.', 'forbidden', 'what the provider asks for'],
  [402, 'You requested up to 65536 tokens, but can only afford 3021.', 'no_credit', 'a max_tokens of at most 3021'],
  [400, 'The chatCompletion operation does not work with the specified model, x.', 'unsupported', 'providers.acme.wire'],
  [404, 'This model is only supported in v1/responses and not in v1/chat/completions.', 'unsupported', 'wire: openai-responses'],
  [400, 'No models loaded. Please load a model in the developer page.', 'not_found', 'load one in it'],
  [404, 'model "x" not found, try pulling it first', 'not_found', 'download the model'],
  [404, 'No endpoints found that support image input', 'unsupported', 'name another model'],
  [400, 'Invocation of model ID x with on-demand throughput isn’t supported.', 'unsupported', 'us.<id>'],
];

describe('the remedy', () => {
  it.each(ROWS)('after %i “%s” (%s) is told: %s', (status, message, kind, told) => {
    const failure = classify({ status, body: { error: { message } } }, BLAMED);
    expect(failure.kind).toBe(kind);
    expect(`${failure.message} ${failure.facts.advice ?? 'leave it out or name another model'}`).toContain(told);
    expect(failure.facts.vendorSaid).toBe(message);
  });
});
