import { bedrock } from '../../src/providers/bedrock.ts';
import { custom } from '../../src/providers/custom.ts';
import type { Provider } from '../../src/providers/define.ts';
import { PROVIDERS } from '../../src/providers/index.ts';
import type { WireId } from '../../src/wires/wire.ts';
import { agentResponses } from '../support/dialects/agent-responses.ts';
import type { Dialect } from '../support/dialects/dialect.ts';
import { dialects } from '../support/dialects/index.ts';
import { openaiChat } from '../support/dialects/openai-chat.ts';
import type { ChatVariant } from '../support/dialects/openai-chat.ts';
import { inGoogleCloud, signedInToAws } from './machines.ts';
import type { Machine } from './machines.ts';

/** One way of reaching a vendor: what the contract suite runs over. */
export type Row = {
  /** As the test report names it. */
  name: string;
  provider: Provider;
  wire: WireId;
  /** How the vendor behind this row answers. */
  dialect: Dialect;
  /** The variable that holds the key; absent where there is none. */
  keyName?: string;
  /** The environment of somebody who uses this provider at `url` with `key`. */
  env: (url: string, key: string) => Record<string, string>;
  /** The config that goes with it, as it stands in the file under `providers`. */
  settings?: { wire?: WireId; headers?: Record<string, string>; extra_body?: Record<string, unknown> };
  /** What the machine has in place of a key. */
  machine?: Machine;
};

/** How vendors differ in what they answer, from their documentation. */
const VARIANTS: Record<string, ChatVariant> = {
  mistral: { usage: 'always' },
  zai: { usage: 'always', sources: 'web_search' },
  litellm: { sources: 'annotations' },
  minimax: { thinking: 'tags' },
  vercel: { thinking: 'reasoning' },
  vllm: { thinking: 'reasoning' },
  openrouter: { thinking: 'reasoning', sources: 'annotations' },
  groq: { thinking: 'reasoning', sources: 'executed_tools' },
  cerebras: { thinking: 'reasoning' },
  together: { thinking: 'reasoning' },
  ollama: { thinking: 'reasoning' },
};

/** The same for those who speak of responses. */
const RESPONSES: Record<string, Dialect> = { perplexity: agentResponses };

/** Where the address is set by other means than `<ID>_BASE_URL`, as users of these do. */
const ADDRESS: Record<string, (url: string) => Record<string, string>> = {
  anthropic: (url) => ({ ANTHROPIC_BASE_URL: url }),
  google: (url) => ({ GOOGLE_GEMINI_BASE_URL: url }),
  azure: (url) => ({ AZURE_OPENAI_ENDPOINT: `${url}/` }),
  bedrock: (url) => ({ BEDROCK_BASE_URL: url, AWS_REGION: 'eu-west-1' }),
  cloudflare: (url) => ({ CLOUDFLARE_BASE_URL: `${url}/client/v4/accounts/a1b2c3/ai/v1` }),
  ollama: (url) => ({ OLLAMA_HOST: new URL(url).host }),
  vertex: (url) => ({ VERTEX_BASE_URL: url, GOOGLE_CLOUD_PROJECT: 'p1', GOOGLE_CLOUD_LOCATION: 'europe-west1' }),
  litellm: (url) => ({ LITELLM_PROXY_API_BASE: `${url}/v1` }),
};

function dialectOf(id: string, wire: WireId): Dialect {
  if (wire === 'openai-chat') return openaiChat(VARIANTS[id] ?? {});
  return (wire === 'openai-responses' ? RESPONSES[id] : undefined) ?? dialects[wire];
}

function rowOf(provider: Provider): Row {
  const { id, wire, auth, baseUrl, keyEnv } = provider;
  const keyName = keyEnv[0];
  const path = baseUrl === undefined ? '' : new URL(baseUrl).pathname;
  const address = ADDRESS[id] ?? ((url: string) => ({ [`${id.toUpperCase().replaceAll('-', '_')}_BASE_URL`]: url + path }));
  return {
    name: id,
    provider,
    wire,
    dialect: dialectOf(id, wire),
    ...(keyName === undefined ? {} : { keyName }),
    env: (url, key) => ({ ...address(url), ...(keyName === undefined ? {} : { [keyName]: key }) }),
    ...(auth === 'google-adc' ? { machine: inGoogleCloud } : {}),
  };
}

/** The same provider, told to speak another wire. */
const speaking = (row: Row, wire: WireId): Row => ({
  ...row,
  name: `${row.name} as ${wire}`,
  wire,
  dialect: dialectOf(row.provider.id, wire),
});

const toldInTheConfig = (row: Row): Row => ({ ...row, settings: { wire: row.wire } });

/** The same provider with variables more. */
const given = (row: Row, vars: Record<string, string>): Row => ({
  ...row,
  env: (url, key) => ({ ...row.env(url, key), ...vars }),
});

/** Bedrock for somebody without a bearer key: the requests are signed. */
const signed: Row = {
  name: 'bedrock as bedrock-converse',
  provider: { ...bedrock, wire: 'bedrock-converse', auth: 'aws' },
  wire: 'bedrock-converse',
  dialect: dialects['bedrock-converse'],
  env: (url) => ({ BEDROCK_BASE_URL: url, AWS_REGION: 'eu-west-1' }),
  machine: signedInToAws,
};

/** An endpoint of the user's own, which exists in the environment only. */
export function customRow(slug: string, wire: WireId, path: string): Row {
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

const rows = PROVIDERS.map(rowOf);
const named = (name: string): Row[] => rows.filter((row) => row.name === name);

/** Every provider as it is, some as other settings make them, and endpoints made from the environment. */
export const ROWS: readonly Row[] = [
  ...rows,
  ...named('openai').map((row) => given(speaking(row, 'openai-chat'), { OPENAI_WIRE: 'openai-chat' })),
  ...named('azure').map((row) => toldInTheConfig(speaking(row, 'openai-responses'))),
  ...named('azure').map((row) => given({ ...row, name: 'azure of a dated version' }, { AZURE_OPENAI_API_VERSION: '2024-10-21' })),
  signed,
  customRow('x', 'openai-chat', '/v1'),
  customRow('y', 'anthropic-messages', '/v1'),
  customRow('z', 'google-generate', '/v1beta'),
];

const PLAIN = ROWS.filter(({ provider }) => provider.id === 'openai');

/** Where only the wire decides, one row of each will do: of OpenAI's wires its own. */
export const FIRST_OF_EACH_WIRE: ReadonlySet<Row> = new Set(
  new Map([...PLAIN, ...ROWS].toReversed().map((row) => [row.wire, row])).values(),
);
