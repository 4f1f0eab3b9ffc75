import { LOCAL_SERVER, type Provider } from './define.ts';

export const vllm: Provider = {
  ...LOCAL_SERVER,
  id: 'vllm',
  title: 'vLLM',
  docs: 'https://docs.vllm.ai',
  keyEnv: ['VLLM_API_KEY'],
  baseUrl: 'http://127.0.0.1:8000/v1',
  quirks: { ...LOCAL_SERVER.quirks, imageUrls: true },
};
