import { lstat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { within } from '../../core/within.ts';
import { workTreeTop } from '../gate/roots.ts';
import type { Surroundings } from '../git/git.ts';
import { type UserSettings, userSettings, usualIgnoreFile } from '../git/user-settings.ts';
import { isIgnored, type Rules, rulesOf } from './ignored.ts';
import { type Listing, listingOf } from './listing.ts';

/** What git ignores in a folder and below it; in each folder that a walk enters it may be another. */
export type Ignoring = {
  isIgnored: (real: string, isFolder: boolean) => boolean;
  enter: (folder: string) => Promise<Ignoring>;
};

/** The folders from below `top` down to `folder`. */
function wayDown(top: string, folder: string): string[] {
  const names = relative(top, folder)
    .split(sep)
    .filter((name) => name !== '');
  return names.map((_, index) => join(top, ...names.slice(0, index + 1)));
}

const isTop = async (folder: string): Promise<boolean> =>
  (await lstat(join(folder, '.git')).catch(() => undefined)) !== undefined;

/** How much of the work tree at `top` a walk of `target` comes by: all, or only the way to it or to a repository on that way. */
async function reached(top: string, target: string): Promise<string> {
  if (!within(top, target)) return top;
  for (const folder of wayDown(top, target)) if (await isTop(folder)) return folder;
  return target;
}

/** Says what git ignores: by its own word where it is there, else by the rules in the files that it would read. */
export class WorkTrees {
  readonly #around: Surroundings;
  readonly #ownFile: string | undefined;
  readonly #settings: () => Promise<UserSettings>;
  readonly #listings = new Map<string, Promise<Listing | undefined>>();

  constructor(around: Surroundings) {
    this.#around = around;
    let settings: Promise<UserSettings> | undefined;
    this.#settings = () => (settings ??= userSettings(around));
    this.#ownFile = around.home === '' ? undefined : usualIgnoreFile(around);
  }

  #listing(top: string, part: string): Promise<Listing | undefined> {
    const key = `${top}\0${part}`;
    const known = this.#listings.get(key) ?? this.#settings().then((settings) => listingOf(top, part, this.#around, settings));
    this.#listings.set(key, known);
    return known;
  }

  /** What the rules say that were read on the way here. */
  #byRules(stack: readonly Rules[], target: string): Ignoring {
    return {
      isIgnored: (real, isFolder) => isIgnored(stack, real, isFolder),
      enter: (folder) => this.#open(folder, target, stack),
    };
  }

  /** What git lists of a work tree. A repository within it has a list of its own. */
  #byListing(listing: Listing, target: string): Ignoring {
    const ignoring: Ignoring = {
      isIgnored: (real, isFolder) => !listing.has(real, isFolder),
      enter: async (folder) => ((await isTop(folder)) ? this.#open(folder, target) : ignoring),
    };
    return ignoring;
  }

  /** What is ignored in a folder: in a work tree that begins there, what matters for `target`. `stack`: rules of folders above. */
  async #open(folder: string, target: string, stack: readonly Rules[] = []): Promise<Ignoring> {
    const listing = (await isTop(folder)) ? await this.#listing(folder, await reached(folder, target)) : undefined;
    if (listing !== undefined) return this.#byListing(listing, target);
    return this.#byRules([...stack, ...(await rulesOf(folder, this.#ownFile))], target);
  }

  /** What is ignored in `folder`, from `top` down; undefined where it is ignored itself. */
  async #down(top: string, folder: string): Promise<Ignoring | undefined> {
    let ignoring = await this.#open(top, folder);
    for (const at of wayDown(top, folder)) {
      if (ignoring.isIgnored(at, true)) return undefined;
      ignoring = await ignoring.enter(at);
    }
    return ignoring;
  }

  /**
   * What is ignored in `folder`; undefined where it is ignored itself. A root may be a part of a work tree, and then what the tree
   * says above it holds too; where that ignores the whole root, the user has allowed it all the same, and only its own rules count.
   */
  async ignoringIn(root: string, folder: string): Promise<Ignoring | undefined> {
    const top = (await workTreeTop(root)) ?? root;
    const start = top !== root && (await this.#down(top, root)) === undefined ? root : top;
    return this.#down(start, folder);
  }
}
