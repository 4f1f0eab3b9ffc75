import { relative, sep } from 'node:path';
import { type Git, gitAt, type Surroundings } from '../git/git.ts';
import type { UserSettings } from '../git/user-settings.ts';

/** Names of files in the largest repositories that are known, in bytes. */
const MOST_BYTES = 64_000_000;

/** What git takes for part of a work tree, or would take with the next `git add`: by real paths below its top. */
export type Listing = { has: (real: string, isFolder: boolean) => boolean };

/** The folders above a path. */
function foldersAbove(path: string): string[] {
  const names = path.split('/').slice(0, -1);
  return names.map((_, index) => names.slice(0, index + 1).join('/'));
}

/** Whether the repository's own settings say that its disk knows no capitals. */
async function ignoresCase(git: Git): Promise<boolean> {
  const { ok, out } = await git(['config', '--type=bool', '--get', 'core.ignorecase']);
  return ok && out.trim() === 'true';
}

/**
 * Asks git what belongs to the work tree at `top` in the folder `part`: what it tracks, whatever ignore rules say of it, and what
 * no rule ignores, those in the user's own file among them. Undefined where git cannot say. Only names that are met on the disk are
 * looked up in it, so a repository that lists others gives nothing away.
 */
export async function listingOf(
  top: string,
  part: string,
  around: Surroundings,
  { trust, ignores }: UserSettings,
): Promise<Listing | undefined> {
  const git = await gitAt(top, { ...around, roots: [...around.roots, top] }, [...trust, ...ignores]);
  const keyOf = (real: string): string => relative(top, real).split(sep).join('/');
  const asked = ['ls-files', '--cached', '--others', '--exclude-standard', '-z', '--', keyOf(part) || '.'];
  const [said, foldsCase] = await Promise.all([git(asked, MOST_BYTES), ignoresCase(git)]);
  if (!said.ok) return undefined;
  const normal = (path: string): string => (foldsCase ? path.normalize('NFC').toLowerCase() : path.normalize('NFC'));
  // A repository within this one ends with a slash, or stands there like a file.
  const names = said.out.split('\0').flatMap((name) => (name === '' ? [] : [normal(name.replace(/\/$/, ''))]));
  if (names.length === 0) return undefined;
  const [all, folders] = [new Set(names), new Set(names.flatMap(foldersAbove))];
  return { has: (real, isFolder) => all.has(normal(keyOf(real))) || (isFolder && folders.has(normal(keyOf(real)))) };
}
