import { LOCAL_SERVER, type Provider } from './define.ts';

export const llamacpp: Provider = {
  ...LOCAL_SERVER,
  id: 'llamacpp',
  title: 'llama.cpp server',
  docs: 'https://github.com/ggml-org/llama.cpp/blob/master/tools/server/README.md',
  keyEnv: ['LLAMA_API_KEY'],
  baseUrl: 'http://127.0.0.1:8080/v1',
};
