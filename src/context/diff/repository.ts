import { lstat, readFile } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { Failure } from '../../core/errors.ts';
import { Pace } from '../../core/pace.ts';
import { list } from '../../core/text.ts';
import { within } from '../../core/within.ts';
import { type Gate } from '../gate/gate.ts';
import { type Git, gitAt, type Setting, type Surroundings } from '../git/git.ts';
import { userSettings } from '../git/user-settings.ts';
import { type Layout, layoutOf, real } from './layout.ts';
import { wrongLink } from './links.ts';
import { strange } from './strange.ts';

/**
 * A repository whose work tree is a root, and a git that runs nothing of what it configures. `judge` throws a `Failure` where a
 * submodule of it, by its folder, could give away another repository's data.
 */
export type Repository = { top: string; git: Git; judge: (submodule: string) => Promise<void> };

/** A path that git keeps in a file or setting, seen from `folder`. */
const realFrom = (folder: string, path: string): Promise<string | undefined> =>
  real(isAbsolute(path) ? path : `${folder}/${path}`);

/**
 * Whether a repository outside of the roots has the folder `top` as one of its own: as a linked worktree that it lists, or as
 * the work tree of a submodule. What came with an archive can point at such a repository, but cannot write into it.
 */
async function owns(git: Git, top: string, { gitDir, common }: Layout): Promise<boolean> {
  if (gitDir !== common) {
    if (!within(join(common, 'worktrees'), gitDir)) return false;
    const back = await readFile(join(gitDir, 'gitdir'), 'utf8').catch(() => undefined);
    return back !== undefined && (await realFrom(gitDir, back.replace(/\n$/, ''))) === join(top, '.git');
  }
  const { ok, out } = await git(['config', '--null', '--get', 'core.worktree']);
  return ok && (await realFrom(gitDir, out.replace(/\0$/, ''))) === top;
}

/** Throws unless all that git would read of the repository at `top` is its own, or lies in the roots. */
async function check(git: Git, top: string, { roots, signal }: Surroundings): Promise<void> {
  const found = await lstat(join(top, '.git'));
  if (!found.isDirectory() && !found.isFile()) throw strange(top, 'its .git is a link or no file at all');
  const layout = await layoutOf(git, top);
  const { gitDir, common } = layout;
  const allowed = (path: string): boolean => roots.some((root) => within(root, path));
  if (!(allowed(gitDir) && allowed(common)) && !(await owns(git, top, layout))) {
    const what =
      'its .git leads to a repository outside of the allowed folders that lists it neither as a worktree nor as a submodule';
    throw strange(top, what, gitDir);
  }
  const wrong = await wrongLink(
    layout,
    (path) => allowed(path) || within(common, path) || within(gitDir, path),
    new Pace(signal),
  );
  if (wrong !== undefined) throw strange(top, wrong, gitDir);
}

/** Programs that the repository has work files run through, each switched off; the files are compared as they lie there. */
async function withoutFilters(git: Git, top: string): Promise<Setting[]> {
  const { ok, out, cut } = await git([
    'config',
    '--includes',
    '--null',
    '--name-only',
    '--get-regexp',
    String.raw`^(filter|remote|diff|merge)\.`,
  ]);
  if (cut !== undefined || (!ok && out !== '')) throw strange(top, 'its settings cannot be read');
  const names = [...new Set(out.split('\0').map((key) => /^filter\.([\s\S]*)\.[^.]+$/i.exec(key)?.[1]))].filter(
    (name) => name !== undefined,
  );
  const off = { clean: '', smudge: '', process: '', required: 'false' };
  return names.flatMap((name) => Object.entries(off).map(([key, value]): Setting => [`filter.${name}.${key}`, value]));
}

/** The roots that are work trees of repositories. */
export async function repositoriesIn({ roots }: Gate): Promise<string[]> {
  const found = await Promise.all(roots.map((top) => lstat(join(top, '.git')).catch(() => undefined)));
  const tops = roots.filter((_, index) => found[index] !== undefined);
  if (tops.length > 0) return tops;
  throw new Failure(
    'input',
    `git_diff finds no git repository in ${list(roots, 'or')}: allow the top folder of the repository with --allow-dir or files.allow_dirs, or pass files`,
  );
}

/** The repository whose work tree is the root `top`, once nothing about it leads out of the roots. */
export async function openRepository(top: string, around: Surroundings): Promise<Repository> {
  const { endings, trust, ignores } = await userSettings(around);
  const plain = await gitAt(top, around, trust);
  await check(plain, top, around);
  // What the repository says of line endings goes over what its user says of all of them.
  const own = await plain(['config', '--includes', '--get', 'core.autocrlf']);
  const git = await gitAt(top, around, [...trust, ...ignores, ...(own.ok ? [] : endings), ...(await withoutFilters(plain, top))]);
  const judge = async (submodule: string): Promise<void> => {
    if ((await lstat(join(submodule, '.git')).catch(() => undefined)) === undefined) return;
    await check(await gitAt(submodule, around, trust), submodule, around);
  };
  return { top, git, judge };
}
