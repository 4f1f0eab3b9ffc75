import { join } from 'node:path';
import { type Catalog, loadCatalog } from '../../catalog/catalog.ts';
import { type LiveLists, withLive } from '../../catalog/live.ts';
import type { Known, KnownProvider } from '../../catalog/resolve.ts';
import type { Config } from '../../config/config.ts';
import { undeclared } from '../../config/custom.ts';
import { catalogKey, isByNameOnly, isRoutable, type Setup } from '../../config/setup.ts';
import { defined } from '../../core/defined.ts';
import { Failure } from '../../core/errors.ts';
import { DEFAULT_TASKS } from '../../routing/tasks.ts';
import { type AskForList, createLiveLists, type LiveListStore } from './live-lists.ts';
import { createResolve, type Resolve } from './resolving.ts';
import { refuseDeadRules } from './rules.ts';

/** What the engine knows of models: the catalogue, the providers' own lists over it, and what names mean. */
export type Knowledge = { lists: LiveListStore; catalog: () => Promise<Catalog>; resolve: Resolve };

const knownProvider = (setup: Setup, live: LiveLists): KnownProvider => {
  const { provider, defaultModel } = setup;
  return {
    id: provider.id,
    catalog: catalogKey(setup),
    byNameOnly: isByNameOnly(setup),
    ready: isRoutable(setup) || (provider.local === true && live.has(catalogKey(setup))),
    ...defined({ aliases: provider.aliases, maker: provider.maker, defaultModel }),
  };
};

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
    const all: Known = {
      aliases: { ...config.aliases },
      providers: config.providers.map((setup) => knownProvider(setup, live)),
      catalog: everything,
      undeclared: (name: string) => undeclared(name, ids),
    };
    if (!checked) {
      refuseShadowing(config, everything);
      refuseDeadRules(config, all, [...Object.keys(DEFAULT_TASKS), ...Object.keys(config.tasks)]);
      checked = true;
    }
    return all;
  }

  return { lists, catalog, resolve: createResolve({ config, known, lists }) };
}
