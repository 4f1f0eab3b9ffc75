import { LOCAL_SERVER, type Provider } from './define.ts';

export const ollama: Provider = {
  ...LOCAL_SERVER,
  id: 'ollama',
  title: 'Ollama',
  docs: 'https://docs.ollama.com',
  keyEnv: ['OLLAMA_API_KEY'],
  baseUrl: 'http://127.0.0.1:11434/v1',
  baseUrlEnv: ['OLLAMA_HOST'],
  // The root of its own API, which is beside this one.
  endings: ['/api'],
};
