import type { Provider } from './define.ts';

export const vercel: Provider = {
  id: 'vercel',
  title: 'Vercel AI Gateway',
  families: ['GPT', 'Claude', 'Gemini', 'Grok', 'DeepSeek', 'Llama', 'Qwen'],
  docs: 'https://vercel.com/docs/ai-gateway',
  keyEnv: ['AI_GATEWAY_API_KEY'],
  auth: 'bearer',
  baseUrl: 'https://ai-gateway.vercel.sh/v1',
  wire: 'openai-chat',
  quirks: { imageUrls: true, maxTokensField: 'max_tokens', effort: 'reasoning', pdf: 'typed_file' },
  searching: ['perplexity/*'],
  list: { path: '/models' },
};
