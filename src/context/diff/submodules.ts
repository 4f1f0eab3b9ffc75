import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../../core/errors.ts';
import { plural } from '../../core/text.ts';
import type { Git, Surroundings } from '../git/git.ts';
import { changedFiles } from './changed.ts';
import { openRepository, type Repository } from './repository.ts';
import { someOf, untrackedIn } from './untracked.ts';

/** So many submodules are looked into: each takes a dozen runs of git. */
const MOST_SUBMODULES = 20;

/** The names of all files of the largest repositories that are known, in bytes. */
const MOST_BYTES = 64_000_000;

/** A submodule in the index: its mode, its commit, and its path. */
const ENTRY = /^160000 [0-9a-f]+ \d\t([^]+)$/;

/** The submodules of a repository that are checked out, by their paths. */
async function submodulesOf({ git, top }: Repository): Promise<string[]> {
  const { ok, out } = await git(['ls-files', '--stage', '-z'], MOST_BYTES);
  const paths = (ok ? out.split('\0') : []).flatMap((row) => ENTRY.exec(row)?.[1] ?? []);
  const found = await Promise.all(paths.map((path) => lstat(join(top, path, '.git')).catch(() => undefined)));
  return paths.filter((_, index) => found[index] !== undefined);
}

/** The files that differ from the commit that is checked out there, and those that are untracked. */
async function changedIn(git: Git, top: string, isLeftOut: (path: string) => boolean): Promise<string[]> {
  const tracked = await changedFiles({ top, git }, { args: ['HEAD'] }, 'HEAD');
  const names = tracked.map(({ path }) => path).filter((name) => !isLeftOut(join(top, name)));
  return [...names, ...(await untrackedIn(git, top, isLeftOut))];
}

/**
 * What changed inside of submodules, told by path: a diff shows which commit a submodule stands at and enters none, and whoever asks
 * for the changes means those too.
 */
export async function submoduleChanges(
  repository: Repository,
  around: Surroundings,
  isLeftOut: (path: string) => boolean,
): Promise<{ path: string; why: string }[]> {
  const paths = await submodulesOf(repository);
  const told: { path: string; why: string }[] = [];
  for (const path of paths.slice(0, MOST_SUBMODULES)) {
    const at = join(repository.top, path);
    // One that is a folder of its own to be read has a diff of its own.
    if (isLeftOut(at) || around.roots.includes(at)) continue;
    try {
      const { git } = await openRepository(at, around);
      const names = (await changedIn(git, at, isLeftOut)).map((name) => `${path}/${name}`);
      const what = `${plural(names.length, 'file')} changed in this submodule${someOf(names)}`;
      if (names.length > 0) told.push({ path, why: `${what}, not in a diff of what is around it: name them in files` });
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      told.push({ path, why: `it is a submodule into which nobody looked: ${error.message}` });
    }
  }
  const [next] = paths.slice(MOST_SUBMODULES);
  if (next !== undefined)
    told.push({ path: next, why: `nobody looked into ${plural(paths.length - MOST_SUBMODULES, 'submodule')} from here on` });
  return told;
}
