import { LOCAL_SERVER, type Provider } from './define.ts';

export const lmstudio: Provider = {
  ...LOCAL_SERVER,
  id: 'lmstudio',
  title: 'LM Studio',
  docs: 'https://lmstudio.ai/docs/developer',
  keyEnv: ['LM_API_TOKEN'],
  // The roots of its own API, which is beside this one.
  endings: ['/api/v0', '/api/v1'],
  baseUrl: 'http://127.0.0.1:1234/v1',
};
