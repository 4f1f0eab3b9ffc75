import type { Access, Provider } from './define.ts';

/** Responses are at the path without a version only. */
const RESPONSES = { wire: 'openai-responses', basePath: '/openai/v1', query: {} } satisfies Partial<Access>;

/** Claude is served by Anthropic's own protocol. https://learn.microsoft.com/azure/foundry/foundry-models/how-to/use-foundry-models-claude */
const ANTHROPIC = {
  wire: 'anthropic-messages',
  basePath: '/anthropic/v1',
  query: {},
  auth: 'x-api-key',
} satisfies Partial<Access>;

export const azure: Provider = {
  id: 'azure',
  title: 'Azure OpenAI',
  families: ['GPT'],
  docs: 'https://learn.microsoft.com/azure/ai-foundry/openai/api-version-lifecycle',
  keyEnv: ['AZURE_OPENAI_API_KEY', 'AZURE_API_KEY'],
  auth: 'api-key',
  baseUrlEnv: ['AZURE_OPENAI_ENDPOINT', 'AZURE_API_BASE'],
  basePath: '/openai/v1',
  endings: ['/openai/deployments/{model}', '/openai/v1', '/openai', '/anthropic/v1', '/anthropic', '/api/projects/{}'],
  // The older way to models of other makers, which have a way of their own now.
  foreignEndings: ['/models'],
  modelEnv: [
    'AZURE_OPENAI_DEPLOYMENT',
    'AZURE_OPENAI_DEPLOYMENT_NAME',
    'AZURE_OPENAI_CHAT_DEPLOYMENT_NAME',
    'AZURE_OPENAI_API_DEPLOYMENT_NAME',
  ],
  // A deployment may be of any model and of any name; chat is what nearly all of them speak, and responses what is left.
  wire: 'openai-chat',
  quirks: { imageUrls: true, json: 'strict', ownNames: true },
  settings: { api_version: { env: ['AZURE_OPENAI_API_VERSION'], query: 'api-version' } },
  variants: [
    // A dated version means the older path, which names the deployment.
    {
      when: { setting: 'api_version', is: '*' },
      use: { basePath: '/openai/deployments/{model}', query: { 'api-version': '{api_version}' } },
    },
    // These are no dates, and belong to the path without one.
    {
      when: { setting: 'api_version', is: ['preview', 'latest', 'v1'] },
      use: { basePath: '/openai/v1', query: { 'api-version': '{api_version}' } },
    },
    { when: { wire: 'openai-responses' }, use: RESPONSES },
    { when: { wire: 'anthropic-messages' }, use: ANTHROPIC },
    { when: { models: ['*-pro', '*codex*', '*deep-research*'] }, use: RESPONSES },
    { when: { models: ['claude-*'] }, use: ANTHROPIC },
    { when: 'no key', use: { auth: 'entra', incidental: true } },
  ],
  instead: RESPONSES,
};
