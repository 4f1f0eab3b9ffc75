import type { Provider } from './define.ts';

export const huggingface: Provider = {
  id: 'huggingface',
  aliases: ['hf'],
  title: 'Hugging Face Inference Providers',
  families: ['Llama', 'DeepSeek', 'Qwen'],
  docs: 'https://huggingface.co/docs/inference-providers',
  keyEnv: ['HF_TOKEN'],
  auth: 'bearer',
  baseUrl: 'https://router.huggingface.co/v1',
  wire: 'openai-chat',
  quirks: { maxTokensField: 'max_tokens', imageUrls: true, pdf: 'unsupported' },
  incidental: true,
  list: { path: '/models' },
};
