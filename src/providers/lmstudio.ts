import type { Provider } from './define.ts';

export const lmstudio: Provider = {
  id: 'lmstudio',
  title: 'LM Studio',
  docs: 'https://lmstudio.ai/docs/developer',
  keyEnv: ['LM_API_TOKEN'],
  keyOptional: true,
  auth: 'bearer',
  baseUrl: 'http://127.0.0.1:1234/v1',
  basePath: '/v1',
  wire: 'openai-chat',
  quirks: { maxTokensField: 'max_tokens', pdf: 'unsupported' },
  local: true,
  catalog: null,
  list: { path: '/models' },
};
