import type { Dirent } from 'node:fs';
import { readdir, realpath } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { deniedIn } from '../gate/denied.ts';
import { workTreeTop } from '../gate/roots.ts';
import { isIgnored, type Rules, rulesOf } from './ignored.ts';

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

const IGNORED = 'ignored by .gitignore';

class Walk implements Walked {
  readonly files: string[] = [];
  readonly passed = new Map<string, string[]>();
  stopped?: string;
  #entries = 0;
  readonly #end: number;
  readonly #root: string;
  readonly #wanted: Wanted;
  readonly #bounds: Bounds;

  constructor(root: string, wanted: Wanted, bounds: Bounds) {
    this.#root = root;
    this.#wanted = wanted;
    this.#bounds = bounds;
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
  #reason(entry: Dirent, real: string, stack: readonly Rules[]): string | undefined {
    if (entry.isSymbolicLink()) return 'links are not followed';
    if (!entry.isFile() && !entry.isDirectory()) return 'no regular file';
    if (deniedIn(this.#root, real, entry.isDirectory()) !== undefined) return 'may hold credentials';
    return isIgnored(stack, real, entry.isDirectory()) ? IGNORED : undefined;
  }

  async into(folder: string, stack: readonly Rules[]): Promise<void> {
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => undefined);
    // A folder that became a link since it was seen would list what lies outside. One whose name is no UTF-8 has no path here.
    if (entries === undefined || (await realpath(folder).catch(() => undefined)) !== folder) {
      return this.#pass('cannot be opened', folder, true);
    }
    for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      this.#entries += 1;
      if (this.#over()) return;
      await this.#meet(entry, join(folder, entry.name), stack);
    }
  }

  async #meet(entry: Dirent, real: string, stack: readonly Rules[]): Promise<void> {
    const folder = entry.isDirectory();
    if (!this.#wanted(real, folder)) return;
    const reason = folder && FOREIGN.has(entry.name) ? `in ${entry.name}` : this.#reason(entry, real, stack);
    if (reason !== undefined) return this.#pass(reason, real, folder);
    if (folder) return this.into(real, [...stack, ...(await rulesOf(real))]);
    this.files.push(real);
  }
}

/** The folders from below `top` down to `folder`. */
function wayDown(top: string, folder: string): string[] {
  const names = relative(top, folder)
    .split(sep)
    .filter((name) => name !== '');
  return names.map((_, index) => join(top, ...names.slice(0, index + 1)));
}

/** The rules of `top`, where work tree or root begin, and of every folder down to `folder`. Undefined where it is ignored itself. */
async function rulesDown(top: string, folder: string): Promise<Rules[] | undefined> {
  const stack = await rulesOf(top);
  for (const at of wayDown(top, folder)) {
    if (isIgnored(stack, at, true)) return undefined;
    stack.push(...(await rulesOf(at)));
  }
  return stack;
}

/**
 * The rules that hold in `folder`. A root may be a part of a work tree, and then what the tree says above it holds too; where that
 * ignores the whole root, the user has allowed it all the same, and only its own rules count.
 */
async function rulesFor(root: string, folder: string): Promise<Rules[] | undefined> {
  const top = (await workTreeTop(root)) ?? root;
  const start = top !== root && (await rulesDown(top, root)) === undefined ? root : top;
  return rulesDown(start, folder);
}

/** The files below `folder` (real, inside `root`) that are `wanted`: no links, nothing that git ignores, no credentials. */
export async function walk(root: string, folder: string, wanted: Wanted, bounds = BOUNDS): Promise<Walked> {
  const found = new Walk(root, wanted, bounds);
  const stack = await rulesFor(root, folder);
  if (stack === undefined) found.passed.set(IGNORED, [folder + sep]);
  else await found.into(folder, stack);
  return found;
}
