import { describe, expect, it } from 'vitest';
import { setupOf } from '../../src/config/of-model.ts';
import { setup } from './configured.ts';

type Form = { written: string; root: string | undefined };

/** Where a provider is when `variable` holds `written`; undefined: it says that this is no address. */
function rootOf(id: string, variable: string, written: string, more: Record<string, string> = {}): string | undefined {
  const { baseUrl, missing = '' } = setup({ env: { [variable]: written, ...more } }, id);
  return missing.startsWith(`${variable} is not an address`) ? undefined : baseUrl;
}

const OPENAI: Record<string, readonly Form[]> = {
  'what needs nothing': [
    { written: 'https://api.openai.com/v1', root: 'https://api.openai.com/v1' },
    { written: 'https://api.openai.com/v1/', root: 'https://api.openai.com/v1' },
    { written: 'HTTPS://API.OpenAI.com/v1//', root: 'https://api.openai.com/v1' },
    { written: 'http://localhost:8080', root: 'http://localhost:8080' },
    { written: 'http://[::1]:8080/v1', root: 'http://[::1]:8080/v1' },
    { written: '"https://gate.example/v1"', root: 'https://gate.example/v1' },
    { written: '\uFEFF https://gate.example/v1\r\n', root: 'https://gate.example/v1' },
  ],
  'a host of the vendor’s own without its path': [
    { written: 'https://api.openai.com', root: 'https://api.openai.com/v1' },
    { written: 'https://eu.api.openai.com/', root: 'https://eu.api.openai.com/v1' },
  ],
  'an address without a scheme, which is https on the internet': [
    { written: 'api.openai.com/v1', root: 'https://api.openai.com/v1' },
    { written: '//api.openai.com/v1', root: 'https://api.openai.com/v1' },
    { written: 'gate.example:8443/v1', root: 'https://gate.example:8443/v1' },
    { written: 'localhost.evil.com/v1', root: 'https://localhost.evil.com/v1' },
    { written: '127.0.0.1.evil.com/v1', root: 'https://127.0.0.1.evil.com/v1' },
    { written: '8.8.8.8/v1', root: 'https://8.8.8.8/v1' },
    { written: '[2001:db8::1]:8080/v1', root: 'https://[2001:db8::1]:8080/v1' },
    { written: 'api.openai.com./v1', root: 'https://api.openai.com/v1' },
  ],
  'an address without a scheme, which is http on the user’s own machine and networks': [
    { written: 'localhost:8000/v1', root: 'http://localhost:8000/v1' },
    { written: 'localhost.:8000/v1', root: 'http://localhost:8000/v1' },
    { written: 'box:8000/v1', root: 'http://box:8000/v1' },
    { written: 'gpu.local:8000/v1', root: 'http://gpu.local:8000/v1' },
    { written: '10.1.2.3:8000/v1', root: 'http://10.1.2.3:8000/v1' },
    { written: '172.20.0.5:8000/v1', root: 'http://172.20.0.5:8000/v1' },
    { written: '192.168.1.7:8000/v1', root: 'http://192.168.1.7:8000/v1' },
    { written: '100.99.1.2:8000/v1', root: 'http://100.99.1.2:8000/v1' },
    { written: '[fd00::7]:8000/v1', root: 'http://[fd00::7]:8000/v1' },
    { written: '::1', root: 'http://[::1]' },
    { written: '0.0.0.0:8000/v1', root: 'http://127.0.0.1:8000/v1' },
    { written: 'http://[::]:8000/v1', root: 'http://[::1]:8000/v1' },
  ],
  'an endpoint whose whole address was pasted': [
    { written: 'https://gate.example/v1/chat/completions', root: 'https://gate.example/v1' },
    { written: 'https://gate.example/v1/responses/', root: 'https://gate.example/v1' },
    { written: 'https://gate.example/v1/models', root: 'https://gate.example/v1' },
    { written: 'https://gate.example/api/v1/Chat/Completions', root: 'https://gate.example/api/v1' },
  ],
  'what is no address': [
    { written: 'not an address', root: undefined },
    { written: 'ftp://files.example', root: undefined },
    { written: 'file:///etc/passwd', root: undefined },
    { written: 'https://', root: undefined },
    { written: 'https//api.openai.com/v1', root: undefined },
    { written: '/v1', root: undefined },
  ],
};

describe.each(Object.entries(OPENAI))('%s', (_, forms) => {
  it.each(forms)('$written is $root', ({ written, root }) => {
    expect(rootOf('openai', 'OPENAI_BASE_URL', written, { OPENAI_API_KEY: 'sk-1' })).toBe(root);
  });
});

/** As the SDKs, portals and documents of vendors write it. */
const VENDORS: readonly (Form & { id: string; variable: string })[] = [
  { id: 'anthropic', variable: 'ANTHROPIC_BASE_URL', written: 'https://api.anthropic.com', root: 'https://api.anthropic.com/v1' },
  {
    id: 'anthropic',
    variable: 'ANTHROPIC_BASE_URL',
    written: 'https://gate.example/anthropic/',
    root: 'https://gate.example/anthropic/v1',
  },
  {
    id: 'anthropic',
    variable: 'ANTHROPIC_BASE_URL',
    written: 'https://gate.example/v1/messages',
    root: 'https://gate.example/v1',
  },
  {
    id: 'google',
    variable: 'GOOGLE_GEMINI_BASE_URL',
    written: 'https://generativelanguage.googleapis.com',
    root: 'https://generativelanguage.googleapis.com/v1beta',
  },
  {
    id: 'google',
    variable: 'GOOGLE_GEMINI_BASE_URL',
    written: 'https://generativelanguage.googleapis.com/v1beta/openai/',
    root: 'https://generativelanguage.googleapis.com/v1beta',
  },
  {
    id: 'google',
    variable: 'GOOGLE_GEMINI_BASE_URL',
    written: 'https://generativelanguage.googleapis.com/v1/models/gemini-2.5-pro:generateContent',
    root: 'https://generativelanguage.googleapis.com/v1',
  },
  { id: 'groq', variable: 'GROQ_BASE_URL', written: 'https://api.groq.com', root: 'https://api.groq.com/openai/v1' },
  { id: 'groq', variable: 'GROQ_BASE_URL', written: 'https://api.groq.com/openai/', root: 'https://api.groq.com/openai/v1' },
  { id: 'cerebras', variable: 'CEREBRAS_BASE_URL', written: 'https://api.cerebras.ai', root: 'https://api.cerebras.ai/v1' },
  { id: 'mistral', variable: 'MISTRAL_BASE_URL', written: 'https://api.mistral.ai', root: 'https://api.mistral.ai/v1' },
  { id: 'cohere', variable: 'CO_API_URL', written: 'https://api.cohere.com/v1', root: 'https://api.cohere.com/compatibility/v1' },
  {
    id: 'fireworks',
    variable: 'FIREWORKS_BASE_URL',
    written: 'https://api.fireworks.ai/inference',
    root: 'https://api.fireworks.ai/inference/v1',
  },
  { id: 'together', variable: 'TOGETHER_BASE_URL', written: 'https://api.together.xyz/v1', root: 'https://api.together.xyz/v1' },
  {
    id: 'openrouter',
    variable: 'OPENROUTER_BASE_URL',
    written: 'https://openrouter.ai/api',
    root: 'https://openrouter.ai/api/v1',
  },
  { id: 'xai', variable: 'XAI_BASE_URL', written: 'api.x.ai', root: 'https://api.x.ai/v1' },
  {
    id: 'deepseek',
    variable: 'DEEPSEEK_API_BASE',
    written: 'https://api.deepseek.com/beta',
    root: 'https://api.deepseek.com/beta',
  },
  {
    id: 'qwen',
    variable: 'DASHSCOPE_HTTP_BASE_URL',
    written: 'https://dashscope-intl.aliyuncs.com/api/v1',
    root: 'https://dashscope-intl.aliyuncs.com/compatible-mode/v1',
  },
  {
    id: 'azure',
    variable: 'AZURE_OPENAI_ENDPOINT',
    written: 'myres.openai.azure.com',
    root: 'https://myres.openai.azure.com/openai/v1',
  },
  {
    id: 'azure',
    variable: 'AZURE_OPENAI_ENDPOINT',
    written: 'https://me.openai.azure.com/openai',
    root: 'https://me.openai.azure.com/openai/v1',
  },
  {
    id: 'azure',
    variable: 'AZURE_API_BASE',
    written: 'https://me.openai.azure.com/openai/v1/',
    root: 'https://me.openai.azure.com/openai/v1',
  },
  {
    id: 'azure',
    variable: 'AZURE_OPENAI_ENDPOINT',
    written: 'https://me.services.ai.azure.com/models/chat/completions?api-version=2024-05-01-preview',
    root: 'https://me.services.ai.azure.com/openai/v1',
  },
  {
    id: 'azure',
    variable: 'AZURE_OPENAI_ENDPOINT',
    written: 'https://me.services.ai.azure.com/api/projects/mine',
    root: 'https://me.services.ai.azure.com/openai/v1',
  },
  {
    id: 'azure',
    variable: 'AZURE_OPENAI_ENDPOINT',
    written: 'https://me.cognitiveservices.azure.com/openai/responses?api-version=2025-04-01-preview',
    root: 'https://me.cognitiveservices.azure.com/openai/v1',
  },
  {
    id: 'azure',
    variable: 'AZURE_OPENAI_ENDPOINT',
    written: 'https://me.openai.azure.com/openai/deployments/gpt-5/chat/completions?api-version=2025-01-01-preview',
    root: 'https://me.openai.azure.com/openai/deployments/{model}',
  },
  { id: 'ollama', variable: 'OLLAMA_HOST', written: 'localhost:11434', root: 'http://localhost:11434/v1' },
  { id: 'ollama', variable: 'OLLAMA_HOST', written: 'localhost', root: 'http://localhost:11434/v1' },
  { id: 'ollama', variable: 'OLLAMA_HOST', written: '0.0.0.0', root: 'http://127.0.0.1:11434/v1' },
  { id: 'ollama', variable: 'OLLAMA_HOST', written: '192.168.1.7', root: 'http://192.168.1.7:11434/v1' },
  { id: 'ollama', variable: 'OLLAMA_HOST', written: 'box.local:80', root: 'http://box.local/v1' },
  { id: 'ollama', variable: 'OLLAMA_HOST', written: 'http://box.local', root: 'http://box.local/v1' },
  { id: 'ollama', variable: 'OLLAMA_HOST', written: '[::1]:11434', root: 'http://[::1]:11434/v1' },
  { id: 'ollama', variable: 'OLLAMA_HOST', written: ':11500', root: 'http://127.0.0.1:11500/v1' },
  { id: 'ollama', variable: 'OLLAMA_HOST', written: 'http://localhost:11434/api/chat', root: 'http://localhost:11434/v1' },
  { id: 'ollama', variable: 'OLLAMA_HOST', written: 'ollama.example.com', root: 'http://ollama.example.com:11434/v1' },
  { id: 'lmstudio', variable: 'LMSTUDIO_BASE_URL', written: 'http://localhost:1234/api/v0', root: 'http://localhost:1234/v1' },
];

describe('an address as a vendor’s own SDK, portal or document writes it', () => {
  it.each(VENDORS)('$variable=$written is $root', ({ id, variable, written, root }) => {
    expect(rootOf(id, variable, written)).toBe(root);
  });
});

describe('an address of Google’s cloud', () => {
  const root = (location: string, model = 'gemini-2.5-pro') =>
    setupOf(setup({ env: { GOOGLE_CLOUD_PROJECT: 'p1', GOOGLE_CLOUD_LOCATION: location } }, 'vertex'), model).baseUrl;

  it.each([
    ['us', 'aiplatform.us.rep.googleapis.com'],
    ['eu', 'aiplatform.eu.rep.googleapis.com'],
    ['global', 'aiplatform.googleapis.com'],
    ['us-east5', 'us-east5-aiplatform.googleapis.com'],
  ])('of the location %s is %s', (location, host) => {
    const below = `https://${host}/v1/projects/p1/locations/${location}`;
    expect(root(location)).toBe(`${below}/publishers/google`);
    expect(root(location, 'claude-sonnet-4-5@20250929')).toBe(`${below}/publishers/anthropic/models/{model}`);
    expect(root(location, 'meta/llama-4-scout-maas')).toBe(`${below}/endpoints/openapi`);
  });
});

describe('an address besides where the API is', () => {
  it('tells the protocol of the endpoint that was pasted, unless another one is chosen', () => {
    const env = { SWITCHBOARD_CUSTOM_BOX_BASE_URL: 'https://gate.example/v1/messages' };
    expect(setup({ env }, 'custom-box').provider.wire).toBe('anthropic-messages');
    const chosen = { ...env, SWITCHBOARD_CUSTOM_BOX_WIRE: 'openai-chat' };
    expect(setup({ env: chosen }, 'custom-box').provider.wire).toBe('openai-chat');
  });

  it('keeps its query', () => {
    const env = { SWITCHBOARD_CUSTOM_BOX_BASE_URL: 'https://gate.example/v1?api-version=2025-04-01-preview&team=blue' };
    expect(setup({ env }, 'custom-box').query).toEqual({ 'api-version': '2025-04-01-preview', team: 'blue' });
  });

  it('names the deployment and the version of Azure’s Target URI', () => {
    const uri = 'https://me.openai.azure.com/openai/deployments/my%20gpt/chat/completions?api-version=2025-01-01-preview';
    const { query, defaultModel } = setup({ env: { AZURE_OPENAI_ENDPOINT: uri } }, 'azure');
    expect({ query, defaultModel }).toEqual({ query: { 'api-version': '2025-01-01-preview' }, defaultModel: 'my gpt' });
  });

  it('has a name and password, which are shown in place of a key', () => {
    const env = { OPENAI_API_KEY: 'sk-of-openai', OPENAI_BASE_URL: 'https://me:p%40ss@gate.example/v1' };
    const { baseUrl, provider, key, missing } = setup({ env }, 'openai');
    expect({ baseUrl, auth: provider.auth, shown: key?.secret.reveal(), from: key?.from, missing }).toEqual({
      baseUrl: 'https://gate.example/v1',
      auth: 'basic',
      shown: Buffer.from('me:p@ss').toString('base64'),
      from: 'OPENAI_BASE_URL',
      missing: undefined,
    });
  });
});

describe('an address that begins with http://', () => {
  const told = (env: Record<string, string>, id = 'openai', user?: string) =>
    setup({ env: { OPENAI_API_KEY: 'sk-1', ...env }, ...(user === undefined ? {} : { user }) }, id).missing;

  it.each(['http://api.openai.com/v1', 'HTTP://API.OPENAI.COM/v1', 'http://localhost.evil.com/v1', 'http://8.8.8.8/v1'])(
    'is refused on the internet, with what to write: %s',
    (written) => {
      expect(told({ OPENAI_BASE_URL: written })).toMatch(
        /^OPENAI_BASE_URL begins with http:\/\/, so the key and all else that is sent to \S+ could be read on the way: write https:\/\/, or set OPENAI_ALLOW_HTTP=true/,
      );
    },
  );

  it.each(['http://localhost:1/v1', 'http://10.0.0.7/v1', 'http://gateway/v1', 'http://llm.internal/v1', 'http://[fd00::7]/v1'])(
    'is taken on the user’s own machine and networks: %s',
    (written) => {
      expect(told({ OPENAI_BASE_URL: written })).toBeUndefined();
    },
  );

  it('is taken where the user says so, in the environment or the config', () => {
    const env = { OPENAI_BASE_URL: 'http://gate.example/v1' };
    expect(told({ ...env, OPENAI_ALLOW_HTTP: 'true' })).toBeUndefined();
    expect(told(env, 'openai', 'providers: { openai: { allow_http: true } }')).toBeUndefined();
  });

  it('is refused of an endpoint of the user’s own, too, and of one in the config', () => {
    const user = 'providers: { custom-box: { base_url: "http://gate.example/v1" } }';
    expect(told({}, 'custom-box', user)).toMatch(/^providers\.custom-box\.base_url begins with http:\/\/, so all that is sent/);
  });

  it('is taken of a server that usually runs at home as long as it is shown no key', () => {
    const env = { OLLAMA_HOST: 'http://gpu.example.com:11434' };
    expect(told(env, 'ollama')).toBeUndefined();
    expect(told({ ...env, OLLAMA_API_KEY: 'key-of-ollama' }, 'ollama')).toMatch(/^OLLAMA_HOST begins with http:\/\/, so the key/);
    expect(rootOf('ollama', 'OLLAMA_HOST', 'ollama.com', { OLLAMA_API_KEY: 'key-of-ollama' })).toBe('https://ollama.com/v1');
  });
});
