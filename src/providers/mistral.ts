import type { Provider } from './define.ts';

export const mistral: Provider = {
  id: 'mistral',
  title: 'Mistral',
  families: ['Mistral'],
  docs: 'https://docs.mistral.ai',
  keyEnv: ['MISTRAL_API_KEY'],
  auth: 'bearer',
  baseUrl: 'https://api.mistral.ai/v1',
  // Its own SDKs take the address without this.
  basePath: '/v1',
  wire: 'openai-chat',
  // Mistral reports usage in the last chunk by itself and refuses fields that it does not know.
  quirks: {
    maxTokensField: 'max_tokens',
    streamUsage: 'no',
    imageUrls: true,
    maxTemperature: 1.5,
    pdf: 'document_url',
    json: 'strict',
  },
  maker: true,
  list: { path: '/models' },
};
