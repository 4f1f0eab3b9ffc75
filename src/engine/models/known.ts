import { join } from 'node:path';
import { type Catalog, loadCatalog } from '../../catalog/catalog.ts';
import type { Known, KnownProvider } from '../../catalog/known.ts';
import { type LiveLists, withLive } from '../../catalog/live.ts';
import type { IdForm } from '../../catalog/spelling.ts';
import type { Config } from '../../config/config.ts';
import { undeclared } from '../../config/custom.ts';
import { catalogKey, isByNameOnly, isRoutable, type Setup } from '../../config/setup.ts';
import { today } from '../../core/day.ts';
import { defined } from '../../core/defined.ts';
import { DEFAULT_TASKS } from '../../routing/tasks.ts';
import { idPrefixOf, IDS_IN_PATH } from '../../wires/model-ids.ts';
import { type AskForList, createLiveLists, type LiveListStore } from './live-lists.ts';
import { refuseShadowing } from './project-names.ts';
import { createResolve, type Resolving } from './resolving.ts';
import { refuseDeadRules } from './rules.ts';

/** What the engine knows of models: the catalogue, the providers' own lists over it, and what names mean. */
export type Knowledge = Resolving & { lists: LiveListStore; catalog: () => Promise<Catalog> };

/** How a provider's ids may be written: where they are a part of the address, one model has many spellings. */
function idFormOf({ provider, baseUrl = '' }: Setup): IdForm {
  const inPath = IDS_IN_PATH[provider.wire];
  return { inPath: inPath !== undefined || baseUrl.includes('{model}'), ...inPath, ...defined({ prefix: idPrefixOf(provider) }) };
}

const knownProvider = (setup: Setup, live: LiveLists): KnownProvider => {
  const { provider, defaultModel } = setup;
  return {
    id: provider.id,
    catalog: catalogKey(setup),
    byNameOnly: isByNameOnly(setup),
    idForm: idFormOf(setup),
    ready: isRoutable(setup) || (provider.local === true && live.has(catalogKey(setup))),
    listed: live.has(catalogKey(setup)),
    ...(provider.quirks?.ownNames === undefined ? {} : { ownNames: provider.quirks.ownNames }),
    ...defined({ aliases: provider.aliases, maker: provider.maker, local: provider.local, ownId: provider.ownId, defaultModel }),
  };
};

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
      aliases: config.aliases,
      names: [...Object.keys(config.projectFile?.aliases ?? {}), ...Object.keys(config.projectFile?.agents ?? {})],
      providers: config.providers.map((setup) => knownProvider(setup, live)),
      catalog: everything,
      today: today(),
      undeclared: (name: string) => undeclared(name, ids),
    };
    if (!checked) {
      refuseShadowing(config, all);
      refuseDeadRules(config, all, [...Object.keys(DEFAULT_TASKS), ...Object.keys(config.tasks)]);
      checked = true;
    }
    return all;
  }

  return { lists, catalog, ...createResolve({ config, known, lists }) };
}
