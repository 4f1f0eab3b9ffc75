import { join, relative, sep } from 'node:path';
import ignore, { type Ignore } from 'ignore';
import { readRegular } from '../gate/open.ts';
import { decodeText } from '../parcel/decode.ts';

/** The rules of one folder, for paths below it. */
export type Rules = { folder: string; rules: Ignore };

const lenient = new TextDecoder();

const MAX_BYTES = 512 * 1024;

async function rulesIn(folder: string, name: string): Promise<Rules[]> {
  // A link or anything but a file has no rules; what is read here decides what is left out, and is never sent.
  const bytes = await readRegular(join(folder, name), name, MAX_BYTES).catch(() => undefined);
  // One byte of another encoding is no reason to lose all rules: the names on the disk are read with the same loss.
  const text = bytes && (decodeText(bytes) ?? lenient.decode(bytes));
  return text === undefined ? [] : [{ folder, rules: ignore({ ignorecase: false }).add(text) }];
}

/** What a folder's `.gitignore` says, and at the root also the rules that git keeps beside the repository. */
export async function rulesOf(folder: string, top: boolean): Promise<Rules[]> {
  const own = await rulesIn(folder, '.gitignore');
  return top ? [...(await rulesIn(folder, join('.git', 'info', 'exclude'))), ...own] : own;
}

/** Whether git would ignore a path. The rules of the deepest folder that says anything decide, as they do for git. */
export function isIgnored(stack: readonly Rules[], real: string, folder: boolean): boolean {
  for (const { folder: base, rules } of stack.toReversed()) {
    const path = relative(base, real).split(sep).join('/') + (folder ? '/' : '');
    const { ignored, unignored } = rules.test(path);
    if (ignored || unignored) return ignored;
  }
  return false;
}
