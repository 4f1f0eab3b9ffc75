import { join } from 'node:path';
import { Failure } from '../core/errors.ts';
import { oneLine, plural } from '../core/text.ts';
import type { Budget } from './budget.ts';
import { deniedAs } from './denied.ts';
import { type Gate, nameOf } from './gate.ts';
import type { Git, Said } from './git.ts';
import type { Parcel } from './parcel.ts';
import { openRepository, type Repository } from './repository.ts';
import { type Comparison, comparison } from './revision.ts';
import type { Scan } from './scan.ts';

/** A diff has at most this many files; of one file, at most this many bytes. */
const MOST_FILES = 300;
const MOST_BYTES = 1_000_000;

/** No driver of the repository's is run, no module entered, no rename guessed (that would compare every file with every other). */
const FLAGS = [
  '--no-ext-diff',
  '--no-textconv',
  '--no-color',
  '--no-renames',
  '--ignore-submodules=all',
  '--no-relative',
] as const;
const LOOKS = ['--patch', '--unified=3', '--src-prefix=a/', '--dst-prefix=b/', '--full-index', '--no-indent-heuristic'] as const;

type Changed = { path: string; binary: boolean };
type Packing = { gate: Gate; budget: Budget; parcel: Parcel; scan: Scan };

function checked({ ok, out, cut }: Said): string {
  if (ok) return out;
  const why = cut === 'time' ? 'took too long' : cut === 'size' ? 'is too large' : 'failed: the repository may be damaged';
  throw new Failure('input', `git_diff ${why}: name a smaller range like HEAD~1..HEAD, or pass files`);
}

/** Which files differ, without their contents. */
async function changedFiles(git: Git, { args }: Comparison): Promise<Changed[]> {
  const out = checked(await git(['diff', ...FLAGS, '--numstat', '-z', ...args, '--']));
  return out
    .split('\0')
    .filter((row) => row !== '')
    .map((row) => {
      const [added = '', , ...path] = row.split('\t');
      return { path: path.join('\t'), binary: added === '-' };
    });
}

/**
 * A file's diff without secrets. Each side is scanned as the text that it was, because signs at the start of lines and lines of
 * the other side would hide a key of several lines; then the whole, for what stands in its headers.
 */
async function clean(scan: Scan, name: string, diff: string): Promise<string> {
  const lines = diff.split('\n');
  const first = lines.findIndex((line) => line.startsWith('@@'));
  for (const sign of first === -1 ? [] : ['+', '-']) {
    const side = lines.flatMap((line, index) =>
      index > first && (line.startsWith(sign) || line.startsWith(' ')) ? [index] : [],
    );
    const text = side.map((at) => lines[at]?.slice(1)).join('\n');
    const safe = (await scan(name, text, (line) => (side[line - 1] ?? 0) + 1)).split('\n');
    for (const [index, at] of side.entries()) lines[at] = `${lines[at]?.[0] ?? ' '}${safe[index] ?? ''}`;
  }
  return scan(name, lines.join('\n'));
}

async function packFile(
  { gate, budget, parcel, scan }: Packing,
  { git, top }: Repository,
  { args }: Comparison,
  path: string,
): Promise<void> {
  const plain = nameOf(gate.roots, top, join(top, path));
  const name = `${plain} (diff)`;
  if (budget.left <= 0) return parcel.leave(name, 'it does not fit into what one call may carry');
  const { ok, out, cut } = await git(['diff', ...FLAGS, ...LOOKS, ...args, '--', path], MOST_BYTES);
  if (!ok) return parcel.leave(name, cut === undefined ? 'git could not compare it' : 'its changes are too many');
  if (out.includes('\0') || out === '') return parcel.leave(name, out === '' ? 'there is nothing to show' : 'it is no text');
  const text = (await clean(scan, name, out)).trimEnd();
  const tokens = budget.take(text);
  if (tokens === undefined) return parcel.leave(name, 'it does not fit into what one call may carry');
  parcel.add(text, { what: 'diff', path: plain, root: top, bytes: Buffer.byteLength(text), tokens });
}

async function sayUntracked(git: Git, { working }: Comparison, parcel: Parcel): Promise<void> {
  if (!working) return;
  const { out } = await git(['ls-files', '--others', '--exclude-standard', '--directory', '-z']);
  const names = out.split('\0').filter((name) => name !== '');
  if (names.length === 0) return;
  const some = names.filter((name) => deniedAs(`/${name}`) === undefined).slice(0, 5);
  parcel.leave(
    'git_diff',
    `${plural(names.length, 'untracked file')} not in a diff (${oneLine(some.join(', '))}): name them in files`,
  );
}

/** Puts the changes that `git_diff` asks for into the parcel, file by file, as far as they fit. */
export async function packDiff(packing: Packing, said: string, path: string): Promise<void> {
  const { parcel } = packing;
  const repository = await openRepository(packing.gate, path);
  const compared = await comparison(repository.git, said);
  const files = await changedFiles(repository.git, compared);
  const before = parcel.blocks.length;
  for (const [index, file] of files.entries()) {
    const kind = deniedAs(join(repository.top, file.path));
    if (kind !== undefined) parcel.leave(file.path, `it is ${kind} and is never sent`);
    else if (file.binary) parcel.leave(file.path, 'it is no text');
    else if (index >= MOST_FILES) parcel.leave(file.path, `a diff has at most ${MOST_FILES} files`);
    else await packFile(packing, repository, compared, file.path);
  }
  await sayUntracked(repository.git, compared, parcel);
  if (parcel.blocks.length > before) parcel.blocks.splice(before, 0, `Diff: ${compared.label}`);
  else if (files.length === 0) parcel.leave('git_diff', `there are no ${compared.label}`);
}
