import { constants } from 'node:fs';
import { access, realpath, stat } from 'node:fs/promises';
import { posix, win32 } from 'node:path';
import { Failure } from '../core/errors.ts';
import type { Programs } from '../core/programs.ts';
import { isWithin } from '../core/within.ts';

const pathsOf = ({ platform }: Pick<Programs, 'platform'>) => (platform === 'win32' ? win32 : posix);

/**
 * Tells whether a repository may have put what lies there: a user who works in the home folder has programs of their own in it.
 */
function isForeign(folder: string, programs: Programs): boolean {
  const { project, home } = programs;
  if (project === '' || (home !== '' && isWithin(project, home, pathsOf(programs)))) return false;
  return isWithin(project, folder, pathsOf(programs));
}

/** The names of files that a program's name may mean: Windows leaves its ending out. */
function filesNamed(name: string, { platform, endings }: Programs): string[] {
  if (platform !== 'win32') return [name];
  const hasEnding = endings.some((ending) => name.toLowerCase().endsWith(ending.toLowerCase()));
  return hasEnding ? [name] : endings.map((ending) => name + ending);
}

/**
 * Returns the places where a program may be, in order: a whole path is itself, a name is in the folders of `PATH`, without
 * relative ones and those in the project, where a repository could bring a program of that name. Empty: it is a relative path.
 * Pure.
 */
export function placesOf(program: string, programs: Programs): string[] {
  const paths = pathsOf(programs);
  const names = filesNamed(program, programs);
  if (paths.isAbsolute(program)) return names;
  if (/[/\\]/.test(program)) return [];
  const folders = programs.path
    .split(paths.delimiter)
    .map((folder) => folder.trim().replace(/^"(.*)"$/, '$1'))
    .filter((folder) => paths.isAbsolute(folder) && !isForeign(folder, programs));
  return folders.flatMap((folder) => names.map((name) => paths.join(folder, name)));
}

async function isProgram(place: string): Promise<boolean> {
  try {
    await access(place, constants.X_OK);
    return (await stat(place)).isFile();
  } catch {
    return false;
  }
}

/** Finds the file of a program. Throws an `auth` failure that says why there is none. `what`: the setting that names it. */
export async function findProgram(program: string, programs: Programs, what: string): Promise<string> {
  const places = placesOf(program, programs);
  for (const place of places) {
    // A folder of PATH may be a link into the project.
    const real = await realpath(place).catch(() => undefined);
    const isWhole = pathsOf(programs).isAbsolute(program);
    if (real !== undefined && (isWhole || !isForeign(real, programs)) && (await isProgram(place))) return place;
  }
  const isRelative = /[/\\]/.test(program) && places.length === 0;
  throw new Failure(
    'auth',
    isRelative
      ? `${what} names a program by the relative path "${program}", which would be another in each folder; write its whole path`
      : `${what} names the program "${program}", which is not there; correct it, or write its whole path`,
  );
}

/** The file and arguments of a process. `verbatim`: the arguments are one line already, in the form that Windows has them. */
export type Start = { file: string; args: readonly string[]; verbatim: boolean };

/** Characters that cmd.exe reads as something else than themselves between quotes. */
const UNQUOTABLE = /["%!\r\n\0]/;

/** A text between quotes; a backslash before the last one would take it away. */
const quoted = (text: string): string => `"${text.replace(/\\+$/, '$&$&')}"`;

/**
 * Returns the file and arguments that start a program. No shell is involved, but for batch files, which Windows runs in no other
 * way: there each argument stands between quotes, and one that cmd.exe would read otherwise is refused with an `auth` failure.
 * Pure.
 */
export function startOf(file: string, args: readonly string[], { platform, shell }: Programs, what: string): Start {
  if (platform !== 'win32' || !/\.(?:cmd|bat)$/i.test(file)) return { file, args, verbatim: false };
  const strange = [file, ...args].find((text) => UNQUOTABLE.test(text));
  if (strange !== undefined)
    throw new Failure(
      'auth',
      `${what} hands a batch file (${win32.basename(file)}) a path or argument with a quote, "%", "!" or line break, which Windows would not pass on as it is; name a program that is no batch file, or leave these out`,
    );
  const line = [file, ...args].map(quoted).join(' ');
  return { file: shell, args: ['/d', '/v:off', '/s', '/c', `"${line}"`], verbatim: true };
}
