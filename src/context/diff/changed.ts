import { join, relative, sep } from 'node:path';
import { Failure } from '../../core/errors.ts';
import { within } from '../gate/gate.ts';
import type { Said } from '../git/git.ts';
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

function checked({ ok, out, cut }: Said): string {
  if (ok) return out;
  const why = cut === 'time' ? 'took too long' : cut === 'size' ? 'is too large' : 'failed: the repository may be damaged';
  throw new Failure('input', `git_diff ${why}: name a smaller range like HEAD~1..HEAD, or pass files`);
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
export async function changedFiles({ top, git }: Repository, { args }: Comparison): Promise<Changed[]> {
  const files = parseRows(checked(await git(['diff', ...FLAGS, '--numstat', '-z', ...args, '--'])));
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
