import { OPENAI_LIKE, type Provider } from './define.ts';

export const openai: Provider = {
  id: 'openai',
  title: 'OpenAI',
  families: ['GPT'],
  aliases: ['gpt', 'chatgpt'],
  docs: 'https://platform.openai.com/docs',
  keyEnv: ['OPENAI_API_KEY'],
  auth: 'bearer',
  baseUrl: 'https://api.openai.com/v1',
  wire: 'openai-responses',
  quirks: { imageUrls: true, json: 'strict' },
  settings: { organization: { env: ['OPENAI_ORG_ID'] }, project: { env: ['OPENAI_PROJECT_ID'] } },
  // Servers that take the place of this API mostly speak chat.
  instead: { wire: 'openai-chat', quirks: OPENAI_LIKE },
  headers: { 'OpenAI-Organization': '{organization}', 'OpenAI-Project': '{project}' },
  searching: ['*-search-*', '*deep-research*'],
  maker: true,
  list: { path: '/models' },
  // developers.openai.com, pricing: $10 a thousand calls of web search; what is found is billed as input (2026-11).
  searchFees: [{ usdPerThousand: 10, per: 'search' }],
};
