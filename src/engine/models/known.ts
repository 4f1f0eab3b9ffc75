import { join } from 'node:path';
import { type Catalog, loadCatalog } from '../../catalog/catalog.ts';
import { type LiveLists, withLive } from '../../catalog/live.ts';
import { defaultModel, type Known, resolveModel } from '../../catalog/resolve.ts';
import type { Config } from '../../config/config.ts';
import { undeclared } from '../../config/custom.ts';
import { catalogKey, isByNameOnly, isRoutable, type Setup } from '../../config/setup.ts';
import type { Agent } from '../../core/agent.ts';
import type { ModelRef } from '../../core/chat.ts';
import { Failure, failureIn, type Kind } from '../../core/errors.ts';
import { list } from '../../core/text.ts';
import { DEFAULT_TASKS } from '../../routing/tasks.ts';
import { type AskForList, createLiveLists, type LiveListStore } from './live-lists.ts';
import { refuseDeadRules } from './rules.ts';

/** A model string understood: `why` says how it was chosen when nobody named it exactly. */
export type Target = ModelRef & { why?: string; agent?: Agent };

/** What the engine knows of models: the catalogue, the providers' own lists over it, and what names mean. */
export type Knowledge = {
  lists: LiveListStore;
  catalog: () => Promise<Catalog>;
  /** What a model string means; without one, the default. Throws `not_found`, `input`, `auth` or `config` failures. */
  resolve: (model: string | undefined, hostFamily?: string) => Promise<Target>;
};

const knownProvider = (setup: Setup, live: LiveLists) => ({
  id: setup.provider.id,
  ...(setup.provider.aliases === undefined ? {} : { aliases: setup.provider.aliases }),
  catalog: catalogKey(setup),
  ...(setup.provider.maker === undefined ? {} : { maker: setup.provider.maker }),
  ...(setup.defaultModel === undefined ? {} : { defaultModel: setup.defaultModel }),
  byNameOnly: isByNameOnly(setup),
  ready: isRoutable(setup) || (setup.provider.local === true && live.has(catalogKey(setup))),
});

/** What a name is refused with that means no model. */
const UNKNOWN: ReadonlySet<Kind> = new Set(['not_found', 'input']);

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

export function createKnowledge(config: Config, ask: AskForList): Knowledge {
  const lists = createLiveLists(config.providers, ask, config.home === undefined ? undefined : join(config.home, 'models'));
  let merged: { live: LiveLists; catalog: Catalog } | undefined;
  let checked = false;

  async function catalog(): Promise<Catalog> {
    const [base, live] = await Promise.all([loadCatalog(), lists.current()]);
    if (merged?.live !== live) merged = { live, catalog: withLive(base, live) };
    return merged.catalog;
  }

  async function known(): Promise<Known> {
    const everything = await catalog();
    const live = await lists.current();
    const ids = config.providers.map(({ provider }) => provider.id);
    const what = {
      aliases: { ...config.aliases },
      providers: config.providers.map((setup) => knownProvider(setup, live)),
      catalog: everything,
      undeclared: (name: string) => undeclared(name, ids),
    };
    if (!checked) {
      refuseShadowing(config, everything);
      refuseDeadRules(config, what, [...Object.keys(DEFAULT_TASKS), ...Object.keys(config.tasks)]);
      checked = true;
    }
    return what;
  }

  /** A bare name that nobody knows may be that of a model on this machine, so its servers are asked before it is refused. */
  async function resolveNamed(model: string): Promise<Target> {
    const first = await known();
    try {
      return resolveModel(model, first);
    } catch (error) {
      if (failureIn(error)?.kind !== 'not_found') throw error;
      await lists.findLocal();
      return resolveModel(model, await known());
    }
  }

  /** The agent that a name means, by itself or through aliases; undefined: it means none. */
  function agentNamed(name = ''): Agent | undefined {
    const seen = new Set<string>();
    for (let at = name.trim(); !seen.has(at); at = (config.aliases[at] ?? at).trim()) {
      seen.add(at);
      if (Object.hasOwn(config.agents, at)) return config.agents[at];
    }
    return undefined;
  }

  async function resolveAgent(agent: Agent, hostFamily?: string): Promise<Target> {
    const target = await resolveModelOf(agent, hostFamily);
    return { ...target, agent, why: `the agent "${agent.name}"` };
  }

  /** The model of an agent. Where the default is an agent itself, its model is what an agent without one takes. */
  async function resolveModelOf({ model }: Agent, hostFamily?: string): Promise<Target> {
    const other = model === undefined ? agentNamed(config.defaultModel) : undefined;
    return resolvePlain(other === undefined ? (model ?? config.defaultModel) : other.model, hostFamily);
  }

  async function resolvePlain(wanted: string | undefined, hostFamily?: string): Promise<Target> {
    if (wanted !== undefined) return resolveNamed(wanted);
    if (!config.providers.some(isRoutable)) throw noneReady(config);
    return defaultModel(await known(), hostFamily);
  }

  async function resolveWanted(wanted: string | undefined, hostFamily?: string): Promise<Target> {
    const agent = agentNamed(wanted);
    return agent === undefined ? resolvePlain(wanted, hostFamily) : resolveAgent(agent, hostFamily);
  }

  /** Who named no model cannot know what is wrong with the default: it is told where it stands. */
  async function resolveDefault(hostFamily?: string): Promise<Target> {
    try {
      return await resolveWanted(config.defaultModel, hostFamily);
    } catch (error) {
      const failure = failureIn(error);
      if (failure === undefined || !UNKNOWN.has(failure.kind) || config.defaultModel === undefined) throw error;
      const where = config.place(['default_model']);
      throw new Failure('config', `The default model, set in ${where}, means nothing: ${failure.message} Correct it there.`, {
        cause: error,
      });
    }
  }

  return {
    lists,
    catalog,
    resolve: (model, hostFamily) => (model === undefined ? resolveDefault(hostFamily) : resolveWanted(model, hostFamily)),
  };
}
