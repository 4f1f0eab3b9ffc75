import { OPENAI_LIKE, type Provider } from './define.ts';

export const xai: Provider = {
  id: 'xai',
  aliases: ['grok'],
  title: 'xAI',
  families: ['Grok'],
  docs: 'https://docs.x.ai',
  keyEnv: ['XAI_API_KEY'],
  auth: 'bearer',
  baseUrl: 'https://api.x.ai/v1',
  // Chat Completions are deprecated there, and search only here (docs.x.ai, comparison with Chat Completions API).
  wire: 'openai-responses',
  // Documents by file id or address only.
  quirks: { bill: 'ticks', pdf: 'unsupported' },
  // Servers that take the place of this API mostly speak chat.
  instead: { wire: 'openai-chat', quirks: OPENAI_LIKE },
  maker: true,
  list: { path: '/models' },
  // docs.x.ai, pricing of tools: $5 a thousand calls of web search (2026-11). Its own bill has them in it.
  searchFees: [{ usdPerThousand: 5, per: 'search' }],
};
