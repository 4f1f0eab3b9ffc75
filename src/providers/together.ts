import type { Provider } from './define.ts';

export const together: Provider = {
  id: 'together',
  title: 'Together AI',
  families: ['Llama', 'DeepSeek', 'Qwen'],
  docs: 'https://docs.together.ai',
  keyEnv: ['TOGETHER_API_KEY'],
  auth: 'bearer',
  baseUrl: 'https://api.together.ai/v1',
  wire: 'openai-chat',
  quirks: { maxTokensField: 'max_tokens', effort: 'reasoning_enabled', imageUrls: true, pdf: 'unsupported' },
  list: { path: '/models' },
};
