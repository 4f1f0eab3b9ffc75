import { randomUUID } from 'node:crypto';
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { LiveList } from '../../catalog/live.ts';
import type { Setup } from '../../config/setup.ts';
import { defined } from '../../core/defined.ts';
import { Failure } from '../../core/errors.ts';
import { makeFolder, PRIVATE_FILE } from '../../ledger/private-file.ts';

/** Providers' lists of models as files, one a provider. */
export type ListFiles = {
  /** The lists that are kept for these providers, at the addresses that they have now. */
  read: (setups: readonly Setup[]) => Promise<(readonly [Setup, LiveList])[]>;
  /** Throws a `config` failure when the list cannot be kept. */
  write: (setup: Setup, list: LiveList) => Promise<void>;
};

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

/** A moment that has passed: a clock that was set back, or a damaged file, may have left another. */
const past = z.number().transform((at) => Math.min(Math.max(at, 0), Date.now()));

/** A list as it lies on disk, under the address it came from: another address is another list. */
const stored = z.object({ baseUrl: z.string(), fetchedAt: past, models: z.array(kept) });

async function readOne(path: string, { baseUrl }: Setup): Promise<LiveList | undefined> {
  try {
    const file = stored.parse(JSON.parse(await readFile(path, 'utf8')));
    if (file.baseUrl !== baseUrl) return undefined;
    return { fetchedAt: file.fetchedAt, models: file.models.map((model) => defined(model)) };
  } catch {
    // A list that is missing or damaged is a list that has to be fetched again.
    return undefined;
  }
}

/** Writes a whole file or none: two processes may keep a list at the same time. */
async function writeWhole(path: string, text: string): Promise<void> {
  const draft = `${path}.${randomUUID()}`;
  // For the user alone: which providers somebody uses, and where, is nobody else's business.
  await writeFile(draft, text, { mode: PRIVATE_FILE });
  await rename(draft, path).catch(async (error: unknown) => {
    await rm(draft, { force: true });
    throw error;
  });
}

/** The lists in `folder`; without a folder nothing is kept. */
export function createListFiles(folder: string | undefined): ListFiles {
  if (folder === undefined) return { read: async () => [], write: async () => undefined };
  const nameOf = ({ provider }: Setup): string => `${provider.id}.json`;
  return {
    async read(setups) {
      const names = await readdir(folder).catch((): string[] => []);
      const lists = setups
        .filter((setup) => names.includes(nameOf(setup)))
        .map(async (setup) => [setup, await readOne(join(folder, nameOf(setup)), setup)] as const);
      return (await Promise.all(lists)).flatMap(([setup, list]) => (list === undefined ? [] : [[setup, list] as const]));
    },
    async write(setup, list) {
      try {
        makeFolder(folder);
        await writeWhole(join(folder, nameOf(setup)), JSON.stringify({ baseUrl: setup.baseUrl, ...list }));
      } catch (error) {
        throw new Failure('config', `The list could not be kept in ${folder}: is the folder writable?`, { cause: error });
      }
    },
  };
}
