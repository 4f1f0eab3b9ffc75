import type { Provider } from './define.ts';

export const anthropic: Provider = {
  id: 'anthropic',
  aliases: ['claude'],
  title: 'Anthropic',
  families: ['Claude'],
  docs: 'https://docs.claude.com',
  keyEnv: ['ANTHROPIC_API_KEY'],
  // As Claude Code is told the key of a gateway.
  tokenEnv: ['ANTHROPIC_AUTH_TOKEN'],
  auth: 'x-api-key',
  baseUrl: 'https://api.anthropic.com/v1',
  basePath: '/v1',
  wire: 'anthropic-messages',
  maker: true,
  list: { path: '/models?limit=1000' },
  // platform.claude.com, web search tool: $10 a thousand; what is found is billed as input (2026-11).
  searchFees: [{ usdPerThousand: 10, per: 'search' }],
};
