import type { Provider } from './define.ts';

export const google: Provider = {
  id: 'google',
  aliases: ['gemini'],
  title: 'Google Gemini',
  families: ['Gemini'],
  docs: 'https://ai.google.dev/gemini-api/docs',
  keyEnv: ['GEMINI_API_KEY', 'GOOGLE_API_KEY'],
  auth: 'x-goog-api-key',
  baseUrl: 'https://generativelanguage.googleapis.com/v1beta',
  baseUrlEnv: ['GOOGLE_GEMINI_BASE_URL'],
  basePath: '/v1beta',
  // The root under which it speaks OpenAI's protocol.
  endings: ['/openai'],
  wire: 'google-generate',
  maker: true,
  list: { path: '/models?pageSize=1000' },
  // ai.google.dev, rate limits: quotas of a day begin anew at midnight Pacific time (2026-11).
  dayBegins: 'America/Los_Angeles',
  // ai.google.dev, pricing: grounding is billed by the query from Gemini 3 on, by the prompt before (2026-11).
  searchFees: [
    { usdPerThousand: 35, per: 'answer', models: 'gemini-2' },
    { usdPerThousand: 14, per: 'search', models: 'gemini-' },
  ],
};
