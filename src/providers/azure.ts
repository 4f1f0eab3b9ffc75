import type { Provider } from './define.ts';

export const azure: Provider = {
  id: 'azure',
  title: 'Azure OpenAI',
  families: ['GPT'],
  docs: 'https://learn.microsoft.com/azure/ai-foundry/openai/api-version-lifecycle',
  keyEnv: ['AZURE_OPENAI_API_KEY', 'AZURE_API_KEY'],
  auth: 'api-key',
  baseUrlEnv: ['AZURE_OPENAI_ENDPOINT', 'AZURE_API_BASE'],
  basePath: '/openai/v1',
  // A deployment may be of any model; chat is what all of them speak. `wire: openai-responses` in the config for the rest.
  wire: 'openai-chat',
  quirks: { json: 'strict' },
  settings: { api_version: { env: ['AZURE_OPENAI_API_VERSION'] } },
  variants: [
    // A dated version means the older path, which names the deployment.
    {
      when: { setting: 'api_version', is: '*' },
      use: { basePath: '/openai/deployments/{model}', query: { 'api-version': '{api_version}' } },
    },
    { when: 'no key', use: { auth: 'entra', incidental: true } },
  ],
};
