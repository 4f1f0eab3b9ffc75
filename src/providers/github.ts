import type { Provider } from './define.ts';

export const github: Provider = {
  id: 'github',
  title: 'GitHub Models',
  docs: 'https://docs.github.com/en/github-models',
  keyEnv: ['GITHUB_TOKEN'],
  auth: 'bearer',
  baseUrl: 'https://models.github.ai/inference',
  wire: 'openai-chat',
  quirks: { maxTokensField: 'max_tokens', pdf: 'unsupported' },
  headers: { 'X-GitHub-Api-Version': '2022-11-28' },
  incidental: true,
  // The catalogue does not describe its models; its own list, which is beside the inference API, names them.
  catalog: null,
  list: { path: '/../catalog/models' },
};
