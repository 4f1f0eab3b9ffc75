import type { Provider } from './define.ts';

export const cerebras: Provider = {
  id: 'cerebras',
  title: 'Cerebras',
  families: ['Llama', 'GPT-OSS'],
  docs: 'https://inference-docs.cerebras.ai',
  keyEnv: ['CEREBRAS_API_KEY'],
  auth: 'bearer',
  baseUrl: 'https://api.cerebras.ai/v1',
  // Its own SDKs take the address without this.
  basePath: '/v1',
  wire: 'openai-chat',
  quirks: { pdf: 'unsupported' },
  list: { path: '/models' },
};
