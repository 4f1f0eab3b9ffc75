import { realpath, stat } from 'node:fs/promises';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { Failure } from '../../core/errors.ts';
import { list } from '../../core/text.ts';
import { deniedAs, deniedIn } from './denied.ts';
import { readRegular, type Step } from './open.ts';
import { labelOf, readingsOf } from './readings.ts';
import { checkSpelling, displayed, shown } from './spelling.ts';

/** The door through which every byte of a file goes: the folders behind it (real paths), and how much it lets through at once. */
export type Gate = { roots: readonly string[]; maxBytes: number; step?: Step };

/** Something that lies inside a root. `path` is how it is named to others: relative to the root, never from the disk's top. */
export type Place = { root: string; real: string; path: string; folder: boolean };

/** Whether `path` is `folder` or lies below it; both absolute and real. */
export function within(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

/** How a place is called outside: with several roots, the root's name comes first, so that one can tell which it was. */
export function nameOf(roots: readonly string[], root: string, real: string): string {
  const way = displayed(relative(root, real).split(sep).join('/'));
  if (roots.length === 1) return way === '' ? '.' : way;
  const label = displayed(labelOf(roots, root));
  return way === '' ? label : `${label}/${way}`;
}

// Whether something is outside or is not there at all is told in the same words: the disk outside is nobody's business.
const notThere = (gate: Gate, path: string): Failure =>
  new Failure(
    'input',
    `There is no ${shown(path)} in the allowed ${gate.roots.length === 1 ? 'folder' : 'folders'} ${list(gate.roots, 'or')}: name a file by its path from there, or allow its folder with --allow-dir or files.allow_dirs`,
  );

const refusal = (path: string, kind: string): Failure =>
  new Failure('input', `${shown(path)} is ${kind} and is never sent: leave it out, or copy the harmless part into another file`);

/** The real place of a path below the first root that has it, if there is one; else of a path as it is shown, with a root's label. */
export async function locate(gate: Gate, path: string): Promise<Place | undefined> {
  const readings = isAbsolute(path) ? [{ root: '/', way: path }] : readingsOf(gate.roots, path);
  for (const { root: base, way } of readings) {
    const real = await realpath(resolve(base, way)).catch(() => undefined);
    const root = gate.roots.find((folder) => real !== undefined && within(folder, real));
    if (real === undefined || root === undefined) continue;
    const found = await stat(real).catch(() => undefined);
    if (found === undefined) continue;
    return { root, real, path: nameOf(gate.roots, root, real), folder: found.isDirectory() };
  }
  return undefined;
}

/** Finds a path (relative to a root, or absolute and inside one), or undefined when nothing is there. Throws for other spellings. */
export async function find(gate: Gate, path: string): Promise<Place | undefined> {
  checkSpelling(path);
  if (gate.roots.length === 0)
    throw new Failure('config', `No folder may be read, so ${shown(path)} cannot be: start the server with --allow-dir FOLDER`);
  const place = await locate(gate, path);
  // The name as asked and the real name: a link called notes.txt may lead to a key, and one called .env to notes.
  const kind = deniedAs(place?.folder ? `${path}/` : path) ?? (place && deniedIn(place.root, place.real, place.folder));
  if (place !== undefined && kind !== undefined) throw refusal(path, kind);
  return place;
}

/** Like `find`, where something has to be there. */
export async function need(gate: Gate, path: string): Promise<Place> {
  const place = await find(gate, path);
  if (place === undefined) throw notThere(gate, path);
  return place;
}

/** A place that a walk came by, judged as if it had been named. */
export function judge(gate: Gate, root: string, real: string): Place {
  const path = nameOf(gate.roots, root, real);
  const kind = deniedIn(root, real);
  if (kind !== undefined) throw refusal(path, kind);
  return { root, real, path, folder: false };
}

/** The bytes of a file that was let through; judged again, because time has passed. */
export async function read(gate: Gate, place: Place, maxBytes = gate.maxBytes): Promise<Buffer> {
  if (deniedIn(place.root, place.real) !== undefined || !gate.roots.some((root) => within(root, place.real)))
    throw notThere(gate, place.path);
  const now = await realpath(place.real).catch(() => undefined);
  if (now !== place.real) throw notThere(gate, place.path);
  return readRegular(place.real, place.path, maxBytes, gate.step);
}
