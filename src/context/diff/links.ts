import { opendir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Failure } from '../../core/errors.ts';
import type { Pace } from '../../core/pace.ts';
import { clip, count, oneLine } from '../../core/text.ts';
import { type Layout, real } from './layout.ts';

/** More entries than this are not looked at. Git packs them long before there are so many. */
const MOST_ENTRIES = 500_000;

/** Folders in a repository of which git may read everything for a diff. */
const READ = ['objects', 'refs', 'reftable', 'worktrees'];

/** Whether a path may be read for the diff. */
type Inside = (path: string) => boolean;

/** A folder or a link, and where it really is; a link that leads nowhere is none. */
type Entry = { name: string; link: boolean; at: string };

const called = (name: string): string => clip(oneLine(name), 60);

/** Thrown within this file only. */
class Wrong extends Error {}

/** One look at a repository, which counts what it comes by. */
class Look {
  readonly #inside: Inside;
  readonly #seen = new Set<string>();
  readonly #pace: Pace;
  #entries = 0;

  constructor(inside: Inside, pace: Pace) {
    this.#inside = inside;
    this.#pace = pace;
  }

  async #list(folder: string): Promise<Entry[]> {
    const found: Entry[] = [];
    try {
      for await (const entry of await opendir(folder, { bufferSize: 512 })) {
        await this.#pace.step();
        this.#entries += 1;
        if (this.#entries > MOST_ENTRIES)
          throw new Wrong(`its .git has more than ${count(MOST_ENTRIES)} files, too many to look at (git gc packs them)`);
        const [name, link] = [entry.name, entry.isSymbolicLink()];
        if (!link && !entry.isDirectory()) continue;
        // Node shows such a name as another one, under which we would look elsewhere than git.
        if (name.includes('\uFFFD')) throw new Wrong('a name in its .git is no UTF-8');
        const at = link ? await real(join(folder, name)) : join(folder, name);
        if (at !== undefined) found.push({ name, link, at });
      }
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (error instanceof Wrong || error instanceof Failure) throw error;
      // A folder that cannot be listed can still be entered by someone who knows the names in it.
      if (code !== 'ENOENT' && code !== 'ENOTDIR')
        throw new Wrong(`a folder in its .git (${called(basename(folder))}) cannot be listed`);
    }
    return found;
  }

  /** Everything in a folder, at any depth, and in the folders that links lead to. */
  async through(folder: string): Promise<void> {
    if (!this.#inside(folder)) throw new Wrong(`a part of its .git (${called(basename(folder))}) leads out of it`);
    const queue = [folder];
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      if (this.#seen.has(next)) continue;
      this.#seen.add(next);
      for (const { name, at } of await this.#list(next)) {
        if (!this.#inside(at)) throw new Wrong(`a link in its .git (${called(name)}) leads out of it`);
        queue.push(at);
      }
    }
  }

  /** The files right in a repository's folder. Links to folders that a diff does not read, as `hooks`, may lead anywhere. */
  async files(folder: string): Promise<void> {
    for (const { name, link, at } of await this.#list(folder)) {
      if (!link || this.#inside(at) || (name !== 'info' && (await stat(at)).isDirectory())) continue;
      throw new Wrong(`a part of its .git (${called(name)}) leads out of it`);
    }
  }
}

/** What is wrong with a repository in which something that git reads is a link that leads out. */
export async function wrongLink({ gitDir, common, objects }: Layout, inside: Inside, pace: Pace): Promise<string | undefined> {
  const look = new Look(inside, pace);
  try {
    for (const folder of objects) {
      if (!inside(folder)) return 'it takes objects from a folder outside of the allowed ones';
      await look.through(folder);
    }
    for (const folder of new Set([common, gitDir])) {
      await look.files(folder);
      for (const name of READ) {
        const at = await real(join(folder, name));
        if (at !== undefined) await look.through(at);
      }
    }
    return undefined;
  } catch (error) {
    if (error instanceof Wrong) return error.message;
    throw error;
  }
}
