import type { Provider } from './define.ts';

export const cohere: Provider = {
  id: 'cohere',
  title: 'Cohere',
  families: ['Command'],
  docs: 'https://docs.cohere.com/docs/compatibility-api',
  keyEnv: ['COHERE_API_KEY', 'CO_API_KEY'],
  auth: 'bearer',
  baseUrlEnv: ['CO_API_URL'],
  // The roots of its own API, which is beside this one.
  endings: ['/v1', '/v2'],
  baseUrl: 'https://api.cohere.ai/compatibility/v1',
  // Its own SDKs take the address without this.
  basePath: '/compatibility/v1',
  wire: 'openai-chat',
  quirks: { maxTokensField: 'max_tokens', pdf: 'unsupported' },
  maker: true,
  // The catalogue does not describe its models; the list of its own API, which is beside this one, names them.
  catalog: null,
  list: { path: '/../../v1/models?page_size=1000' },
};
