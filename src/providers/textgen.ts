import { LOCAL_SERVER, type Provider } from './define.ts';

export const textgen: Provider = {
  ...LOCAL_SERVER,
  id: 'textgen',
  title: 'text-generation-webui',
  docs: 'https://github.com/oobabooga/text-generation-webui/wiki/12-%E2%80%90-OpenAI-API',
  // The server has an --api-key but no variable for it; this name is ours.
  keyEnv: ['TEXTGEN_API_KEY'],
  baseUrl: 'http://127.0.0.1:5000/v1',
};
