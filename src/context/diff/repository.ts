import { lstat, readdir, realpath } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { Failure } from '../../core/errors.ts';
import { list } from '../../core/text.ts';
import { type Gate, within } from '../gate/gate.ts';
import { readRegular } from '../gate/open.ts';
import { decodeText } from '../parcel/decode.ts';
import { type Git, gitAt, type Setting, type Surroundings } from './git.ts';
import { userSettings } from './user-settings.ts';

/** A repository whose work tree is a root, and a git that runs nothing of what it configures. */
export type Repository = { top: string; git: Git };

const MAX_POINTER = 64 * 1024;

const real = (path: string): Promise<string | undefined> => realpath(path).catch(() => undefined);

/** What a small file of git's own says. It is never sent, so neither roots nor names matter; a pipe is not waited for. */
async function pointer(path: string): Promise<string | undefined> {
  const at = await real(path);
  const bytes = at === undefined ? undefined : await readRegular(at, path, MAX_POINTER).catch(() => undefined);
  return bytes && decodeText(bytes)?.trim();
}

const strange = (top: string, what: string): Failure =>
  new Failure(
    'input',
    `git_diff does not read the repository at ${top}, because ${what}: files of another repository could leave with it; allow the folder of the repository itself with --allow-dir, or pass the changes in files`,
  );

/** Where `.git` leads: the folder itself, or what a `.git` file names. */
async function gitDirOf(top: string): Promise<string> {
  const dotGit = join(top, '.git');
  const found = await lstat(dotGit);
  if (found.isDirectory()) return dotGit;
  if (!found.isFile()) throw strange(top, 'its .git is a link or no file at all');
  const [, named] = /^gitdir: (.+)$/.exec((await pointer(dotGit)) ?? '') ?? [];
  const dir = named === undefined ? undefined : await real(resolve(top, named));
  if (dir === undefined) throw strange(top, 'its .git names no folder');
  return dir;
}

/**
 * The folder that holds what the repository knows. It may lie outside of the roots only for a real worktree: one that the other
 * repository lists, with a path back to this very `.git`. What came with an archive can point there, but not be listed there.
 */
async function homeOf(top: string, gitDir: string, roots: readonly string[]): Promise<string> {
  const common = await pointer(join(gitDir, 'commondir'));
  const home = common === undefined ? gitDir : await real(resolve(gitDir, common));
  if (home === undefined) throw strange(top, 'its .git leads nowhere');
  const inside = (path: string): boolean => roots.some((root) => within(root, path));
  if (inside(gitDir) && inside(home)) return home;
  const back = await pointer(join(gitDir, 'gitdir'));
  const listed = within(join(home, 'worktrees'), gitDir) && back !== undefined && (await real(back)) === join(top, '.git');
  if (!listed)
    throw strange(top, 'its .git leads to a repository outside of the allowed folders that does not list it as a worktree');
  return home;
}

/** Parts of a repository through which, as links, it could be given another one's contents. */
const PARTS = ['HEAD', 'index', 'objects', 'refs', 'packed-refs', 'config', 'info'];

type Inside = (path: string) => boolean;

/** How many repositories may borrow from each other, as git has it. */
const MOST_BORROWED = 5;

/** Refuses objects that lie elsewhere: by a link to a folder of them, or borrowed from a repository that is not allowed. */
async function checkObjects(top: string, objects: string, inside: Inside, depth = 0): Promise<void> {
  for (const folder of [objects, join(objects, 'pack'), join(objects, 'info')]) {
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
    if (entries.some((entry) => entry.isSymbolicLink())) throw strange(top, 'some of its objects are links');
  }
  const borrowed = (await pointer(join(objects, 'info', 'alternates')))?.split('\n') ?? [];
  for (const line of borrowed.filter((entry) => entry !== '' && !entry.startsWith('#'))) {
    const at = await real(resolve(objects, line));
    if (at === undefined || !inside(at) || depth >= MOST_BORROWED) {
      throw strange(top, 'it borrows objects from a repository outside of the allowed folders');
    }
    await checkObjects(top, at, inside, depth + 1);
  }
}

async function checkParts(top: string, gitDir: string, home: string, roots: readonly string[]): Promise<void> {
  const inside: Inside = (path) => [home, gitDir, ...roots].some((root) => within(root, path));
  for (const part of [home, gitDir].flatMap((dir) => PARTS.map((name) => join(dir, name)))) {
    const at = await real(part);
    if (at !== undefined && !inside(at)) throw strange(top, `a part of its .git (${basename(part)}) leads out of it`);
  }
  await checkObjects(top, join(home, 'objects'), inside);
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

/** git's own word on where it stands, against ours: `core.worktree` could lead it to other files. */
async function checkTop(git: Git, top: string): Promise<void> {
  const { ok, out, error } = await git(['rev-parse', '--show-toplevel']);
  if (error === 'ENOENT')
    throw new Failure('config', 'git_diff needs git, and there is none on the PATH: install git, or pass files');
  if (/dubious ownership/.test(error)) {
    throw new Failure(
      'config',
      `git does not trust the repository at ${top}, because it belongs to another user: make it yours, trust it with git config --global --add safe.directory ${top}, or pass files`,
    );
  }
  if (!ok || (await real(out.replace(/\n$/, ''))) !== top)
    throw strange(top, 'git finds its files elsewhere or finds no repository there');
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
  const gitDir = await gitDirOf(top);
  await checkParts(top, gitDir, await homeOf(top, gitDir, around.roots), around.roots);
  const { endings, trust } = await userSettings(around);
  const plain = await gitAt(top, around, trust);
  await checkTop(plain, top);
  // What the repository says of line endings goes over what its user says of all of them.
  const own = await plain(['config', '--includes', '--get', 'core.autocrlf']);
  return { top, git: await gitAt(top, around, [...trust, ...(own.ok ? [] : endings), ...(await withoutFilters(plain, top))]) };
}
