import type { Provider } from './define.ts';

export const openrouter: Provider = {
  id: 'openrouter',
  title: 'OpenRouter',
  families: ['GPT', 'Claude', 'Gemini', 'Grok', 'DeepSeek', 'Llama', 'Qwen'],
  docs: 'https://openrouter.ai/docs',
  keyEnv: ['OPENROUTER_API_KEY'],
  auth: 'bearer',
  baseUrl: 'https://openrouter.ai/api/v1',
  wire: 'openai-chat',
  quirks: {
    maxTokensField: 'max_tokens',
    effort: 'reasoning',
    imageUrls: true,
    bill: 'cost',
    pdfForAll: true,
    webSearch: 'openrouter:web_search',
    cacheMark: 'anthropic/',
  },
  // What OpenRouter's activity page calls the caller. A ranked app would need HTTP-Referer too (openrouter.ai/docs/app-attribution).
  headers: { 'X-OpenRouter-Title': 'Switchboard' },
  // `:online` is the web plugin under the name of any model (openrouter.ai/docs, web search).
  searching: ['*:online', 'perplexity/*', '*-search-*', '*deep-research*'],
  ownId: 'openrouter/{model}',
  list: { path: '/models' },
  // openrouter.ai/docs, limits: requests to free models are counted by the day of UTC (2026-11).
  dayBegins: 'UTC',
  // openrouter.ai/docs, web search: $4 a thousand results, five of them a search (2026-11). Its own bill has them in it.
  searchFees: [{ usdPerThousand: 20, per: 'search' }],
};
