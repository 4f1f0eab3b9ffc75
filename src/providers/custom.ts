import { OPENAI_LIKE, type Provider } from './define.ts';

/** What every `custom-<slug>` starts from; the config or the environment gives it an address, a key and a wire. */
export const custom: Omit<Provider, 'id'> = {
  title: 'Custom endpoint',
  docs: 'https://platform.openai.com/docs/api-reference/chat',
  keyEnv: [],
  keyOptional: true,
  auth: 'bearer',
  // Who speaks a vendor's protocol mostly asks for the key where that vendor does.
  authByWire: { 'anthropic-messages': 'x-api-key', 'google-generate': 'x-goog-api-key', 'bedrock-converse': 'aws' },
  wire: 'openai-chat',
  quirks: OPENAI_LIKE,
  instead: { wire: 'openai-responses', quirks: {} },
  catalog: null,
  list: { path: '/models' },
  prices: 'no',
};
