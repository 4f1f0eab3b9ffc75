import type { Provider } from './define.ts';

export const litellm: Provider = {
  id: 'litellm',
  title: 'LiteLLM proxy',
  docs: 'https://docs.litellm.ai',
  keyEnv: ['LITELLM_PROXY_API_KEY'],
  keyOptional: true,
  auth: 'bearer',
  baseUrlEnv: ['LITELLM_PROXY_API_BASE'],
  wire: 'openai-chat',
  quirks: { maxTokensField: 'max_tokens', imageUrls: true, webSearch: 'web_search_options' },
  // It serves whatever its config names; its own list tells.
  catalog: null,
  prices: 'no',
  list: { path: '/models' },
};
