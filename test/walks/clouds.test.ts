import { LLMock } from '@copilotkit/aimock';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { parseConfig } from '../../src/config/config.ts';
import type { Answer, Ask } from '../../src/core/chat.ts';
import { userText } from '../../src/core/chat.ts';
import { createEngine } from '../../src/engine/engine.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { googleToken, startIssuer } from '../auth/issuer.ts';
import type { Vendor } from '../support/vendor.ts';
import { understandsAimock } from '../wires/aimock-suite.ts';

/** Clouds and aggregators as others have rebuilt them: each at its own address, and with its own way of signing in. */
const mock = new LLMock({ port: 0, chunkSize: 4 });

type Place = {
  name: string;
  model: string;
  env: (url: string) => Record<string, string>;
  /** The address at which the mock hears of it. */
  path: RegExp;
};

const PLACES: readonly Place[] = [
  {
    name: 'Azure',
    model: 'azure/sim-1',
    env: (url) => ({ AZURE_OPENAI_ENDPOINT: url, AZURE_OPENAI_API_KEY: 'key' }),
    path: /^\/openai\/v1\/chat\/completions$|^\/v1\/chat\/completions$/,
  },
  {
    name: 'Azure on its older path',
    model: 'azure/sim-1',
    env: (url) => ({ AZURE_OPENAI_ENDPOINT: url, AZURE_OPENAI_API_KEY: 'key', AZURE_OPENAI_API_VERSION: '2024-10-21' }),
    path: /^\/openai\/deployments\/sim-1\/chat\/completions(?:\?api-version=2024-10-21)?$|^\/v1\/chat\/completions$/,
  },
  {
    name: 'Bedrock',
    model: 'bedrock/anthropic.claude-sim-9-v1:0',
    env: (url) => ({ BEDROCK_BASE_URL: url, AWS_REGION: 'us-east-1' }),
    path: /^\/model\/anthropic\.claude-sim-9-v1(?::|%3A)0\/converse-stream$/,
  },
  {
    name: 'Vertex',
    model: 'vertex/gemini-9-sim',
    env: (url) => ({ VERTEX_BASE_URL: url, GOOGLE_CLOUD_PROJECT: 'p', GOOGLE_CLOUD_LOCATION: 'us-east5' }),
    path: /^\/v1\/projects\/p\/locations\/us-east5\/publishers\/google\/models\/gemini-9-sim:streamGenerateContent/,
  },
  {
    name: 'Ollama',
    model: 'ollama/llama3.3',
    env: (url) => ({ OLLAMA_HOST: new URL(url).host }),
    path: /^\/v1\/chat\/completions$/,
  },
  {
    name: 'OpenRouter',
    model: 'openrouter/maker/sim-1:free',
    env: (url) => ({ OPENROUTER_BASE_URL: `${url}/api/v1`, OPENROUTER_API_KEY: 'key' }),
    path: /^(?:\/api)?\/v1\/chat\/completions$/,
  },
];

const engineFor = (env: Record<string, string>, firstByteMs: number): Engine => {
  const text = JSON.stringify({ timeouts: { first_byte_ms: firstByteMs }, retries: 0 });
  return createEngine(parseConfig({ env, files: [{ path: 'config.yaml', text, trusted: true }] }));
};

let issuer: Vendor;

beforeAll(async () => {
  await mock.start();
  issuer = await startIssuer();
  issuer.always(googleToken('ya29.token'));
  // Where the SDKs of AWS and Google look for themselves.
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDEXAMPLE').stubEnv('AWS_SECRET_ACCESS_KEY', 'secret').stubEnv('AWS_PROFILE', '');
  vi.stubEnv('GCE_METADATA_HOST', new URL(issuer.url).host).stubEnv('METADATA_SERVER_DETECTION', 'assume-present');
  vi.stubEnv('GOOGLE_APPLICATION_CREDENTIALS', '').stubEnv('CLOUDSDK_CONFIG', '/nowhere');
});
afterEach(() => mock.reset());
afterAll(async () => {
  vi.unstubAllEnvs();
  await issuer.close();
  await mock.stop();
});

describe.each(PLACES)('$name against aimock', ({ model, env, path }) => {
  let engine: Engine | undefined;
  afterEach(() => engine?.close());

  /** By an engine that has seen nothing fail yet. */
  const call = (ask: Partial<Ask> = {}, firstByteMs = 10_000): Promise<Answer> => {
    engine = engineFor(env(mock.url), firstByteMs);
    return engine.call({ ask: { messages: [userText('Say hello.')], ...ask }, model });
  };

  understandsAimock(mock, (ask) => call(ask));

  it('is asked at its own address', async () => {
    mock.onMessage('Say hello.', { content: 'Hello.' });
    await call();
    expect(mock.getRequests().map((request) => request.path)).toEqual([expect.stringMatching(path)]);
  });

  it('does not wait for ever', async () => {
    mock.onMessage('Say hello.', { content: 'Hello.' }, { latency: 500 });
    await expect(call({}, 40)).rejects.toMatchObject({ kind: 'timeout' });
  });
});
