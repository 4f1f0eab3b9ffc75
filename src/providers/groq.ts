import type { Provider } from './define.ts';

export const groq: Provider = {
  id: 'groq',
  title: 'Groq',
  families: ['Llama', 'GPT-OSS'],
  docs: 'https://console.groq.com/docs',
  keyEnv: ['GROQ_API_KEY'],
  auth: 'bearer',
  baseUrl: 'https://api.groq.com/openai/v1',
  // Its own SDKs read GROQ_BASE_URL as the address without this.
  basePath: '/openai/v1',
  wire: 'openai-chat',
  quirks: { imageUrls: true, pdf: 'unsupported', webSearch: 'browser_search' },
  searching: ['*compound*'],
  list: { path: '/models' },
};
