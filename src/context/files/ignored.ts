import { lstat, realpath } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import { decodeText } from '../../encoding/decode.ts';
import { readRegular } from '../gate/open.ts';
import { readIgnoreRules } from './ignore-rules.ts';

/** The rules of one folder, for paths below it. */
export type Rules = { folder: string; isIgnored: ReturnType<typeof readIgnoreRules> };

const lenient = new TextDecoder();

const MAX_BYTES = 512 * 1024;
/** What a file of git's that names a folder may have. */
const MAX_POINTER = 4096;

/** The text of a file, or undefined where there is none: a link, a pipe or a folder has none. */
async function textOf(file: string, maxBytes: number): Promise<string | undefined> {
  // What is read here decides what is left out, and is never sent.
  const bytes = await readRegular(file, file, { maxBytes }).catch(() => undefined);
  // One byte of another encoding is no reason to lose all rules: the names on the disk are read with the same loss.
  return bytes && (decodeText(bytes)?.text ?? lenient.decode(bytes));
}

async function rulesIn(folder: string, file: string): Promise<Rules[]> {
  const text = await textOf(file, MAX_BYTES);
  return text === undefined ? [] : [{ folder, isIgnored: readIgnoreRules(text) }];
}

/** The folder that a small file of git's names in its one line, as a real path. */
async function pointedTo(file: string, from: string, line: RegExp): Promise<string | undefined> {
  const [, named] = line.exec((await textOf(file, MAX_POINTER)) ?? '') ?? [];
  return named === undefined ? undefined : realpath(resolve(from, named)).catch(() => undefined);
}

/**
 * The folder in which the repository of a work tree keeps its own rules. Of a linked work tree or a submodule `.git` is a file that
 * names another folder, wherever that is; and of a linked one the rules are those of the repository that it belongs to.
 */
async function repositoryOf(top: string): Promise<string | undefined> {
  const dotGit = join(top, '.git');
  const found = await lstat(dotGit).catch(() => undefined);
  const dir = found?.isDirectory() ? dotGit : found && (await pointedTo(dotGit, top, /^gitdir: ([^\r\n]+)\r?\n?$/));
  return dir && ((await pointedTo(join(dir, 'commondir'), dir, /^([^\r\n]+)\r?\n?$/)) ?? dir);
}

/**
 * What a folder's `.gitignore` says, and where it is the top of a work tree, also the rules of the user's own ignore file and those
 * that git keeps beside the repository. In a repository within another one those of the outer one hold too, because they were
 * written about what lies there.
 */
export async function rulesOf(folder: string, ownFile: string | undefined): Promise<Rules[]> {
  const repository = await repositoryOf(folder);
  const inFolder = await rulesIn(folder, join(folder, '.gitignore'));
  if (repository === undefined) return inFolder;
  // The user's own file is often a link to where they keep such files.
  const real = ownFile === undefined ? undefined : await realpath(ownFile).catch(() => undefined);
  const own = real === undefined ? [] : await rulesIn(folder, real);
  return [...own, ...(await rulesIn(folder, join(repository, 'info', 'exclude'))), ...inFolder];
}

/** Whether git would ignore a path. The rules of the deepest folder that says anything decide, as they do for git. */
export function isIgnored(stack: readonly Rules[], real: string, folder: boolean): boolean {
  for (const rules of stack.toReversed()) {
    const decided = rules.isIgnored(relative(rules.folder, real).split(sep).join('/'), folder);
    if (decided !== undefined) return decided;
  }
  return false;
}
