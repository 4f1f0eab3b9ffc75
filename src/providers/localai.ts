import type { Provider } from './define.ts';

export const localai: Provider = {
  id: 'localai',
  title: 'LocalAI',
  docs: 'https://localai.io',
  keyEnv: ['LOCALAI_API_KEY'],
  keyOptional: true,
  auth: 'bearer',
  // llama.cpp's port too: whichever of the two is running answers to both names, and speaks the same API.
  baseUrl: 'http://127.0.0.1:8080/v1',
  basePath: '/v1',
  wire: 'openai-chat',
  quirks: { maxTokensField: 'max_tokens', pdf: 'unsupported' },
  local: true,
  catalog: null,
  list: { path: '/models' },
};
