import type { Provider } from './define.ts';

export const ollama: Provider = {
  id: 'ollama',
  title: 'Ollama',
  docs: 'https://docs.ollama.com',
  keyEnv: [],
  auth: 'none',
  baseUrl: 'http://127.0.0.1:11434/v1',
  baseUrlEnv: ['OLLAMA_HOST'],
  basePath: '/v1',
  wire: 'openai-chat',
  quirks: { maxTokensField: 'max_tokens', pdf: 'unsupported' },
  local: true,
  catalog: null,
  list: { path: '/models' },
};
