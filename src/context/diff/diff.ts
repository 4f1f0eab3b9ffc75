import { join } from 'node:path';
import { Failure } from '../../core/errors.ts';
import { oneLine, plural } from '../../core/text.ts';
import { deniedAs, deniedIn } from '../gate/denied.ts';
import { type Gate, nameOf } from '../gate/gate.ts';
import { labelOf } from '../gate/readings.ts';
import type { Budget } from '../parcel/budget.ts';
import { EXCLUDED, type Parcel } from '../parcel/parcel.ts';
import type { Git, Said, Surroundings } from './git.ts';
import { parseSections } from './hunks.ts';
import { openRepository, repositoriesIn, type Repository } from './repository.ts';
import { type Comparison, comparison } from './revision.ts';
import { show } from './section.ts';

/** A diff has at most this many files. */
const MOST_FILES = 300;
const NO_ROOM = 'it does not fit into what one call may carry';

/** No driver of the repository's is run, no module entered (only which commit it stands at is read), no rename guessed (that would compare every file with every other). */
const FLAGS = [
  '--no-ext-diff',
  '--no-textconv',
  '--no-color',
  '--no-renames',
  '--ignore-submodules=dirty',
  '--no-relative',
] as const;
const LOOKS = ['--patch', '--unified=10000000', '--src-prefix=a/', '--dst-prefix=b/', '--no-indent-heuristic'] as const;

type Changed = { path: string; binary: boolean };
/** `excluded`: what is left out of a diff because the caller said so, by its absolute path. */
type Packing = { gate: Gate; budget: Budget; parcel: Parcel; excluded: { has(real: string): boolean } };

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

async function packFile(
  { gate, budget, parcel }: Packing,
  { git, top }: Repository,
  { args }: Comparison,
  path: string,
): Promise<void> {
  const name = nameOf(gate.roots, top, join(top, path));
  const leave = (why: string): void => parcel.leave(`${name} (diff)`, why);
  if (budget.left <= 0) return leave(NO_ROOM);
  const { ok, out, cut, lossy } = await git(['diff', ...FLAGS, ...LOOKS, ...args, '--', path], gate.maxBytes * 3);
  if (!ok) return leave(cut === undefined ? 'git could not compare it' : 'it is too large');
  if (out.includes('\0') || out === '') return leave(out === '' ? 'there is nothing to show' : 'it is no text');
  const sections = await Promise.all(parseSections(out).map((section) => show(name, section)));
  const text = sections.map((section) => section.text).join('\n');
  const tokens = budget.take(text);
  if (tokens === undefined) return leave(NO_ROOM);
  if (lossy && text.includes('\uFFFD')) leave('what of it is no UTF-8 goes along as \uFFFD');
  parcel.redacted.push(...sections.flatMap(({ redacted }) => redacted));
  parcel.add(text, { what: 'diff', path: name, root: top, bytes: Buffer.byteLength(text), tokens });
}

async function sayUntracked(git: Git, { working }: Comparison, parcel: Parcel, called: string): Promise<void> {
  if (!working) return;
  const { out } = await git(['ls-files', '--others', '--exclude-standard', '--directory', '-z']);
  const names = out.split('\0').filter((name) => name !== '');
  if (names.length === 0) return;
  const some = names.filter((name) => deniedAs(`/${name}`) === undefined).slice(0, 5);
  parcel.leave(
    called,
    `${plural(names.length, 'untracked file')} not in a diff (${oneLine(some.join(', '))}): name them in files`,
  );
}

/** The changes in one repository, file by file, as far as they fit. `label`: how it is called where there are several. */
async function packRepository(packing: Packing, said: string, repository: Repository, label: string | undefined): Promise<void> {
  const { gate, parcel, excluded } = packing;
  const [called, heading] = label === undefined ? ['git_diff', 'Diff'] : [`git_diff of ${label}`, `Diff of ${label}`];
  const compared = await comparison(repository.git, said);
  const files = await changedFiles(repository.git, compared);
  const before = parcel.blocks.length;
  for (const [index, file] of files.entries()) {
    const real = join(repository.top, file.path);
    const leave = (why: string): void => parcel.leave(nameOf(gate.roots, repository.top, real), why);
    const kind = deniedIn(repository.top, real);
    if (kind !== undefined) leave(`it is ${kind} and is never sent`);
    else if (excluded.has(real)) leave(EXCLUDED);
    else if (file.binary) leave('it is no text');
    else if (index >= MOST_FILES) leave(`a diff has at most ${MOST_FILES} files`);
    else await packFile(packing, repository, compared, file.path);
  }
  await sayUntracked(repository.git, compared, parcel, called);
  if (parcel.blocks.length > before) parcel.blocks.splice(before, 0, `${heading}: ${compared.label}`);
  else if (files.length === 0) parcel.leave(called, `there are no ${compared.label}`);
}

/** Puts the changes that `git_diff` asks for into the parcel, from every root that is a repository. */
export async function packDiff(packing: Packing, said: string, where: Pick<Surroundings, 'path' | 'home'>): Promise<void> {
  const { roots } = packing.gate;
  const tops = await repositoriesIn(packing.gate);
  const failed: { label: string; failure: Failure }[] = [];
  for (const top of tops) {
    const label = labelOf(roots, top);
    try {
      const repository = await openRepository(top, { ...where, roots });
      await packRepository(packing, said, repository, tops.length > 1 ? label : undefined);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      failed.push({ label, failure: error });
    }
  }
  // A revision need not be in all of them; where it is in none, the first says why.
  if (failed[0] !== undefined && failed.length === tops.length) throw failed[0].failure;
  for (const { label, failure } of failed)
    packing.parcel.leave(`git_diff of ${label}`, failure.message.replace(/^git_diff:? /, ''));
}
