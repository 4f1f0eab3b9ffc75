import { basename } from 'node:path';
import { fileOver } from './files/header.ts';
import type { Parcel } from './parcel/parcel.ts';

const PREAMBLE = 'Files and changes from the user. Lines are numbered; cite them as path:line.';
const NOTHING_CAME = 'Files and changes from the user were to go along with this, and none of them does.';
/** How many of the things left out the model is told of; the caller is told of all. */
const MOST_TOLD = 20;

/** Where the user's folders lie is for the user to read, and not for the model that is asked. */
const anonymous = (why: string, roots: readonly string[]): string =>
  roots.reduce((text, root) => text.replaceAll(root, basename(root)), why);

/** What the model is told of the user's files and changes, in blocks. */
export function blocksOf({ blocks, leftOut }: Parcel, roots: readonly string[]): string[] {
  if (blocks.length === 0 && leftOut.length === 0) return [];
  const told = leftOut.slice(0, MOST_TOLD).map(({ path, why }) => `- ${path}: ${anonymous(why, roots)}`);
  const more = leftOut.length > MOST_TOLD ? [`- and ${leftOut.length - MOST_TOLD} more`] : [];
  const left = told.length === 0 ? [] : [['Not included:', ...told, ...more].join('\n')];
  // What was asked for and does not go along is said even where nothing else goes along: the prompt may speak of it.
  return [blocks.length === 0 ? NOTHING_CAME : PREAMBLE, ...blocks, ...left];
}

/** git's own header over the changes of a file. */
const DIFF_HEADER = /^diff --git a\/(.+) b\/\1$/;

/**
 * The files whose contents stand in a text that went along earlier, by the headers over them. Lines of files are numbered and lines
 * of diffs have a sign, so none of them passes for a header.
 */
export function filesToldIn(text: string): string[] {
  if (!text.startsWith(PREAMBLE)) return [];
  return [...new Set(text.split('\n').flatMap((line) => fileOver(line) ?? DIFF_HEADER.exec(line)?.[1] ?? []))];
}
