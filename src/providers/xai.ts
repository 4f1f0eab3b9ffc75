import type { Provider } from './define.ts';

export const xai: Provider = {
  id: 'xai',
  aliases: ['grok'],
  title: 'xAI',
  docs: 'https://docs.x.ai',
  keyEnv: ['XAI_API_KEY'],
  auth: 'bearer',
  baseUrl: 'https://api.x.ai/v1',
  wire: 'openai-chat',
  // "Reasoning token consumption will be counted separately from completion_tokens" (docs.x.ai, consumption and rate limits).
  quirks: { thinkingOutsideOutput: true, imageUrls: true, bill: 'ticks', pdf: 'unsupported' },
  maker: true,
  list: { path: '/models' },
};
