import type { Provider } from './define.ts';

export const deepseek: Provider = {
  id: 'deepseek',
  title: 'DeepSeek',
  families: ['DeepSeek'],
  docs: 'https://api-docs.deepseek.com',
  keyEnv: ['DEEPSEEK_API_KEY'],
  auth: 'bearer',
  baseUrl: 'https://api.deepseek.com',
  wire: 'openai-chat',
  quirks: { maxTokensField: 'max_tokens', effort: 'thinking', json: 'object', pdf: 'unsupported' },
  maker: true,
  list: { path: '/models' },
};
