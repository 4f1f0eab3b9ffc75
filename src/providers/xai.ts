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
  quirks: { thinkingOutsideOutput: true, imageUrls: true },
  maker: true,
};
