import type { Provider } from './define.ts';

export const textgen: Provider = {
  id: 'textgen',
  title: 'text-generation-webui',
  docs: 'https://github.com/oobabooga/text-generation-webui/wiki/12-%E2%80%90-OpenAI-API',
  // The server has an --api-key but no variable for it; this name is ours.
  keyEnv: ['TEXTGEN_API_KEY'],
  keyOptional: true,
  auth: 'bearer',
  baseUrl: 'http://127.0.0.1:5000/v1',
  basePath: '/v1',
  wire: 'openai-chat',
  quirks: { maxTokensField: 'max_tokens', pdf: 'unsupported' },
  local: true,
  catalog: null,
  list: { path: '/models' },
};
