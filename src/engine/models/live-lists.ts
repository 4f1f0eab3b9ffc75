import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { z } from 'zod';
import { type LiveList, type LiveLists, readModelList } from '../../catalog/live.ts';
import { catalogKey, isByNameOnly, isRoutable, type Setup } from '../../config/setup.ts';
import { Failure, failureIn } from '../../core/errors.ts';
import type { ModelFacts } from '../../core/model.ts';
import { PRIVATE_FILE, PRIVATE_FOLDER } from '../../ledger/private-file.ts';

/** Asks one provider for its list: the parsed body. */
export type AskForList = (setup: Setup, timeoutMs: number, signal?: AbortSignal) => Promise<unknown>;

/** How a refresh went for one provider. */
export type Refreshed = { provider: string; models: number } | { provider: string; failure: Failure };

export type LiveListStore = {
  /** What was fetched earlier, from disk, and the local servers that answered a moment ago. */
  current: () => Promise<LiveLists>;
  /** Asks every provider that can be called and offers a list, and keeps what they say. */
  refresh: (signal?: AbortSignal) => Promise<Refreshed[]>;
  /** Asks the servers of this machine, briefly, whether they are there and what they have. */
  findLocal: () => Promise<void>;
};

/** How long a vendor may take to list its models, and a server on this machine to answer at all, in milliseconds. */
const LIST_MS = 15_000;
const LOCAL_MS = 300;
/** What a local server said counts this long, in milliseconds. */
const LOCAL_FRESH_MS = 10_000;
const AT_ONCE = 8;

/** A model as it was kept; whatever is odd in it is passed over. */
const amount = z.number().min(0);
const kept = z.object({
  id: z.string(),
  name: z.string().optional().catch(undefined),
  context: z.int().min(1).optional().catch(undefined),
  maxOutput: z.int().min(1).optional().catch(undefined),
  input: z
    .array(z.enum(['image', 'pdf', 'audio', 'video']))
    .optional()
    .catch(undefined),
  rates: z.object({ input: amount, output: amount }).optional().catch(undefined),
});

/** Without the fields that were odd. */
const present = (model: z.output<typeof kept>): ModelFacts => {
  const { id, name, context, maxOutput, input, rates } = model;
  return {
    id,
    ...(name === undefined ? {} : { name }),
    ...(context === undefined ? {} : { context }),
    ...(maxOutput === undefined ? {} : { maxOutput }),
    ...(input === undefined ? {} : { input }),
    ...(rates === undefined ? {} : { rates }),
  };
};

/** A list as it lies on disk, under the address it came from: another address is another list. */
const stored = z.object({ baseUrl: z.string(), fetchedAt: z.number(), models: z.array(kept) });

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
  // Replaced and never changed, so that whoever holds one can tell a new one from it.
  let lists: LiveLists = new Map();
  let read: Promise<void> | undefined;
  let localUntil = 0;

  const set = (setup: Setup, list: LiveList) => void (lists = new Map([...lists, [catalogKey(setup), list]]));
  const drop = (setup: Setup) => void (lists = new Map([...lists].filter(([key]) => key !== catalogKey(setup))));

  async function readOne(setup: Setup): Promise<void> {
    try {
      const file = stored.parse(JSON.parse(await readFile(join(folder ?? '', `${setup.provider.id}.json`), 'utf8')));
      if (file.baseUrl === setup.baseUrl) set(setup, { fetchedAt: file.fetchedAt, models: file.models.map(present) });
    } catch {
      // A list that is missing or damaged is a list that has to be fetched again.
    }
  }

  async function readAll(): Promise<void> {
    const names = folder === undefined ? [] : await readdir(folder).catch(() => []);
    await Promise.all(listing.filter(({ provider }) => names.includes(`${provider.id}.json`)).map(readOne));
  }

  async function write({ provider: { id }, baseUrl }: Setup, list: LiveList): Promise<void> {
    if (folder === undefined) return;
    await mkdir(folder, { recursive: true, mode: PRIVATE_FOLDER });
    const path = join(folder, `${id}.json`);
    const draft = `${path}.${randomUUID()}`;
    // For the user alone: which providers somebody uses, and where, is nobody else's business.
    await writeFile(draft, JSON.stringify({ baseUrl, ...list }), { mode: PRIVATE_FILE });
    await rename(draft, path).catch(async (error: unknown) => {
      await rm(draft, { force: true });
      throw error;
    });
  }

  async function refreshOne(setup: Setup, signal?: AbortSignal): Promise<Refreshed> {
    const provider = setup.provider.id;
    try {
      const list = { fetchedAt: Date.now(), models: await fetchList(ask, setup, LIST_MS, signal) };
      set(setup, list);
      await write(setup, list);
      return { provider, models: list.models.length };
    } catch (error) {
      const failure =
        failureIn(error) ??
        new Failure('config', `The list could not be kept in ${folder}: is the folder writable?`, { cause: error });
      return { provider, failure };
    }
  }

  async function probe(setup: Setup): Promise<void> {
    const models = await fetchList(ask, setup, LOCAL_MS).catch(() => undefined);
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
      const limit = pLimit(AT_ONCE);
      const asked = listing.filter((setup) => isRoutable(setup) && (!setup.provider.local || local.includes(setup)));
      return Promise.all(asked.map((setup) => limit(() => refreshOne(setup, signal))));
    },
    findLocal,
  };
}
