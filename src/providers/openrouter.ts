import type { Provider } from './define.ts';

export const openrouter: Provider = {
  id: 'openrouter',
  title: 'OpenRouter',
  docs: 'https://openrouter.ai/docs',
  keyEnv: ['OPENROUTER_API_KEY'],
  auth: 'bearer',
  baseUrl: 'https://openrouter.ai/api/v1',
  wire: 'openai-chat',
  quirks: { maxTokensField: 'max_tokens', effort: 'reasoning', imageUrls: true },
};
