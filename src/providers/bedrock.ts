import type { Provider } from './define.ts';

export const bedrock: Provider = {
  id: 'bedrock',
  title: 'Amazon Bedrock',
  families: ['Claude', 'Nova', 'Llama'],
  docs: 'https://docs.aws.amazon.com/bedrock/latest/userguide',
  keyEnv: ['AWS_BEARER_TOKEN_BEDROCK'],
  auth: 'bearer',
  baseUrl: 'https://bedrock-runtime.{region}.amazonaws.com',
  basePath: '/openai/v1',
  wire: 'openai-chat',
  quirks: { maxTokensField: 'max_completion_tokens', pdf: 'unsupported' },
  // A model and a profile of AWS's own have an ARN as well, which holds nothing else that counts at the region's address.
  idPrefix: /^arn:aws[\w-]*:bedrock:[\w-]*:\d*:(?:foundation-model|inference-profile)\//i,
  settings: { region: { env: ['AWS_REGION', 'AWS_DEFAULT_REGION'] } },
  // Without a bearer key: the Converse API, signed with whatever AWS credentials the machine has.
  variants: [{ when: 'no key', use: { auth: 'aws', wire: 'bedrock-converse', basePath: '', incidental: true } }],
};
