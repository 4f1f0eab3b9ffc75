import { setMaxListeners } from 'node:events';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { type Catalog, loadCatalog } from '../catalog/catalog.ts';
import { type LiveLists, withLive } from '../catalog/live.ts';
import { defaultModel, type Known, resolveModel } from '../catalog/resolve.ts';
import type { Config } from '../config/config.ts';
import { catalogKey, isRoutable, type Setup } from '../config/setup.ts';
import { type Answer, type Ask, type ModelRef, refText } from '../core/chat.ts';
import { Failure, failureIn } from '../core/errors.ts';
import { list } from '../core/text.ts';
import { attempt, type Progress } from './attempt.ts';
import { deadline } from './deadline.ts';
import { createLiveLists, type LiveListStore } from './live-lists.ts';
import { createPartners } from './partners.ts';

export type { Progress } from './attempt.ts';

/** Who asks: the signal that cancels, the ear for progress, and the family of the host's own model where it is known. */
type Caller = {
  signal?: AbortSignal | undefined;
  progress?: ((progress: Progress) => void) | undefined;
  hostFamily?: string | undefined;
};

type CallRequest = {
  ask: Ask;
  /** As the user wrote it; absent: the default. */
  model?: string | undefined;
  /** Milliseconds for the whole call; absent: the configured limit, which is also the most. */
  timeoutMs?: number | undefined;
};

/** A model string understood: `why` says how it was chosen when nobody named it exactly. */
type Target = ModelRef & { why?: string };

export type Outcome = { target: string; answer: Answer } | { target: string; failure: Failure };

export type Engine = {
  readonly config: Config;
  readonly lists: LiveListStore;
  /** What is known of models, with what providers list themselves over it. */
  catalog: () => Promise<Catalog>;
  /** What a model string means; without one, the default. Throws `not_found`, `input` or `config` failures. */
  resolve: (model: string | undefined, hostFamily?: string) => Promise<Target>;
  /** Asks one model. Throws a `Failure` and nothing else. */
  call: (request: CallRequest, caller?: Caller) => Promise<Answer & { why?: string }>;
  /** Asks several at once; outcomes come in the order asked, and one failure leaves the others alone. */
  callAll: (requests: readonly CallRequest[], caller?: Caller) => Promise<Outcome[]>;
  /** Cancels what runs and closes every connection. */
  close: () => Promise<void>;
};

/** How many calls of one comparison run at the same time. */
const FAN_OUT = 8;

const knownProvider = (setup: Setup, live: LiveLists) => ({
  id: setup.provider.id,
  ...(setup.provider.aliases === undefined ? {} : { aliases: setup.provider.aliases }),
  catalog: catalogKey(setup),
  ...(setup.provider.maker === undefined ? {} : { maker: setup.provider.maker }),
  ...(setup.defaultModel === undefined ? {} : { defaultModel: setup.defaultModel }),
  ready: isRoutable(setup) || (setup.provider.local === true && live.has(catalogKey(setup))),
});

/** A cloned repository must not decide that `gpt-5` is something else. */
function refuseShadowing(config: Config, catalog: Catalog): void {
  const ids = new Set(config.providers.flatMap(({ provider }) => [provider.id, ...(provider.aliases ?? [])]));
  const taken = config.projectAliases.find(({ alias }) => ids.has(alias) || catalog.providersOf(alias).length > 0);
  if (taken === undefined) return;
  throw new Failure(
    'config',
    `${taken.path}: the alias "${taken.alias}" is the name of a model or provider, which a project's file may not redefine; rename it`,
  );
}

/** What a program-wide missing key is told: which variables would help, of the best-known providers. */
function noneReady(config: Config): Failure {
  const names = config.providers.flatMap(({ provider }) => (provider.maker ? provider.keyEnv.slice(0, 1) : [])).slice(0, 3);
  return new Failure(
    'auth',
    `No provider is set up, so no model can be called: set ${list([...names, 'another provider’s key'], 'or')} in the server's environment`,
  );
}

export function createEngine(config: Config, userAgent = 'switchboard-mcp'): Engine {
  const partners = createPartners(config, userAgent);
  const closing = new AbortController();
  // Every call under way listens to it.
  setMaxListeners(0, closing.signal);
  const setups = new Map(config.providers.map((setup) => [setup.provider.id, setup]));

  const lists = createLiveLists(
    config.providers,
    partners.askForList,
    config.home === undefined ? undefined : join(config.home, 'models'),
  );
  let merged: { live: LiveLists; catalog: Catalog } | undefined;

  async function catalog(): Promise<Catalog> {
    const [base, live] = await Promise.all([loadCatalog(), lists.current()]);
    if (merged?.live !== live) merged = { live, catalog: withLive(base, live) };
    return merged.catalog;
  }

  async function known(): Promise<Known> {
    const everything = await catalog();
    refuseShadowing(config, everything);
    const live = await lists.current();
    return {
      aliases: { ...config.aliases },
      providers: config.providers.map((setup) => knownProvider(setup, live)),
      catalog: everything,
    };
  }

  /** A bare name that nobody knows may be that of a model on this machine, so its servers are asked before it is refused. */
  async function resolveNamed(model: string): Promise<Target> {
    try {
      return resolveModel(model, await known());
    } catch (error) {
      if (failureIn(error)?.kind !== 'not_found') throw error;
      await lists.findLocal();
      return resolveModel(model, await known());
    }
  }

  async function resolve(model: string | undefined, hostFamily?: string): Promise<Target> {
    const wanted = model ?? config.defaultModel;
    if (wanted !== undefined) return resolveNamed(wanted);
    if (!config.providers.some(isRoutable)) throw noneReady(config);
    return defaultModel(await known(), hostFamily);
  }

  async function call({ ask, model, timeoutMs }: CallRequest, caller: Caller = {}): Promise<Answer & { why?: string }> {
    const { why, ...target } = await resolve(model, caller.hostFamily);
    const setup = setups.get(target.provider);
    const facts = setup === undefined ? { id: target.model } : (await catalog()).facts(catalogKey(setup), target.model);
    const one = { target, facts, quirks: setup?.provider.quirks, ask, talk: partners.talkTo(target) };
    const limit = deadline(Math.min(timeoutMs ?? Infinity, config.timeouts.totalMs), [caller.signal, closing.signal]);
    try {
      const answer = await attempt(one, limit.signal, caller.progress);
      return why === undefined ? answer : { ...answer, why };
    } finally {
      limit.end();
    }
  }

  async function settle(request: CallRequest, caller: Caller): Promise<Outcome> {
    const target = await resolve(request.model, caller.hostFamily).then(refText, () => request.model ?? 'the default model');
    try {
      return { target, answer: await call(request, caller) };
    } catch (error) {
      const failure = failureIn(error);
      if (failure === undefined) throw error;
      return { target, failure };
    }
  }

  return {
    config,
    lists,
    catalog,
    resolve,
    call,
    callAll(requests, caller = {}) {
      const limit = pLimit(FAN_OUT);
      return Promise.all(requests.map((request) => limit(() => settle(request, caller))));
    },
    async close() {
      closing.abort();
      await partners.close();
    },
  };
}
