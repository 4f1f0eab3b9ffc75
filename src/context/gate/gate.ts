import { realpath, stat } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { Failure } from '../../core/errors.ts';
import type { Pace } from '../../core/pace.ts';
import { list } from '../../core/text.ts';
import { within } from '../../core/within.ts';
import { deniedAs, deniedIn } from './denied.ts';
import { readRegular, readRegularLines, type Step } from './open.ts';
import { labelOf, type Reading, readingsOf, type Starts } from './readings.ts';
import { displayed, misspelt, shown, wrongWithPath } from './spelling.ts';
import type { Stretch } from './stretch.ts';
import { writingsOf } from './writings.ts';

/** The door through which every byte of a file goes: the folders behind it, and how many bytes it lets through at once. */
export type Gate = Starts & { maxBytes: number; pace: Pace; home?: string; step?: Step };

/** Something that lies inside a root. */
export type Place = {
  root: string;
  real: string;
  /** The absolute path by which it was reached, with the links in it. */
  written: string;
  /** How it is named to others: relative to the root, never from the disk's top. */
  path: string;
  folder: boolean;
};

/** How a place is called outside: with several roots, the root's name comes first, so that one can tell which it was. */
export function nameOf(roots: readonly string[], root: string, real: string): string {
  const way = displayed(relative(root, real).split(sep).join('/'));
  if (roots.length === 1) return way === '' ? '.' : way;
  const label = displayed(labelOf(roots, root));
  return way === '' ? label : `${label}/${way}`;
}

// Whether something is outside or is not there at all is told in the same words: the disk outside is nobody's business.
function notThere({ roots, here }: Gate, path: string): Failure {
  const working = here === undefined || roots.includes(here) ? '' : `in the working folder ${here} or `;
  return new Failure(
    'input',
    `There is no ${shown(path)} ${working}in the allowed ${roots.length === 1 ? 'folder' : 'folders'} ${list(roots, 'or')}: name a file by its path from there, or allow its folder with --allow-dir or files.allow_dirs`,
  );
}

const refusal = (path: string, kind: string): Failure =>
  new Failure('input', `${shown(path)} is ${kind} and is never sent: leave it out, or copy the harmless part into another file`);

/** The real place of one reading of a path, if there is one in the roots. */
export async function locateAt({ roots }: Gate, { top, way }: Reading): Promise<Place | undefined> {
  const written = resolve(top, way);
  const real = await realpath(written).catch(() => undefined);
  const root = roots.find((folder) => real !== undefined && within(folder, real));
  if (real === undefined || root === undefined) return undefined;
  const found = await stat(real).catch(() => undefined);
  return found && { root, real, written, path: nameOf(roots, root, real), folder: found.isDirectory() };
}

/** What a path means: the first of its readings that is there. */
async function locate(gate: Gate, path: string): Promise<Place | undefined> {
  for (const reading of readingsOf(gate, path)) {
    const place = await locateAt(gate, reading);
    if (place !== undefined) return place;
  }
  return undefined;
}

/** Refuses credentials by the name as asked and by the real name: a link called notes.txt may lead to a key, and one called .env to notes. */
function letThrough(path: string, place: Place | undefined): Place | undefined {
  const kind = deniedAs(place?.folder ? `${path}/` : path) ?? (place && deniedIn(place.root, place.real, place.folder));
  if (place !== undefined && kind !== undefined) throw refusal(path, kind);
  return place;
}

/** Says what is wrong with a path. Of one below a root only the way from there counts: the root may lie on another machine. */
function wrongFrom({ roots }: Gate, said: string): string | undefined {
  const root = isAbsolute(said) ? roots.find((folder) => within(folder, said)) : undefined;
  return wrongWithPath(root === undefined ? said : relative(root, said) || '.');
}

/** The ways to write a path that may name a file below a root. */
export const plainWritings = (gate: Gate, said: string): string[] =>
  writingsOf(said, gate).filter((one) => wrongFrom(gate, one) === undefined);

/** Says what is wrong with a path however it is read, after its name in a sentence; undefined where it may name a file. */
export const wrongWithAll = (gate: Gate, said: string): string | undefined =>
  plainWritings(gate, said).length > 0 ? undefined : wrongFrom(gate, said);

/** Finds a path (relative, or absolute and inside a root), or undefined when nothing is there. Throws for what is no path of a file. */
export async function find(gate: Gate, said: string): Promise<Place | undefined> {
  const what = wrongWithAll(gate, said);
  if (what !== undefined) throw misspelt(said, what);
  if (gate.roots.length === 0)
    throw new Failure('config', `No folder may be read, so ${shown(said)} cannot be: start the server with --allow-dir FOLDER`);
  for (const one of plainWritings(gate, said)) {
    const place = letThrough(one, await locate(gate, one));
    if (place !== undefined) return place;
  }
  return undefined;
}

/** Like `find`, for one reading of a path. */
export const findAt = async (gate: Gate, reading: Reading): Promise<Place | undefined> =>
  letThrough(reading.way, await locateAt(gate, reading));

/** Like `find`, where something has to be there. */
export async function need(gate: Gate, path: string): Promise<Place> {
  const place = await find(gate, path);
  if (place === undefined) throw notThere(gate, path);
  return place;
}

/** A place that a walk from `from` came by, judged as if it had been named. */
export function judge({ roots }: Gate, { root, real: start, written }: Place, real: string): Place {
  const path = nameOf(roots, root, real);
  const kind = deniedIn(root, real);
  if (kind !== undefined) throw refusal(path, kind);
  return { root, real, written: join(written, relative(start, real)), path, folder: false };
}

/** The bytes of a file that was let through; judged again, because time has passed. */
export async function read(gate: Gate, place: Place, maxBytes = gate.maxBytes): Promise<Buffer> {
  await checkAgain(gate, place);
  return readRegular(place.real, place.path, { maxBytes, pace: gate.pace, step: gate.step });
}

/** Some lines of a file that was let through, whatever its size. */
export async function readLines(gate: Gate, place: Place, lines: { from: number; to: number }): Promise<Stretch> {
  await checkAgain(gate, place);
  const { maxBytes, pace, step } = gate;
  return readRegularLines(place.real, place.path, { maxBytes, pace, step }, lines);
}

async function checkAgain(gate: Gate, place: Place): Promise<void> {
  if (deniedIn(place.root, place.real) !== undefined || !gate.roots.some((root) => within(root, place.real)))
    throw notThere(gate, place.path);
  const now = await realpath(place.real).catch(() => undefined);
  if (now !== place.real) throw notThere(gate, place.path);
}
