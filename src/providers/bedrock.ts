import type { Access, Provider } from './define.ts';

/** With a bearer key OpenAI's models are reached by OpenAI's protocol, which takes no SDK. */
const OPENAI = { wire: 'openai-chat', basePath: '/openai/v1' } satisfies Partial<Access>;
const QUIRKS = { maxTokensField: 'max_completion_tokens', pdf: 'unsupported' } as const;

export const bedrock: Provider = {
  id: 'bedrock',
  title: 'Amazon Bedrock',
  docs: 'https://docs.aws.amazon.com/bedrock/latest/userguide',
  keyEnv: ['AWS_BEARER_TOKEN_BEDROCK'],
  auth: 'bearer',
  baseUrl: 'https://bedrock-runtime.{region}.amazonaws.com',
  basePath: '',
  // The root of its OpenAI-compatible API, which is beside this one.
  endings: ['/openai/v1', '/openai'],
  wire: 'bedrock-converse',
  // A model and a profile of AWS's own have an ARN as well, which holds nothing else that counts at the region's address.
  idPrefix: /^arn:aws[\w-]*:bedrock:[\w-]*:\d*:(?:foundation-model|inference-profile)\//i,
  settings: { region: { env: ['AWS_REGION', 'AWS_DEFAULT_REGION'] } },
  variants: [
    // Models take an effort as the APIs of their makers do.
    { when: { models: ['*anthropic.claude*'] }, use: { quirks: { converseEffort: 'adaptive' } } },
    { when: { models: ['*amazon.nova-2*'] }, use: { quirks: { converseEffort: 'reasoningConfig' } } },
    { when: { models: ['*qwen.qwen3*'] }, use: { quirks: { converseEffort: 'reasoning_config' } } },
    {
      when: { models: ['*openai.gpt-oss*'] },
      use: { ...OPENAI, quirks: { ...QUIRKS, converseEffort: 'reasoning_effort' } },
    },
    { when: { models: ['openai.*', '*.openai.*'] }, use: { ...OPENAI, quirks: { ...QUIRKS, converseEffort: 'reasoning' } } },
    { when: { wire: 'openai-chat' }, use: { ...OPENAI, quirks: QUIRKS } },
    // Without a key, requests are signed with whatever AWS credentials the machine has.
    { when: 'no key', use: { auth: 'aws', wire: 'bedrock-converse', basePath: '', incidental: true } },
  ],
};
