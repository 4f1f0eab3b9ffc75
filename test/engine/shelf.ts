import { type Config, parseConfig } from '../../src/config/config.ts';
import { createEngine } from '../../src/engine/engine.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { listModels } from '../../src/tools/list-models.ts';
import { dialects } from '../support/dialects/index.ts';
import { json } from '../support/reply.ts';
import type { Content } from '../support/reply.ts';
import { startVendor } from '../support/vendor.ts';
import type { Vendor } from '../support/vendor.ts';

/** A vendor whose models are asked for, and which answers calls too where a test says so. */
export const startLister = (): Promise<Vendor> => startVendor(dialects['openai-chat']);

/** A list as OpenAI and those who copied it give it. */
export const listOf = (...ids: string[]): Content =>
  json(200, { object: 'list', data: ids.map((id) => ({ id, object: 'model', created: 1, owned_by: 'sim' })) });

/** An address of this machine where nobody listens: port 1 is for what nobody runs. */
export const NOBODY = 'http://127.0.0.1:1/v1';

type Sources = {
  env?: Record<string, string>;
  config?: object;
  /** Where lists are kept. */
  home?: string;
  /** What this machine runs, as `id: address`, at the ports that are usual. All others are off. */
  running?: Record<string, string>;
};

/** A config whose local servers are those of the test, wherever the machine that it runs on has its own. */
export function configOf({ env = {}, config = {}, home, running = {} }: Sources): Config {
  const text = JSON.stringify(config);
  const parsed = parseConfig({
    env,
    files: [{ path: 'config.yaml', text, trusted: true }],
    ...(home === undefined ? {} : { home }),
  });
  const placed = parsed.providers.map((setup) =>
    setup.provider.local && setup.addressFrom === undefined ? { ...setup, baseUrl: running[setup.provider.id] ?? NOBODY } : setup,
  );
  return { ...parsed, providers: placed };
}

export type Shelf = AsyncDisposable & { engine: Engine; list: (args?: Record<string, unknown>) => Promise<string> };

/** An engine, and list_models over it. */
export function openShelf(sources: Sources): Shelf {
  const engine = createEngine(configOf(sources));
  const { signal } = new AbortController();
  return {
    engine,
    list: async (args = {}) => (await listModels.run(args, { engine, signal })).text,
    [Symbol.asyncDispose]: () => engine.close(),
  };
}

/** The models that a text of list_models names, in its order. */
export const namedIn = (text: string): string[] => Array.from(text.matchAll(/^- (\S+) ·/gm), ([, name]) => name ?? '');

export const GROQ_KEY = 'gsk_of-an-invented-user-0123456789';

/** The environment of somebody whose Groq it is. */
export const groq = ({ url }: { url: string }) => ({ GROQ_API_KEY: GROQ_KEY, GROQ_BASE_URL: `${url}/openai/v1` });

/** What list_models is asked so that it shows those of Groq’s models that the tests make up. */
export const mine = { provider: 'groq', query: 'brand-new', available_only: true };
