import { join } from 'node:path';
import { Failure } from '../../core/errors.ts';
import { deniedIn } from '../gate/denied.ts';
import { type Gate, nameOf } from '../gate/gate.ts';
import { labelOf } from '../gate/readings.ts';
import type { Surroundings } from '../git/git.ts';
import { quoted } from '../git/words.ts';
import type { Budget } from '../parcel/budget.ts';
import { EXCLUDED, type Parcel } from '../parcel/parcel.ts';
import { type Changed, changedFiles, FLAGS, headOf, namesOf } from './changed.ts';
import { parseSections, type Section } from './hunks.ts';
import { openRepository, repositoriesIn, type Repository } from './repository.ts';
import { type Comparison, comparison } from './revision.ts';
import { show } from './section.ts';
import { submoduleChanges } from './submodules.ts';
import { untrackedIn, untrackedText } from './untracked.ts';

/** A diff has at most this many files. */
const MOST_FILES = 300;
const NO_ROOM = 'it does not fit into what one call may carry';

/** Of what git takes for a binary only text in UTF-16 is shown; a larger file is hardly that. In bytes. */
const MOST_BINARY = 2_000_000;

/** The whole of both versions, so that both can be searched for secrets. */
const LOOKS = ['--patch', '--unified=10000000', '--src-prefix=a/', '--dst-prefix=b/', '--no-indent-heuristic'] as const;

/** `excluded`: what is left out of a diff because the caller said so, by its absolute path. */
type Packing = { gate: Gate; budget: Budget; parcel: Parcel; excluded: { has(real: string): boolean } };

/** A failure's message for a place that already says that it is about git_diff. */
const withoutPrefix = ({ message }: Failure): string => message.replace(/^git_diff:? /, '');

/**
 * What git says of one file alone; undefined where it is no text. Asked for a name, git also shows what is below it, where a folder
 * took the file's place.
 */
function ownSections(file: Changed, bytes: Buffer): Section[] | undefined {
  const heads = new Set([headOf(file), `* Unmerged path ${file.path}`]);
  return parseSections(bytes)?.filter(({ head }) => heads.has(head[0] ?? ''));
}

/** Why a submodule may not be shown: git reads its commit from its own .git, which may lead to any file that holds a hash. */
async function strangeModule(
  { top, judge }: Repository,
  path: string,
  sections: readonly Section[],
): Promise<string | undefined> {
  if (!sections.some(({ submodule }) => submodule)) return undefined;
  try {
    await judge(join(top, path));
    return undefined;
  } catch (error) {
    if (error instanceof Failure) return withoutPrefix(error);
    throw error;
  }
}

async function packFile(
  { gate, budget, parcel }: Packing,
  repository: Repository,
  { args }: Comparison,
  file: Changed,
): Promise<void> {
  const { git, top } = repository;
  const name = nameOf(gate.roots, top, join(top, file.path));
  const leave = (why: string): void => parcel.leave(`${name} (diff)`, why);
  if (budget.left <= 0) return leave(NO_ROOM);
  const asked = ['diff', ...FLAGS, ...LOOKS, ...(file.binary ? ['--text'] : []), ...args, '--', ...namesOf(file)];
  const { ok, bytes, error, cut } = await git(asked, file.binary ? MOST_BINARY : gate.maxBytes * 3);
  const own = ok ? ownSections(file, bytes) : undefined;
  if (file.binary && own === undefined) return leave('it is no text');
  if (!ok) return leave(cut === undefined ? `git could not compare it: ${quoted(error)}` : 'it is too large');
  if (own === undefined) return leave('it is no text');
  if (own.length === 0) return leave('there is nothing to show');
  const unfit = await strangeModule(repository, file.path, own);
  if (unfit !== undefined) return leave(unfit);
  const sections = await Promise.all(own.map((section) => show(name, section, gate.pace)));
  const text = sections.map((section) => section.text).join('\n');
  const tokens = budget.take(text);
  if (tokens === undefined) return leave(NO_ROOM);
  parcel.redacted.push(...sections.flatMap(({ redacted }) => redacted));
  const [encoding] = own.flatMap(({ encodings }) => encodings);
  const size = { bytes: Buffer.byteLength(text), tokens };
  parcel.add(text, { what: 'diff', path: name, root: top, ...(encoding !== undefined && { encoding }), ...size });
}

/** Why a file is never sent: by its name, or by the name that it had before it was renamed. */
function deniedChange({ roots }: Gate, top: string, { path, from }: Changed): string | undefined {
  const kind = deniedIn(top, join(top, path));
  if (kind !== undefined) return `it is ${kind} and is never sent`;
  if (from === undefined) return undefined;
  const before = join(top, from);
  const kindBefore = deniedIn(top, before);
  return kindBefore && `it was renamed from ${nameOf(roots, top, before)}, which is ${kindBefore} and is never sent`;
}

/** A repository whose changes are packed. `label`: how it is called where there are several. */
type Target = { repository: Repository; label: string | undefined; around: Surroundings };

/** The changes in one repository, file by file, as far as they fit. */
async function packRepository(packing: Packing, said: string, { repository, label, around }: Target): Promise<void> {
  const { gate, parcel, excluded } = packing;
  const [called, heading] = label === undefined ? ['git_diff', 'Diff'] : [`git_diff of ${label}`, `Diff of ${label}`];
  const compared = await comparison(repository.git, said);
  const files = await changedFiles(repository, compared, said.trim());
  const before = parcel.blocks.length;
  for (const [index, file] of files.entries()) {
    await gate.pace.step();
    const names = [file.path, ...(file.from === undefined ? [] : [file.from])].map((name) => join(repository.top, name));
    const leave = (why: string): void => parcel.leave(nameOf(gate.roots, repository.top, join(repository.top, file.path)), why);
    const denied = deniedChange(gate, repository.top, file);
    if (denied !== undefined) leave(denied);
    else if (names.some((name) => excluded.has(name))) leave(EXCLUDED);
    else if (index >= MOST_FILES) leave(`a diff has at most ${MOST_FILES} files`);
    else await packFile(packing, repository, compared, file);
  }
  if (compared.working) {
    const { git, top } = repository;
    const isLeftOut = (path: string): boolean => excluded.has(path);
    const untracked = await untrackedIn(git, top, isLeftOut);
    if (untracked.length > 0) parcel.leave(called, untrackedText(untracked));
    const told = new Set(parcel.leftOut.map(({ path }) => path));
    for (const { path, why } of await submoduleChanges(repository, around, isLeftOut)) {
      const name = nameOf(gate.roots, top, join(top, path));
      // Of one that moved it was said already that it is not read.
      if (!told.has(`${name} (diff)`)) parcel.leave(name, why);
    }
  }
  if (parcel.blocks.length > before) parcel.blocks.splice(before, 0, `${heading}: ${compared.label}`);
  else if (files.length === 0) parcel.leave(called, `there are no ${compared.label}`);
}

/** Puts the changes that `git_diff` asks for into the parcel, from every root that is a repository. */
export async function packDiff(packing: Packing, said: string, around: Surroundings): Promise<void> {
  const { roots } = packing.gate;
  const tops = await repositoriesIn(packing.gate);
  const failed: { label: string; failure: Failure }[] = [];
  for (const top of tops) {
    const label = labelOf(roots, top);
    try {
      const repository = await openRepository(top, around);
      await packRepository(packing, said, { repository, label: tops.length > 1 ? label : undefined, around });
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      failed.push({ label, failure: error });
    }
  }
  // A revision need not be in all of them; where it is in none, the first says why.
  if (failed[0] !== undefined && failed.length === tops.length) throw failed[0].failure;
  for (const { label, failure } of failed) packing.parcel.leave(`git_diff of ${label}`, withoutPrefix(failure));
}
