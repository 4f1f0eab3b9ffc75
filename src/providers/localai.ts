import { LOCAL_SERVER, type Provider } from './define.ts';

export const localai: Provider = {
  ...LOCAL_SERVER,
  id: 'localai',
  title: 'LocalAI',
  docs: 'https://localai.io',
  keyEnv: ['LOCALAI_API_KEY'],
  // llama.cpp's port too: whichever of the two is running answers to both names, and speaks the same API.
  baseUrl: 'http://127.0.0.1:8080/v1',
};
