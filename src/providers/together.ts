import type { Provider } from './define.ts';

export const together: Provider = {
  id: 'together',
  title: 'Together AI',
  docs: 'https://docs.together.ai',
  keyEnv: ['TOGETHER_API_KEY'],
  auth: 'bearer',
  baseUrl: 'https://api.together.xyz/v1',
  wire: 'openai-chat',
  quirks: { maxTokensField: 'max_tokens', imageUrls: true },
};
