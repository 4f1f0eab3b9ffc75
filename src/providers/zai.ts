import type { Provider } from './define.ts';

export const zai: Provider = {
  id: 'zai',
  aliases: ['glm'],
  title: 'Z.ai (GLM)',
  families: ['GLM'],
  docs: 'https://docs.z.ai',
  keyEnv: ['ZAI_API_KEY'],
  auth: 'bearer',
  // A key of the GLM Coding Plan wants ZAI_BASE_URL=https://api.z.ai/api/coding/paas/v4.
  baseUrl: 'https://api.z.ai/api/paas/v4',
  wire: 'openai-chat',
  // Usage comes in the last chunk by itself (docs.z.ai/guides/capabilities/streaming).
  quirks: {
    webSearch: 'web_search',
    pdf: 'unsupported',
    maxTokensField: 'max_tokens',
    effort: 'thinking',
    json: 'object',
    streamUsage: 'no',
    imageUrls: true,
    maxTemperature: 1,
  },
  maker: true,
  // docs.z.ai, pricing of built-in tools: $0.01 a web search (2026-11).
  searchFees: [{ usdPerThousand: 10, per: 'search' }],
  // docs.z.ai, API codes; what their words tell as well is not named here (2026-11).
  errorCodes: {
    1001: 'auth',
    1002: 'auth',
    1003: 'auth',
    1112: 'forbidden',
    1113: 'no_credit',
    1121: 'forbidden',
    1211: 'not_found',
    1220: 'forbidden',
    1261: 'too_long',
    1300: 'refused',
    1301: 'refused',
    1302: 'rate_limited',
    1303: 'rate_limited',
    1305: 'overloaded',
    1308: 'no_credit',
    1309: 'no_credit',
    1310: 'no_credit',
  },
};
