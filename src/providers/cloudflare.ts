import type { Provider } from './define.ts';

export const cloudflare: Provider = {
  id: 'cloudflare',
  title: 'Cloudflare Workers AI',
  docs: 'https://developers.cloudflare.com/workers-ai/configuration/open-ai-compatibility',
  keyEnv: ['CLOUDFLARE_API_TOKEN', 'CLOUDFLARE_API_KEY'],
  auth: 'bearer',
  baseUrl: 'https://api.cloudflare.com/client/v4/accounts/{account_id}/ai/v1',
  wire: 'openai-chat',
  quirks: { maxTokensField: 'max_tokens', pdf: 'unsupported' },
  settings: { account_id: { env: ['CLOUDFLARE_ACCOUNT_ID'] } },
  // developers.cloudflare.com, Workers AI pricing: the free allocation begins anew at 00:00 UTC (2026-11).
  dayBegins: 'UTC',
  // Whoever deploys Workers has both variables set.
  incidental: true,
};
