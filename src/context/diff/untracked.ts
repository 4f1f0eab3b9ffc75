import { join } from 'node:path';
import { list, oneLine, plural } from '../../core/text.ts';
import { deniedAs } from '../gate/denied.ts';
import type { Git } from '../git/git.ts';

/** Of so many files that are not shown the names are told. */
const MOST_NAMED = 5;

/** Some of the files that are not shown, without credentials: ` (a.ts, b.ts)`, or nothing. */
export function someOf(names: readonly string[]): string {
  const some = names.filter((name) => deniedAs(`/${name}`) === undefined).slice(0, MOST_NAMED);
  return some.length === 0 ? '' : ` (${oneLine(some.join(', '))})`;
}

/** The files of a work tree, and the folders (with a slash at their end), that git does not track and no rule ignores. */
export async function untrackedIn(git: Git, top: string, isLeftOut: (path: string) => boolean): Promise<string[]> {
  const { out } = await git(['ls-files', '--others', '--exclude-standard', '--directory', '-z']);
  return out.split('\0').filter((name) => name !== '' && !isLeftOut(join(top, name.replace(/\/$/, ''))));
}

/** What of untracked files is told: `2 untracked files and 1 untracked folder not in a diff (…): name them in files`. */
export function untrackedText(names: readonly string[]): string {
  const folders = names.filter((name) => name.endsWith('/')).length;
  const files = names.length - folders;
  const kinds = [
    ...(files === 0 ? [] : [plural(files, 'untracked file')]),
    ...(folders === 0 ? [] : [plural(folders, 'untracked folder')]),
  ];
  return `${list(kinds)} not in a diff${someOf(names)}: name them in files`;
}
