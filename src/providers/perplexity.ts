import type { Provider } from './define.ts';

export const perplexity: Provider = {
  id: 'perplexity',
  title: 'Perplexity',
  docs: 'https://docs.perplexity.ai',
  keyEnv: ['PERPLEXITY_API_KEY', 'PPLX_API_KEY'],
  auth: 'bearer',
  baseUrl: 'https://api.perplexity.ai',
  wire: 'openai-chat',
  // Every chunk has the usage so far; thinking is counted beside completion_tokens, which with the prompt make the total.
  quirks: {
    maxTokensField: 'max_tokens',
    streamUsage: 'no',
    thinkingOutsideOutput: true,
    imageUrls: true,
    pdf: 'file_url',
    webSearch: 'always',
  },
  maker: true,
  // Neither the catalogue nor a live list has its Sonar models; they are called by name.
  catalog: null,
};
