import type { Provider } from './define.ts';

export const azure: Provider = {
  id: 'azure',
  title: 'Azure OpenAI',
  docs: 'https://learn.microsoft.com/azure/ai-foundry/openai/api-version-lifecycle',
  keyEnv: ['AZURE_OPENAI_API_KEY', 'AZURE_API_KEY'],
  auth: 'api-key',
  baseUrlEnv: ['AZURE_OPENAI_ENDPOINT', 'AZURE_API_BASE'],
  basePath: '/openai/v1',
  // A deployment may be of any model; chat is what all of them speak. `wire: openai-responses` in the config for the rest.
  wire: 'openai-chat',
};
