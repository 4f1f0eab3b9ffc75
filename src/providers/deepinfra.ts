import type { Provider } from './define.ts';

export const deepinfra: Provider = {
  id: 'deepinfra',
  title: 'DeepInfra',
  families: ['Llama', 'DeepSeek', 'Qwen'],
  docs: 'https://deepinfra.com/docs',
  keyEnv: ['DEEPINFRA_TOKEN', 'DEEPINFRA_API_KEY'],
  auth: 'bearer',
  baseUrl: 'https://api.deepinfra.com/v1/openai',
  wire: 'openai-chat',
  quirks: { maxTokensField: 'max_tokens', imageUrls: true, pdf: 'unsupported' },
  // The catalogue does not describe its models; the live list names them.
  catalog: null,
  list: { path: '/models' },
};
