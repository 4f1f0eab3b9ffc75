import { join } from 'node:path';
import { Failure } from '../core/errors.ts';
import { oneLine, plural } from '../core/text.ts';
import type { Budget } from './budget.ts';
import { deniedAs, deniedIn } from './denied.ts';
import { type Gate, nameOf } from './gate.ts';
import type { Git, Said } from './git.ts';
import { hunkHeader, nearChanges, parseSections, type Section, versionOf } from './hunks.ts';
import type { Parcel } from './parcel.ts';
import { openRepository, type Repository } from './repository.ts';
import { type Comparison, comparison } from './revision.ts';
import { redactedIn, scanLines } from './scan.ts';
import type { Redacted } from './sent.ts';
import { displayed } from './spelling.ts';

/** A diff has at most this many files. */
const MOST_FILES = 300;
const NO_ROOM = 'it does not fit into what one call may carry';

/** No driver of the repository's is run, no module entered, no rename guessed (that would compare every file with every other). */
const FLAGS = [
  '--no-ext-diff',
  '--no-textconv',
  '--no-color',
  '--no-renames',
  '--ignore-submodules=all',
  '--no-relative',
] as const;
const LOOKS = ['--patch', '--unified=10000000', '--src-prefix=a/', '--dst-prefix=b/', '--no-indent-heuristic'] as const;

type Changed = { path: string; binary: boolean };
type Packing = { gate: Gate; budget: Budget; parcel: Parcel };

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

type Shown = { text: string; redacted: Redacted[] };

/**
 * A section with little context and without secrets. Both versions of the file are scanned whole, because a few lines from the
 * middle of a key do not look like one.
 */
async function show(name: string, section: Section): Promise<Shown> {
  const old = await scanLines(versionOf(section, '-'));
  const now = await scanLines(versionOf(section, '+'));
  const groups = nearChanges(section.rows).map((rows) => {
    const lines = rows.map(({ sign, text, ...at }) => {
      if (sign === '\\') return `\\${text}`;
      return sign + ((sign === '-' ? old.lines[at.old - 1] : now.lines[at.now - 1]) ?? '');
    });
    const [gone, here] = [rows.filter(({ sign }) => sign === '-'), rows.filter(({ sign }) => sign === '+' || sign === ' ')];
    const redacted = [
      ...redactedIn(`${name} (before)`, old.secrets, gone[0]?.old ?? 0, gone.at(-1)?.old ?? 0),
      ...redactedIn(name, now.secrets, here[0]?.now ?? 0, here.at(-1)?.now ?? 0),
    ];
    return { text: [hunkHeader(rows), ...lines].join('\n'), redacted };
  });
  return {
    text: [...section.head, ...groups.map(({ text }) => text)].join('\n'),
    redacted: groups.flatMap(({ redacted }) => redacted),
  };
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
  const { ok, out, cut } = await git(['diff', ...FLAGS, ...LOOKS, ...args, '--', path], gate.maxBytes * 3);
  if (!ok) return leave(cut === undefined ? 'git could not compare it' : 'it is too large');
  if (out.includes('\0') || out === '') return leave(out === '' ? 'there is nothing to show' : 'it is no text');
  const sections = await Promise.all(parseSections(out).map((section) => show(name, section)));
  const text = sections.map((section) => section.text).join('\n');
  const tokens = budget.take(text);
  if (tokens === undefined) return leave(NO_ROOM);
  parcel.redacted.push(...sections.flatMap(({ redacted }) => redacted));
  parcel.add(text, { what: 'diff', path: name, root: top, bytes: Buffer.byteLength(text), tokens });
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
    const name = displayed(file.path);
    const kind = deniedIn(repository.top, join(repository.top, file.path));
    if (kind !== undefined) parcel.leave(name, `it is ${kind} and is never sent`);
    else if (file.binary) parcel.leave(name, 'it is no text');
    else if (index >= MOST_FILES) parcel.leave(name, `a diff has at most ${MOST_FILES} files`);
    else await packFile(packing, repository, compared, file.path);
  }
  await sayUntracked(repository.git, compared, parcel);
  if (parcel.blocks.length > before) parcel.blocks.splice(before, 0, `Diff: ${compared.label}`);
  else if (files.length === 0) parcel.leave('git_diff', `there are no ${compared.label}`);
}
