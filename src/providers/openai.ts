import type { Provider } from './define.ts';

export const openai: Provider = {
  id: 'openai',
  title: 'OpenAI',
  docs: 'https://platform.openai.com/docs',
  keyEnv: ['OPENAI_API_KEY'],
  auth: 'bearer',
  baseUrl: 'https://api.openai.com/v1',
  wire: 'openai-responses',
  headerEnv: { 'OpenAI-Organization': 'OPENAI_ORG_ID', 'OpenAI-Project': 'OPENAI_PROJECT_ID' },
  maker: true,
};
