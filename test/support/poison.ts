import { startCanary } from './canary.ts';
import type { Canary } from './canary.ts';
import { lendVariables } from './machine.ts';
import { AWS_ADDRESSES, AWS_NAMES, AWS_SWITCHES } from './poison-aws.ts';

/** In every poisoned value. Whatever carries it came out of the process's environment. */
export const POISONED = 'canary-in-the-environment';

/** Variables that vendor SDKs (and what they stand on) read by themselves: secrets and names. */
const NAMES = [
  'OPENAI_API_KEY',
  'OPENAI_ADMIN_KEY',
  'OPENAI_ORG_ID',
  'OPENAI_PROJECT_ID',
  'OPENAI_WEBHOOK_SECRET',
  'OPENAI_API_VERSION',
  'AZURE_OPENAI_API_KEY',
  'AZURE_API_KEY',
  ...AWS_NAMES,
  'ANTHROPIC_API_KEY',
  'ANTHROPIC_AUTH_TOKEN',
  'ANTHROPIC_WEBHOOK_SIGNING_KEY',
  'ANTHROPIC_PROFILE',
  'ANTHROPIC_CONFIG_DIR',
  'ANTHROPIC_ORGANIZATION_ID',
  'ANTHROPIC_WORKSPACE_ID',
  'ANTHROPIC_SCOPE',
  'ANTHROPIC_IDENTITY_TOKEN',
  'ANTHROPIC_IDENTITY_TOKEN_FILE',
  'ANTHROPIC_FEDERATION_RULE_ID',
  'ANTHROPIC_SERVICE_ACCOUNT_ID',
  'GOOGLE_API_KEY',
  'GEMINI_API_KEY',
  'GOOGLE_CLOUD_PROJECT',
  'GOOGLE_CLOUD_LOCATION',
  'GOOGLE_CLOUD_QUOTA_PROJECT',
  'GCLOUD_PROJECT',
  'GOOGLE_APPLICATION_CREDENTIALS',
  'CLOUDSDK_CONFIG',
  'XAI_API_KEY',
  'GROQ_API_KEY',
  'MISTRAL_API_KEY',
  'CEREBRAS_API_KEY',
  'DEEPSEEK_API_KEY',
  'TOGETHER_API_KEY',
  'OPENROUTER_API_KEY',
  'HF_TOKEN',
  'LITELLM_PROXY_API_KEY',
  'SWITCHBOARD_OPENAI_API_KEY',
  'SWITCHBOARD_ANTHROPIC_API_KEY',
  'SWITCHBOARD_GEMINI_API_KEY',
  'SWITCHBOARD_CUSTOM_X_API_KEY',
];

/** Variables that say where to send things: each is led to the canary. */
const ADDRESSES = [
  'OPENAI_BASE_URL',
  'AZURE_OPENAI_ENDPOINT',
  'AZURE_API_BASE',
  'AWS_BEDROCK_BASE_URL',
  ...AWS_ADDRESSES,
  'ANTHROPIC_BASE_URL',
  'GOOGLE_GEMINI_BASE_URL',
  'GOOGLE_VERTEX_BASE_URL',
  'OLLAMA_HOST',
  'LITELLM_PROXY_API_BASE',
  'SWITCHBOARD_CUSTOM_X_BASE_URL',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'ALL_PROXY',
  'http_proxy',
  'https_proxy',
  'all_proxy',
];

/** Variables that change what an SDK does. */
const SWITCHES: Readonly<Record<string, string>> = {
  OPENAI_LOG: 'debug',
  OPENAI_CUSTOM_HEADERS: `X-Canary: ${POISONED}`,
  ANTHROPIC_LOG: 'debug',
  ANTHROPIC_CUSTOM_HEADERS: `X-Canary: ${POISONED}`,
  ANTHROPIC_OPEN_TELEMETRY: 'true',
  ANTHROPIC_OPEN_TELEMETRY_PROPAGATION: 'true',
  ANTHROPIC_OPEN_TELEMETRY_TRACES_CONTENT_MODE: 'content',
  ANTHROPIC_OPEN_TELEMETRY_TRACES_MAX_CONTENT_BYTES: '65536',
  ...AWS_SWITCHES,
  GOOGLE_GENAI_USE_VERTEXAI: 'true',
  GOOGLE_GENAI_USE_ENTERPRISE: 'true',
  SWITCHBOARD_CUSTOM_X_WIRE: 'google-generate',
  NO_PROXY: '',
  no_proxy: '',
};

/** Hosts without a scheme, led to the canary too. */
const HOSTS = ['GCE_METADATA_HOST', 'GCE_METADATA_IP'];

export const isPoisoned = (name: string): boolean =>
  NAMES.includes(name) || ADDRESSES.includes(name) || HOSTS.includes(name) || name in SWITCHES;

/** A poisoned environment. `using` gives back the one that was there before. */
export type Poison = Disposable & { canary: Canary };

/** Poisons the environment of this process: whoever reads it, instead of the environment that it was handed, shows. */
export async function poisonEnvironment(): Promise<Poison> {
  const canary = await startCanary();
  const values = [
    ...NAMES.map((name) => [name, `${POISONED}-${name}`]),
    ...ADDRESSES.map((name) => [name, `${canary.url}/${POISONED}/${name}`]),
    ...HOSTS.map((name) => [name, new URL(canary.url).host]),
    ...Object.entries(SWITCHES),
  ];
  return { canary, ...lendVariables(Object.fromEntries(values)) };
}
