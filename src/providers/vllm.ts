import type { Provider } from './define.ts';

export const vllm: Provider = {
  id: 'vllm',
  title: 'vLLM',
  docs: 'https://docs.vllm.ai',
  keyEnv: ['VLLM_API_KEY'],
  keyOptional: true,
  auth: 'bearer',
  baseUrl: 'http://127.0.0.1:8000/v1',
  basePath: '/v1',
  wire: 'openai-chat',
  quirks: { maxTokensField: 'max_tokens', imageUrls: true, pdf: 'unsupported' },
  local: true,
  catalog: null,
  list: { path: '/models' },
};
