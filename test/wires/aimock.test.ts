import { LLMock } from '@copilotkit/aimock';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parseConfig } from '../../src/config/config.ts';
import type { Answer, Ask } from '../../src/core/chat.ts';
import { userText } from '../../src/core/chat.ts';
import type { Kind } from '../../src/core/errors.ts';
import { createEngine } from '../../src/engine/engine.ts';
import type { Engine } from '../../src/engine/engine.ts';
import type { WireId } from '../../src/wires/wire.ts';
import { lendVariables } from '../support/machine.ts';

/** Vendors as others have rebuilt them, checked by them against the real ones: a second opinion on our own simulator. */
const mock = new LLMock({ port: 0, chunkSize: 4 });

const MODELS: Record<WireId, string> = {
  'openai-chat': 'custom-x/sim-1',
  'openai-responses': 'openai/sim-1',
  'anthropic-messages': 'anthropic/sim-1',
  'google-generate': 'google/sim-1',
  'bedrock-converse': 'bedrock/sim-1',
};

const engineFor = (address: string, firstByteMs: number): Engine => {
  const env = {
    SWITCHBOARD_CUSTOM_X_BASE_URL: `${address}/v1`,
    OPENAI_BASE_URL: `${address}/v1`,
    OPENAI_API_KEY: 'key',
    ANTHROPIC_BASE_URL: address,
    ANTHROPIC_API_KEY: 'key',
    GOOGLE_GEMINI_BASE_URL: address,
    GEMINI_API_KEY: 'key',
    BEDROCK_BASE_URL: address,
  };
  const text = JSON.stringify({ timeouts: { first_byte_ms: firstByteMs }, retries: 0 });
  return createEngine(parseConfig({ env, files: [{ path: 'config.yaml', text, trusted: true }] }));
};

// AWS’s SDK looks for credentials in the process’s own environment.
const signedIn = lendVariables({
  AWS_ACCESS_KEY_ID: 'AKIDOFTHETESTS',
  AWS_SECRET_ACCESS_KEY: 'secret',
  AWS_PROFILE: undefined,
  AWS_BEARER_TOKEN_BEDROCK: undefined,
});

let url: string;
let engine: Engine;
let hasty: Engine;

beforeAll(async () => {
  url = await mock.start();
});
// An engine remembers which models asked to be left alone, so each test has its own.
beforeEach(() => {
  engine = engineFor(url, 10_000);
  hasty = engineFor(url, 30);
});
afterEach(async () => {
  mock.reset();
  await Promise.all([engine.close(), hasty.close()]);
});
afterAll(async () => {
  await mock.stop();
  signedIn[Symbol.dispose]();
});

describe.each(Object.entries(MODELS))('%s against aimock', (_, model) => {
  const call = (ask: Partial<Ask> = {}, by = engine): Promise<Answer> =>
    by.call({ ask: { messages: [userText('Say hello.')], ...ask }, model });

  it('answers', async () => {
    mock.onMessage('Say hello.', { content: 'Hello there, Grüße & 🌸!' });
    expect(await call()).toMatchObject({ text: 'Hello there, Grüße & 🌸!', stop: 'end' });
  });

  it('counts tokens', async () => {
    const usage = {
      prompt_tokens: 31,
      completion_tokens: 7,
      total_tokens: 38,
      input_tokens: 31,
      output_tokens: 7,
      promptTokenCount: 31,
      candidatesTokenCount: 7,
      totalTokenCount: 38,
    };
    mock.onMessage('Say hello.', { content: 'Hello.', usage });
    expect((await call()).usage).toMatchObject({ input: 31, output: 7 });
  });

  it('keeps thinking apart', async () => {
    mock.onMessage('Say hello.', { content: 'Hello.', reasoning: 'They want a greeting.' });
    expect(await call()).toMatchObject({ text: 'Hello.', thinking: 'They want a greeting.' });
  });

  it('says when the answer was cut short', async () => {
    mock.onMessage('Say hello.', { content: 'Hel', finishReason: 'length' });
    expect(await call()).toMatchObject({ text: 'Hel', stop: 'length' });
  });

  it('is heard with its system prompt and all of its turns', async () => {
    const messages = [
      userText('One?'),
      { role: 'assistant' as const, content: [{ type: 'text' as const, text: 'One.' }] },
      userText('Two?'),
    ];
    mock.on({ userMessage: 'Two?', systemMessage: 'You count.', turnIndex: 1 }, { content: 'Two.' });
    expect((await call({ system: 'You count.', messages })).text).toBe('Two.');
  });

  it.each<[number, Kind]>([
    [400, 'bad_request'],
    [401, 'auth'],
    [403, 'forbidden'],
    [404, 'not_found'],
    [429, 'rate_limited'],
    [500, 'upstream'],
    [503, 'overloaded'],
  ])('takes the status %i for %s', async (status, kind) => {
    mock.onMessage('Say hello.', { error: { message: 'Not today.' }, status });
    await expect(call()).rejects.toMatchObject({ kind, facts: { status } });
  });

  it('is told when to come back', async () => {
    mock.onMessage('Say hello.', { error: { message: 'Slow down.' }, status: 429, retryAfter: 9 });
    await expect(call()).rejects.toMatchObject({ kind: 'rate_limited', facts: { retryAfterMs: 9000 } });
  });

  it.each([
    ['drops the request', { dropRate: 1 }, ['upstream']],
    ['answers with broken JSON', { malformedRate: 1 }, ['upstream']],
    ['hangs up', { disconnectRate: 1 }, ['network', 'upstream']],
    ['limits the rate', { rateLimitRate: 1 }, ['rate_limited']],
  ])('fails as it should when the vendor %s', async (__, chaos, kinds) => {
    mock.onMessage('Say hello.', { content: 'Hello.' }, { chaos });
    await expect(call()).rejects.toSatisfy((error: { kind?: string }) => kinds.includes(error.kind ?? ''));
  });

  it('gives no half answer when the stream is cut', async () => {
    mock.onMessage('Say hello.', { content: 'A long hello, in many chunks, of which few arrive.' }, { truncateAfterChunks: 3 });
    await expect(call()).rejects.toSatisfy((error: { kind?: string }) => ['network', 'upstream'].includes(error.kind ?? ''));
  });

  it('does not wait for ever', async () => {
    mock.onMessage('Say hello.', { content: 'Hello.' }, { latency: 500 });
    await expect(call({}, hasty)).rejects.toMatchObject({ kind: 'timeout' });
  });
});
