import type { Provider } from './define.ts';

export const sambanova: Provider = {
  id: 'sambanova',
  title: 'SambaNova Cloud',
  families: ['Llama', 'DeepSeek'],
  docs: 'https://docs.sambanova.ai',
  keyEnv: ['SAMBANOVA_API_KEY'],
  auth: 'bearer',
  baseUrl: 'https://api.sambanova.ai/v1',
  wire: 'openai-chat',
  quirks: { maxTokensField: 'max_tokens', pdf: 'unsupported' },
  // The catalogue does not describe its models; the live list names them.
  catalog: null,
  list: { path: '/models' },
};
