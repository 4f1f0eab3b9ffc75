import pLimit from 'p-limit';
import { type LiveList, type LiveLists, readModelList } from '../../catalog/live.ts';
import { catalogKey, isByNameOnly, isRoutable, type Setup } from '../../config/setup.ts';
import { Failure } from '../../core/errors.ts';
import type { ModelFacts } from '../../core/model.ts';
import { settled } from '../../core/settled.ts';
import { createListFiles } from './list-files.ts';

/** Asks one provider for its list: the parsed body. */
export type AskForList = (setup: Setup, timeoutMs: number, signal?: AbortSignal) => Promise<unknown>;

/** The outcome of a refresh for one provider: the number of its models, or the failure. */
export type Refreshed = { provider: string; models: number } | { provider: string; failure: Failure };

export type LiveListStore = {
  /** Returns the lists that were fetched earlier, from disk, and those of the local servers that answered a moment ago. */
  current: () => Promise<LiveLists>;
  /** Asks every provider that can be called and offers a list, and keeps what they say. */
  refresh: (signal?: AbortSignal) => Promise<Refreshed[]>;
  /** Asks one provider for its list where it is not known; undefined where it has none. */
  fetchFor: (provider: string) => Promise<Failure | undefined>;
  /** Asks the servers of this machine, briefly, whether they are there and what they have. */
  findLocal: () => Promise<void>;
};

/** The time that a vendor has to list its models, and a server on this machine to answer at all, in milliseconds. */
const LIST_MS = 15_000;
const LOCAL_MS = 300;
/** The time that a server of the user's own has whose address the user gave, in milliseconds: it is not asked on chance. */
const NAMED_MS = 3000;
/** The time for which the word of a local server counts, in milliseconds. */
const LOCAL_FRESH_MS = 10_000;
const MAX_AT_ONCE = 8;

async function fetchList(ask: AskForList, setup: Setup, timeoutMs: number, signal?: AbortSignal): Promise<ModelFacts[]> {
  const models = readModelList(await ask(setup, timeoutMs, signal));
  if (models === undefined) throw new Failure('upstream', `${setup.provider.title} lists its models in a form that is not known`);
  return models;
}

/** The lists of providers, in memory and as files in `folder` (none: nothing is kept). */
export function createLiveLists(setups: readonly Setup[], ask: AskForList, folder: string | undefined): LiveListStore {
  const listing = setups.filter(
    (setup) => setup.provider.list !== undefined && setup.missing === undefined && !isByNameOnly(setup),
  );
  // Two programs may use one port by default (llama.cpp, LocalAI): whoever answers there counts once.
  const local = listing.filter(
    ({ provider, baseUrl }, at) => provider.local && listing.findIndex((other) => other.baseUrl === baseUrl) === at,
  );
  const files = createListFiles(folder);
  // Replaced and never changed, so that whoever holds one can tell a new one from it.
  let lists: LiveLists = new Map();
  let read: Promise<void> | undefined;
  let localUntil = 0;

  const set = (setup: Setup, list: LiveList) => void (lists = new Map([...lists, [catalogKey(setup), list]]));
  const drop = (setup: Setup) => void (lists = new Map([...lists].filter(([key]) => key !== catalogKey(setup))));

  async function readAll(): Promise<void> {
    const kept = await files.read(listing);
    lists = new Map([...lists, ...kept.map(([setup, list]) => [catalogKey(setup), list] as const)]);
  }

  async function refreshOne(setup: Setup, signal?: AbortSignal): Promise<Refreshed> {
    const provider = setup.provider.id;
    const fetched = await settled(fetchList(ask, setup, LIST_MS, signal));
    if ('failure' in fetched) return { provider, failure: fetched.failure };
    const list = { fetchedAt: Date.now(), models: fetched.value };
    set(setup, list);
    const written = await settled(files.write(setup, list));
    return 'failure' in written ? { provider, failure: written.failure } : { provider, models: list.models.length };
  }

  async function probe(setup: Setup): Promise<void> {
    const models = await fetchList(ask, setup, setup.addressFrom === undefined ? LOCAL_MS : NAMED_MS).catch(() => undefined);
    if (models !== undefined) set(setup, { fetchedAt: Date.now(), models });
    else if (lists.has(catalogKey(setup))) drop(setup);
  }

  const current = async () => {
    await (read ??= readAll());
    return lists;
  };
  async function findLocal(): Promise<void> {
    await current();
    if (Date.now() < localUntil) return;
    await Promise.all(local.map(probe));
    localUntil = Date.now() + LOCAL_FRESH_MS;
  }

  return {
    current,
    async refresh(signal) {
      await findLocal();
      const limit = pLimit(MAX_AT_ONCE);
      const asked = listing.filter((setup) => isRoutable(setup) && (!setup.provider.local || local.includes(setup)));
      return Promise.all(asked.map((setup) => limit(() => refreshOne(setup, signal))));
    },
    async fetchFor(id) {
      const setup = listing.find(({ provider }) => provider.id === id);
      if (setup === undefined || (await current()).has(catalogKey(setup))) return undefined;
      const fetched = await refreshOne(setup);
      return 'failure' in fetched ? fetched.failure : undefined;
    },
    findLocal,
  };
}
