import type { Dirent } from 'node:fs';
import { readdir, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { Pace } from '../../core/pace.ts';
import { deniedIn } from '../gate/denied.ts';
import type { Ignoring, WorkTrees } from './ignoring.ts';

/** How far a walk goes before it stops and says so. */
export type Bounds = { maxFiles: number; maxEntries: number; maxMs: number };
const BOUNDS: Bounds = { maxFiles: 2000, maxEntries: 50_000, maxMs: 5000 };

/** Whether a file is wanted; of a folder, whether anything in it may be. By its real path. */
export type Wanted = (real: string, folder: boolean) => boolean;

export type Walked = {
  /** Real paths, in the order of their names. */
  files: string[];
  /** What was passed over (real paths, folders with a separator at their end), by why. */
  passed: Map<string, string[]>;
  /** What ended the walk before its end. */
  stopped?: string;
};

/** Folders of what others wrote; whoever wants something from there names it. */
export const FOREIGN: ReadonlySet<string> = new Set(['node_modules', '.git', '.hg', '.svn']);

const IGNORED = 'ignored by git';

class Walk implements Walked {
  readonly files: string[] = [];
  readonly passed = new Map<string, string[]>();
  stopped?: string;
  #entries = 0;
  readonly #end: number;
  readonly #root: string;
  readonly #wanted: Wanted;
  readonly #bounds: Bounds;
  readonly #pace: Pace;

  constructor(root: string, wanted: Wanted, bounds: Bounds, pace: Pace) {
    this.#root = root;
    this.#wanted = wanted;
    this.#bounds = bounds;
    this.#pace = pace;
    this.#end = Date.now() + bounds.maxMs;
  }

  #pass(why: string, real: string, folder: boolean): void {
    const known = this.passed.get(why) ?? [];
    known.push(folder ? real + sep : real);
    this.passed.set(why, known);
  }

  #over(): boolean {
    const { maxFiles, maxEntries, maxMs } = this.#bounds;
    if (this.files.length >= maxFiles) this.stopped = `more than ${maxFiles} files match`;
    else if (this.#entries > maxEntries) this.stopped = `there are more than ${maxEntries} files to look through`;
    else if (Date.now() > this.#end) this.stopped = `looking took longer than ${maxMs / 1000} s`;
    return this.stopped !== undefined;
  }

  /** Why an entry is passed over, where it is. Only what was wanted counts as passed over. */
  #reason(entry: Dirent, real: string, ignoring: Ignoring): string | undefined {
    if (entry.isSymbolicLink()) return 'links are not followed';
    if (!entry.isFile() && !entry.isDirectory()) return 'no regular file';
    if (deniedIn(this.#root, real, entry.isDirectory()) !== undefined) return 'may hold credentials';
    return ignoring.isIgnored(real, entry.isDirectory()) ? IGNORED : undefined;
  }

  async into(folder: string, ignoring: Ignoring): Promise<void> {
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => undefined);
    // A folder that became a link since it was seen would list what lies outside. One whose name is no UTF-8 has no path here.
    if (entries === undefined || (await realpath(folder).catch(() => undefined)) !== folder) {
      return this.#pass('cannot be opened', folder, true);
    }
    for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      await this.#pace.step();
      this.#entries += 1;
      if (this.#over()) return;
      await this.#meet(entry, join(folder, entry.name), ignoring);
    }
  }

  async #meet(entry: Dirent, real: string, ignoring: Ignoring): Promise<void> {
    const folder = entry.isDirectory();
    if (!this.#wanted(real, folder)) return;
    const reason = folder && FOREIGN.has(entry.name) ? `in ${entry.name}` : this.#reason(entry, real, ignoring);
    if (reason !== undefined) return this.#pass(reason, real, folder);
    if (folder) return this.into(real, await ignoring.enter(real));
    this.files.push(real);
  }
}

/** What a walk goes by besides what is wanted. */
export type Terrain = { trees: WorkTrees; pace: Pace; bounds?: Bounds | undefined };

/** The files below `folder` (real, inside `root`) that are `wanted`: no links, nothing that git ignores, no credentials. */
export async function walk(
  root: string,
  folder: string,
  wanted: Wanted,
  { trees, pace, bounds = BOUNDS }: Terrain,
): Promise<Walked> {
  const found = new Walk(root, wanted, bounds, pace);
  const ignoring = await trees.ignoringIn(root, folder);
  if (ignoring === undefined) found.passed.set(IGNORED, [folder + sep]);
  else await found.into(folder, ignoring);
  return found;
}
