import type { Provider } from './define.ts';

export const nvidia: Provider = {
  id: 'nvidia',
  title: 'NVIDIA NIM',
  families: ['Nemotron', 'Llama'],
  docs: 'https://docs.api.nvidia.com/nim',
  keyEnv: ['NVIDIA_API_KEY'],
  auth: 'bearer',
  baseUrl: 'https://integrate.api.nvidia.com/v1',
  wire: 'openai-chat',
  quirks: { maxTokensField: 'max_tokens', pdf: 'unsupported' },
  ownId: 'nvidia/{model}',
  list: { path: '/models' },
};
