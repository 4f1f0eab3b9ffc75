import type { Provider } from './define.ts';

export const llamacpp: Provider = {
  id: 'llamacpp',
  title: 'llama.cpp server',
  docs: 'https://github.com/ggml-org/llama.cpp/blob/master/tools/server/README.md',
  keyEnv: ['LLAMA_API_KEY'],
  keyOptional: true,
  auth: 'bearer',
  baseUrl: 'http://127.0.0.1:8080/v1',
  basePath: '/v1',
  wire: 'openai-chat',
  quirks: { maxTokensField: 'max_tokens', pdf: 'unsupported' },
  local: true,
  catalog: null,
  list: { path: '/models' },
};
