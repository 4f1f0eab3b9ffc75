import { custom } from '../../src/providers/custom.ts';
import type { Provider } from '../../src/providers/define.ts';
import { PROVIDERS } from '../../src/providers/index.ts';
import { dialects, isPlayed } from '../support/dialects/index.ts';
import type { PlayedWire } from '../support/dialects/index.ts';
import type { Dialect } from '../support/dialects/dialect.ts';
import { openaiChat } from '../support/dialects/openai-chat.ts';
import type { ChatVariant } from '../support/dialects/openai-chat.ts';

/** One way of reaching a vendor: what the contract suite runs over. */
export type Row = {
  /** As the test report names it. */
  name: string;
  provider: Provider;
  wire: PlayedWire;
  /** How the vendor behind this row answers. */
  dialect: Dialect;
  /** The variable that holds the key; absent where there is none. */
  keyName?: string;
  /** The environment of somebody who uses this provider at `url` with `key`. */
  env: (url: string, key: string) => Record<string, string>;
  /** The config that goes with it, as it stands in the file under `providers`. */
  settings?: { wire: PlayedWire };
};

/** How vendors differ in what they answer, from their documentation. */
const VARIANTS: Record<string, ChatVariant> = {
  xai: { thinkingOutsideOutput: true },
  mistral: { usage: 'always' },
  zai: { usage: 'always' },
  perplexity: { usage: 'always', thinkingOutsideOutput: true },
  minimax: { thinking: 'tags' },
  vercel: { thinking: 'reasoning' },
  vllm: { thinking: 'reasoning' },
  openrouter: { thinking: 'reasoning' },
  groq: { thinking: 'reasoning' },
  cerebras: { thinking: 'reasoning' },
  together: { thinking: 'reasoning' },
  ollama: { thinking: 'reasoning' },
};

/** Where the address is set by other means than `<ID>_BASE_URL`, as users of these do. */
const ADDRESS: Record<string, (url: string) => Record<string, string>> = {
  anthropic: (url) => ({ ANTHROPIC_BASE_URL: url }),
  google: (url) => ({ GOOGLE_GEMINI_BASE_URL: url }),
  azure: (url) => ({ AZURE_OPENAI_ENDPOINT: `${url}/` }),
  bedrock: (url) => ({ BEDROCK_BASE_URL: `${url}/openai/v1` }),
  cloudflare: (url) => ({ CLOUDFLARE_BASE_URL: `${url}/client/v4/accounts/a1b2c3/ai/v1` }),
  ollama: (url) => ({ OLLAMA_HOST: new URL(url).host }),
  litellm: (url) => ({ LITELLM_PROXY_API_BASE: `${url}/v1` }),
};

const dialectOf = (id: string, wire: PlayedWire): Dialect =>
  wire === 'openai-chat' ? openaiChat(VARIANTS[id] ?? {}) : dialects[wire];

function rowOf(provider: Provider): Row[] {
  const { id, wire, auth, baseUrl, keyEnv } = provider;
  // What has credentials of its own or frames of its own is named in `UNPLAYED`.
  if (!isPlayed(wire) || auth === 'google-adc') return [];
  const keyName = keyEnv[0];
  const path = baseUrl === undefined ? '' : new URL(baseUrl).pathname;
  const address = ADDRESS[id] ?? ((url: string) => ({ [`${id.toUpperCase().replaceAll('-', '_')}_BASE_URL`]: url + path }));
  return [
    {
      name: id,
      provider,
      wire,
      dialect: dialectOf(id, wire),
      ...(keyName === undefined ? {} : { keyName }),
      env: (url, key) => ({ ...address(url), ...(keyName === undefined ? {} : { [keyName]: key }) }),
    },
  ];
}

/** The same provider, told in the config to speak another wire. */
const speaking = (row: Row, wire: PlayedWire): Row => ({
  ...row,
  name: `${row.name} as ${wire}`,
  wire,
  dialect: dialectOf(row.provider.id, wire),
  settings: { wire },
});

/** An endpoint of the user's own, which exists in the environment only. */
function customRow(slug: string, wire: PlayedWire, path: string): Row {
  const prefix = `SWITCHBOARD_CUSTOM_${slug.toUpperCase()}`;
  return {
    name: `custom-${slug}`,
    provider: { ...custom, id: `custom-${slug}`, wire },
    wire,
    dialect: dialectOf('custom', wire),
    keyName: `${prefix}_API_KEY`,
    env: (url, key) => ({
      [`${prefix}_BASE_URL`]: url + path,
      [`${prefix}_API_KEY`]: key,
      ...(wire === custom.wire ? {} : { [`${prefix}_WIRE`]: wire }),
    }),
  };
}

const rows = PROVIDERS.flatMap(rowOf);
const named = (name: string): Row[] => rows.filter((row) => row.name === name);

/** Every provider as it is, the same where a config gives them another wire, and endpoints made from the environment. */
export const ROWS: readonly Row[] = [
  ...rows,
  ...named('openai').map((row) => speaking(row, 'openai-chat')),
  ...named('azure').map((row) => speaking(row, 'openai-responses')),
  customRow('x', 'openai-chat', '/v1'),
  customRow('y', 'anthropic-messages', '/v1'),
];
