import type { Provider } from './define.ts';

export const moonshot: Provider = {
  id: 'moonshot',
  aliases: ['kimi'],
  title: 'Moonshot AI (Kimi)',
  families: ['Kimi'],
  docs: 'https://platform.kimi.ai/docs',
  keyEnv: ['MOONSHOT_API_KEY'],
  auth: 'bearer',
  baseUrl: 'https://api.moonshot.ai/v1',
  wire: 'openai-chat',
  // Kimi K2 takes `thinking`, K3 `reasoning_effort`, and each ignores the other's. Images by value or file id only.
  quirks: { maxTokensField: 'max_completion_tokens', effort: 'thinking', pdf: 'unsupported' },
  maker: true,
  list: { path: '/models' },
};
