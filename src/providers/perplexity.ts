import type { Provider } from './define.ts';

export const perplexity: Provider = {
  id: 'perplexity',
  title: 'Perplexity',
  families: ['Sonar'],
  docs: 'https://docs.perplexity.ai/docs/agent-api',
  keyEnv: ['PERPLEXITY_API_KEY', 'PPLX_API_KEY'],
  auth: 'bearer',
  baseUrl: 'https://api.perplexity.ai/v1',
  // Its own SDKs read PERPLEXITY_BASE_URL as the address without this.
  basePath: '/v1',
  // The Agent API. It refuses every field that it does not know, and chats ended on 2026-09-27.
  wire: 'openai-responses',
  quirks: {
    own: { prefix: 'perplexity/', presets: ['fast', 'low', 'medium', 'high', 'xhigh'] },
    schemaField: 'response_format',
    summaries: 'unsupported',
    boundFor: 'anthropic/',
    bill: 'total',
    pdf: 'unsupported',
  },
  // Its own models and presets; those of other makers search when they are told to.
  searching: ['sonar*', 'perplexity/*', 'fast', 'low', 'medium', 'high', 'xhigh'],
  // The catalogue does not describe its models; the live list names them, those of other makers among them.
  catalog: null,
  list: { path: '/models' },
  // docs.perplexity.ai, pricing: $0.0025 a web_search (2026-10). Its own bill has them in it.
  searchFees: [{ usdPerThousand: 2.5, per: 'search' }],
};
