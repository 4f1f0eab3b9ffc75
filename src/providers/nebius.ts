import type { Provider } from './define.ts';

export const nebius: Provider = {
  id: 'nebius',
  title: 'Nebius Token Factory',
  families: ['Llama', 'DeepSeek', 'Qwen'],
  docs: 'https://docs.tokenfactory.nebius.com',
  keyEnv: ['NEBIUS_API_KEY'],
  auth: 'bearer',
  baseUrl: 'https://api.tokenfactory.nebius.com/v1',
  wire: 'openai-chat',
  quirks: { maxTokensField: 'max_tokens', pdf: 'unsupported' },
  // The catalogue does not describe its models; the live list names them.
  catalog: null,
  list: { path: '/models' },
};
