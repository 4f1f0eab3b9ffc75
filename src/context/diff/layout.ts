import { lstat, realpath } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { Failure } from '../../core/errors.ts';
import type { Git, Said } from '../git/git.ts';
import { troubleIn } from '../git/words.ts';
import { strange } from './strange.ts';

/**
 * Where git reads a repository, by its own word, as real paths. `gitDir`: what belongs to one work tree (its HEAD and index);
 * `common`: what all work trees of the repository share; `objects`: the folders that files' contents come from, borrowed ones too.
 */
export type Layout = { gitDir: string; common: string; objects: readonly string[] };

/** The real place of a path, or undefined where nothing is there. Never by `resolve`: `link/..` is another folder for the system. */
export const real = (path: string): Promise<string | undefined> => realpath(path).catch(() => undefined);

function checkAnswer(top: string, { ok, out, error, cut, lossy }: Said): void {
  if (error === 'ENOENT')
    throw new Failure('config', 'git_diff needs git, and there is none on the PATH: install git, or pass files');
  if (/dubious ownership/.test(error)) {
    throw new Failure(
      'config',
      `git does not trust the repository at ${top}, because it belongs to another user: make it yours, trust it with git config --global --add safe.directory ${top}, or pass files`,
    );
  }
  // An older git repeats options that it does not know. It would not know our settings, either, and could run programs.
  if (out.startsWith('--path-format'))
    throw new Failure('config', 'git_diff needs git 2.31 or newer, and the one on the PATH is older: update git, or pass files');
  if (cut !== undefined) throw strange(top, 'git does not come to an end there');
  // What is no UTF-8 reaches us as another name, under which something harmless may lie.
  if (lossy) throw strange(top, 'it leads to a path that is no UTF-8');
  if (ok) return;
  const { what, remedy } = troubleIn(error);
  throw new Failure(
    'input',
    `git_diff does not read the repository at ${top}, because ${what}: ${remedy}, or pass the changes in files`,
  );
}

/** The folders of objects that a repository borrows from others, and those that they borrow in turn, as git reads these lists. */
async function borrowed(git: Git, top: string, objects: string): Promise<string[]> {
  // Git counts all objects before it names the folders, so it is not asked where there is no list. One that cannot be looked at
  // counts as there.
  const none = await lstat(join(objects, 'info', 'alternates')).then(
    () => false,
    (error: unknown) => error instanceof Error && 'code' in error && error.code === 'ENOENT',
  );
  if (none) return [];
  const said = await git(['count-objects', '-v']);
  checkAnswer(top, said);
  const named = said.out
    .split('\n')
    .flatMap((line) => (line.startsWith('alternate: ') ? [line.slice('alternate: '.length)] : []));
  // Git puts a name with a line break or the like in quotes, so it does not begin with a slash.
  const found = named.every((name) => isAbsolute(name)) ? await Promise.all(named.map(real)) : [undefined];
  return found.map((path) => {
    if (path === undefined) throw strange(top, 'it borrows objects from a folder that is not found');
    return path;
  });
}

/**
 * Asks git where it reads the repository of the work tree at `top`, instead of reading its pointers (`.git`, `commondir`,
 * `alternates`) ourselves: any difference in how we read one would be a way out. Throws where its work tree is another folder.
 */
export async function layoutOf(git: Git, top: string): Promise<Layout> {
  const asked = ['--show-toplevel', '--absolute-git-dir', '--git-common-dir', '--git-path', 'objects'];
  const said = await git(['rev-parse', '--path-format=absolute', ...asked]);
  checkAnswer(top, said);
  const lines = said.out.replace(/\n$/, '').split('\n');
  const [work, gitDir, common, objects] = await Promise.all(lines.map(real));
  // A path with a line break makes more lines than were asked for.
  if (lines.length !== 4 || gitDir === undefined || common === undefined || objects === undefined)
    throw strange(top, 'its .git leads nowhere');
  if (work !== top) throw strange(top, 'git finds its files elsewhere or finds no repository there', gitDir);
  return { gitDir, common, objects: [objects, ...(await borrowed(git, top, objects))] };
}
