import type { Provider } from './define.ts';

export const qwen: Provider = {
  id: 'qwen',
  aliases: ['dashscope'],
  title: 'Qwen (Alibaba Cloud Model Studio)',
  families: ['Qwen'],
  docs: 'https://www.alibabacloud.com/help/en/model-studio/compatibility-of-openai-with-dashscope',
  keyEnv: ['DASHSCOPE_API_KEY', 'QWEN_API_KEY'],
  auth: 'bearer',
  // International (Singapore). A workspace of its own, and other regions, have addresses of their own: QWEN_BASE_URL.
  baseUrl: 'https://dashscope-intl.aliyuncs.com/compatible-mode/v1',
  baseUrlEnv: ['DASHSCOPE_HTTP_BASE_URL'],
  // The root of its own API, which is beside this one.
  endings: ['/api/v1'],
  basePath: '/compatible-mode/v1',
  wire: 'openai-chat',
  // `max_tokens` leaves thinking out with some models, and is deprecated. JSON mode is for models that do not think at the moment, and most think unless told not to; words always work.
  quirks: {
    maxTokensField: 'max_completion_tokens',
    effort: 'enable_thinking',
    json: 'unsupported',
    imageUrls: true,
    pdf: 'unsupported',
    webSearch: 'enable_search',
  },
  maker: true,
  // The catalogue does not describe its models; the live list names them.
  catalog: null,
  list: { path: '/models' },
  // alibabacloud.com, Model Studio, rate limiting: so it calls what is over within a minute (2026-11).
  errorCodes: { insufficient_quota: 'rate_limited' },
};
