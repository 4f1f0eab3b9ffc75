import { LLMock } from '@copilotkit/aimock';
import type { Vars } from '../support/home.ts';

/** A model behind a provider, and what its vendor sees of a call. */
export type Route = {
  model: string;
  /** Who the answer is from, where it is not by the name that was asked for. */
  served?: string;
  path: string;
  /** The header that has the key. */
  header: string;
};

/** One route for every way in which a user names a provider. */
export const ROUTES = {
  openai: { model: 'openai/sim-1', path: '/v1/responses', header: 'authorization' },
  anthropic: { model: 'anthropic/sim-1', path: '/v1/messages', header: 'x-api-key' },
  gemini: {
    model: 'gemini/sim-1',
    served: 'google/sim-1',
    path: '/v1beta/models/sim-1:streamGenerateContent',
    header: 'x-goog-api-key',
  },
  groq: { model: 'groq/sim-1', path: '/v1/chat/completions', header: 'authorization' },
  azure: { model: 'azure/sim-1', path: '/openai/v1/chat/completions', header: 'api-key' },
  'custom-x': { model: 'custom-x/sim-1', path: '/v1/chat/completions', header: 'authorization' },
} as const satisfies Record<string, Route>;

/** One route for every wire. */
export const WIRES: readonly Route[] = [ROUTES.openai, ROUTES.anthropic, ROUTES.gemini, ROUTES.groq];

const KEYS: Vars = {
  OPENAI_API_KEY: 'key-of-openai',
  ANTHROPIC_API_KEY: 'key-of-anthropic',
  GEMINI_API_KEY: 'key-of-gemini',
  GROQ_API_KEY: 'key-of-groq',
  AZURE_OPENAI_API_KEY: 'key-of-azure',
  SWITCHBOARD_CUSTOM_X_API_KEY: 'key-of-custom-x',
};

const addresses = (url: string): Vars => ({
  OPENAI_BASE_URL: `${url}/v1`,
  ANTHROPIC_BASE_URL: url,
  GOOGLE_GEMINI_BASE_URL: url,
  GROQ_BASE_URL: `${url}/v1`,
  AZURE_OPENAI_ENDPOINT: url,
  SWITCHBOARD_CUSTOM_X_BASE_URL: `${url}/v1`,
});

/** What a vendor saw of a request. */
type Seen = { path: string; headers: readonly string[] };

/** All vendors at once, as others have rebuilt them, on one loopback port. */
export type Vendors = AsyncDisposable & {
  /** The environment of somebody who has a key for each. */
  vars: Vars;
  seen: () => readonly Seen[];
};

/** Starts vendors that want a key, and answer what `asks` finds with `says`. */
export async function startVendors(asks: RegExp, says: string): Promise<Vendors> {
  const mock = new LLMock({ port: 0, auth: { apiKeys: Object.values(KEYS) } });
  // Slow enough for calls that are made at once to be under way at once.
  mock.onMessage(asks, { content: says }, { latency: 20 });
  const url = await mock.start();
  return {
    vars: { ...KEYS, ...addresses(url) },
    seen: () => mock.getRequests().map(({ path, headers }) => ({ path, headers: Object.keys(headers) })),
    [Symbol.asyncDispose]: () => mock.stop(),
  };
}
