import type { Provider } from './define.ts';

export const fireworks: Provider = {
  id: 'fireworks',
  title: 'Fireworks AI',
  families: ['Llama', 'DeepSeek', 'Qwen'],
  docs: 'https://docs.fireworks.ai',
  keyEnv: ['FIREWORKS_API_KEY'],
  auth: 'bearer',
  baseUrl: 'https://api.fireworks.ai/inference/v1',
  // Its own SDKs take the address without this.
  basePath: '/inference/v1',
  wire: 'openai-chat',
  quirks: { maxTokensField: 'max_tokens', imageUrls: true, pdf: 'unsupported' },
  ownId: 'accounts/fireworks/models/{model}',
  list: { path: '/models' },
};
