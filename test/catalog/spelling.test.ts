import { describe, expect, it } from 'vitest';
import { userText } from '../../src/core/chat.ts';
import { createEngine } from '../../src/engine/engine.ts';
import { configured } from '../config/configured.ts';

const ask = { messages: [userText('Hi')] };

const env = {
  GEMINI_API_KEY: 'k',
  OPENAI_API_KEY: 'k',
  OPENROUTER_API_KEY: 'k',
  GOOGLE_CLOUD_PROJECT: 'p',
  AWS_REGION: 'us-east-1',
  SWITCHBOARD_CUSTOM_G_BASE_URL: 'http://127.0.0.1:9/v1beta',
  SWITCHBOARD_CUSTOM_G_WIRE: 'google-generate',
  AZURE_OPENAI_API_KEY: 'k',
  AZURE_OPENAI_ENDPOINT: 'https://x.openai.azure.com',
  AZURE_OPENAI_API_VERSION: '2024-10-21',
};

async function inEngine<T>(user: string, work: (engine: ReturnType<typeof createEngine>) => Promise<T>): Promise<T> {
  const engine = createEngine(configured({ env, user }));
  try {
    return await work(engine);
  } finally {
    await engine.close();
  }
}

describe('another spelling of a model', () => {
  it.each([
    ['google/models/gemini-3.8-flash', 'google/gemini-3.8-flash'],
    ['google/MODELS/models/Gemini-3.8-Flash', 'google/gemini-3.8-flash'],
    ['google/./gemini-3.8-flash', 'google/gemini-3.8-flash'],
    ['google//gemini-3.8-flash/', 'google/gemini-3.8-flash'],
    ['google/gemini%2D3.8%2dflash', 'google/gemini-3.8-flash'],
    ['google/models%2Fgemini-3.8-flash ', 'google/gemini-3.8-flash'],
    ['gemini:models/gemini-3.8-flash', 'google/gemini-3.8-flash'],
    ['google/gemini-9-new/', 'google/gemini-9-new'],
    ['vertex/publishers/google/models/gemini-3.8-flash', 'vertex/gemini-3.8-flash'],
    ['custom-g/models/./mine', 'custom-g/mine'],
    ['azure/my%2Ddeployment', 'azure/my-deployment'],
    ['bedrock/arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-pro-v1:0', 'bedrock/amazon.nova-pro-v1:0'],
    ['openai/GPT-6.1-SOL', 'openai/gpt-6.1-sol'],
    ['openai/gpt-6.1-sol/', 'openai/gpt-6.1-sol'],
    ['openrouter/meta-llama/x:free', 'openrouter/meta-llama/x:free'],
    ['openai/ft:gpt-4o:org::id', 'openai/ft:gpt-4o:org::id'],
  ])('%s is %s', async (written, ref) => {
    await inEngine('', async (engine) => {
      const { provider, model } = await engine.resolve(written);
      expect(`${provider}/${model}`).toBe(ref);
    });
  });

  it.each([
    'google/tunedModels/gemini-3.8-flash',
    'google/models/../gemini-3.8-flash',
    'google/..%2Fmodels/x',
    'google/x?alt=sse',
    'google/x#y',
    'google/gemini%252D3',
    'google/a\\b',
    'custom-g/tunedmodels/mine',
    'azure/../../x',
  ])('that only its address means is refused: %s', async (written) => {
    await inEngine('', async (engine) => {
      await expect(engine.resolve(written)).rejects.toMatchObject({ kind: 'input' });
    });
  });

  it.each([
    ['google/gemini-3.8-flash', 'google/models/gemini-3.8-flash'],
    ['google/models/gemini-*', 'gemini/./gemini-3.8-flash'],
    ['google/gemini-9', 'google/GEMINI%2d9'],
    ['openrouter/openai/gpt-5', 'openrouter/openai/gpt-5:nitro'],
    ['openrouter/openai/gpt-5', 'openrouter/OpenAI/GPT-5:floor'],
    ['google/mine', 'google'],
  ])('passes no list: %s denies %s', async (denied, model) => {
    const user = `models: { deny: ["${denied}"] }\nproviders: { google: { default_model: models/mine } }\n`;
    await inEngine(user, async (engine) => {
      await expect(engine.call({ ask, model })).rejects.toMatchObject({
        kind: 'config',
        message: expect.stringContaining('does not allow it'),
      });
    });
  });
});
