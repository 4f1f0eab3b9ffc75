import { join, relative, sep } from 'node:path';
import { Failure } from '../../core/errors.ts';
import { plural } from '../../core/text.ts';
import { within } from '../../core/within.ts';
import { shown } from '../gate/spelling.ts';
import type { Git, Said } from '../git/git.ts';
import { DEEPEN, troubleIn } from '../git/words.ts';
import { shallowCommits } from './no-commit.ts';
import type { Repository } from './repository.ts';
import type { Comparison } from './revision.ts';
import { strange } from './strange.ts';

/** A file that differs. `from`: its name before, where it was renamed and nothing of its contents changed. */
export type Changed = { path: string; from?: string; binary: boolean };

/**
 * No driver of the repository's is run, no submodule entered (only which commit it stands at is read). A rename counts as one
 * only where the contents are the same: to find others, git would compare every file with every other.
 */
export const FLAGS = [
  '--no-ext-diff',
  '--no-textconv',
  '--no-color',
  '--find-renames=100%',
  '--ignore-submodules=dirty',
  '--no-relative',
] as const;

/** The failure for a comparison that git did not make. */
async function failed(git: Git, said: string, { error, cut }: Said): Promise<Failure> {
  if (cut !== undefined) {
    const why = cut === 'time' ? 'took too long' : 'is too large';
    return new Failure('input', `git_diff ${why}: name a smaller range like HEAD~1..HEAD, or pass files`);
  }
  if (/no merge base/.test(error)) {
    const commits = await shallowCommits(git);
    const why =
      commits === undefined ? 'their histories are unrelated' : `this checkout is shallow (${plural(commits, 'commit')})`;
    const deepen = commits === undefined ? '' : `${DEEPEN}, or `;
    const plain = said.replace('...', '..');
    return new Failure(
      'input',
      `git_diff: ${shown(said)} has no common ancestor here, because ${why}: ${deepen}write ${shown(plain)} to compare the two as they are`,
    );
  }
  const { what, remedy } = troubleIn(error);
  return new Failure('input', `git_diff failed, because ${what}: ${remedy}, or pass files`);
}

/** The rows of `--numstat -z`: counts and a name with tabs between, or counts, an empty name, and two names of their own. */
function parseRows(out: string): Changed[] {
  const files: Changed[] = [];
  const parts = out.split('\0').values();
  for (const row of parts) {
    if (row === '') continue;
    const [added, , ...rest] = row.split('\t');
    const path = rest.join('\t');
    if (path !== '') files.push({ path, binary: added === '-' });
    // Not a byte of a renamed file is shown, so it does not matter whether it is text.
    else files.push({ from: parts.next().value ?? '', path: parts.next().value ?? '', binary: false });
  }
  return files;
}

/** Which files differ, without their contents. */
export async function changedFiles(
  { top, git }: Pick<Repository, 'top' | 'git'>,
  { args }: Pick<Comparison, 'args'>,
  said: string,
): Promise<Changed[]> {
  const answer = await git(['diff', ...FLAGS, '--numstat', '-z', ...args, '--']);
  if (!answer.ok) throw await failed(git, said, answer);
  const files = parseRows(answer.out);
  // Git never writes a name with `..` into an index. But where another program did, git reads the file that it leads to.
  for (const name of files.flatMap(namesOf)) {
    const at = join(top, name);
    if (!within(top, at) || relative(top, at).split(sep).join('/') !== name)
      throw strange(top, 'it lists files by names that lead elsewhere');
  }
  return files;
}

/** All names of a file that git has to look at. */
export const namesOf = ({ path, from }: Changed): string[] => (from === undefined ? [path] : [from, path]);

const ESCAPES: Readonly<Record<string, string>> = {
  '\u0007': 'a',
  '\b': 'b',
  '\t': 't',
  '\n': 'n',
  '\v': 'v',
  '\f': 'f',
  '\r': 'r',
  '"': '"',
  '\\': '\\',
};

/** A name as git writes it in a diff: in quotes, as in C, where it holds something that could end it. */
function quoted(name: string): string {
  const inside = name.replace(
    /[\u0000-\u001f\u007f"\\]/g,
    (one) => `\\${ESCAPES[one] ?? one.charCodeAt(0).toString(8).padStart(3, '0')}`,
  );
  return inside === name ? name : `"${inside}"`;
}

/** The line with which git begins what it says of a file. */
export const headOf = ({ path, from = path }: Changed): string => `diff --git ${quoted(`a/${from}`)} ${quoted(`b/${path}`)}`;
