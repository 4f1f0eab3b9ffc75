import { LLMock } from '@copilotkit/aimock';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parseConfig } from '../../src/config/config.ts';
import type { Answer, Ask } from '../../src/core/chat.ts';
import { userText } from '../../src/core/chat.ts';
import { createEngine } from '../../src/engine/engine.ts';
import type { Engine } from '../../src/engine/engine.ts';
import type { WireId } from '../../src/wires/wire.ts';
import { lendVariables } from '../support/machine.ts';
import { understandsAimock } from '../wires/aimock-suite.ts';

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

  understandsAimock(mock, (ask) => call(ask));

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

  it('does not wait for ever', async () => {
    mock.onMessage('Say hello.', { content: 'Hello.' }, { latency: 500 });
    await expect(call({}, hasty)).rejects.toMatchObject({ kind: 'timeout' });
  });
});
