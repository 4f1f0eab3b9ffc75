import type { Provider } from './define.ts';

export const minimax: Provider = {
  id: 'minimax',
  title: 'MiniMax',
  families: ['MiniMax'],
  docs: 'https://platform.minimax.io/docs',
  keyEnv: ['MINIMAX_API_KEY'],
  auth: 'bearer',
  baseUrl: 'https://api.minimax.io/v1',
  wire: 'openai-chat',
  // No response_format is documented. Thinking comes in <think> tags.
  quirks: {
    maxTokensField: 'max_completion_tokens',
    effort: 'adaptive',
    json: 'unsupported',
    imageUrls: true,
    pdf: 'unsupported',
  },
  maker: true,
  list: { path: '/models' },
  // platform.minimax.io, error codes (2026-11).
  errorCodes: {
    1002: 'rate_limited',
    1004: 'auth',
    1008: 'no_credit',
    1026: 'refused',
    1027: 'refused',
    1039: 'rate_limited',
    1041: 'rate_limited',
    2049: 'auth',
    2056: 'no_credit',
  },
};
