import { lstat, realpath, stat } from 'node:fs/promises';
import { dirname, join, parse, resolve } from 'node:path';
import { Failure } from '../../core/errors.ts';
import { expandPath } from '../../core/expand-path.ts';
import { list } from '../../core/text.ts';
import { within } from './gate.ts';
import type { Starts } from './readings.ts';

export type RootSources = {
  /** `--allow-dir`. */
  allowDirs: readonly string[];
  /** `files.allow_dirs` of the user's own config. */
  configDirs: readonly string[];
  /** The folders that the host calls its workspace, which may be none; absent where it knows no workspaces. */
  hostRoots?: readonly string[];
  /** `CLAUDE_PROJECT_DIR`. */
  projectDir?: string;
  cwd: string;
  home: string;
  /** Callers come over HTTP: then they are not the user of this machine, and only `--allow-dir` counts. */
  http: boolean;
  /** The call was typed in `cwd`, and not made by a host. */
  typed?: boolean;
};

const REMEDY = 'start the server with --allow-dir FOLDER, or list folders under files.allow_dirs in your config';

const expand = (path: string, home: string, cwd: string): string => resolve(cwd, expandPath(path, { env: {}, home }));

const folder = async (path: string): Promise<string | undefined> => {
  const real = await realpath(path).catch(() => undefined);
  const found = real === undefined ? undefined : await stat(real).catch(() => undefined);
  return found?.isDirectory() === true ? real : undefined;
};

/** Folders that the user named, and whether each is there. */
const looked = (dirs: readonly string[], home: string, cwd: string) =>
  Promise.all(dirs.map(async (dir) => ({ dir, real: await folder(expand(dir, home, cwd)) })));

/**
 * Folders that the user named. Each of the command line has to be there: it was written for this very start. A config is written
 * for all of a user's machines and days, so of its folders those count that are there.
 */
async function named(flags: readonly string[], config: readonly string[], home: string, cwd: string): Promise<string[]> {
  const [said, listed] = await Promise.all([looked(flags, home, cwd), looked(config, home, cwd)]);
  const absent = said.find(({ real }) => real === undefined);
  if (absent !== undefined)
    throw new Failure('config', `The allowed folder "${absent.dir}" is not there or is no folder: correct --allow-dir`);
  const there = [...new Set([...said, ...listed].flatMap(({ real }) => real ?? []))];
  if (there.length > 0) return there;
  const all = list(config.map((dir) => `"${dir}"`));
  throw new Failure(
    'config',
    `No folder may be read: of files.allow_dirs (${all}) none is there or is a folder; correct files.allow_dirs, or start with --allow-dir FOLDER`,
  );
}

/** The top of the git work tree that a folder lies in. */
export async function workTreeTop(from: string): Promise<string | undefined> {
  for (let at = from; ; at = dirname(at)) {
    const found = await lstat(join(at, '.git')).catch(() => undefined);
    if (found?.isDirectory() === true || found?.isFile() === true) return at;
    if (dirname(at) === at) return undefined;
  }
}

/** Nobody but the user opens the whole disk, the home folder, or what holds the home folder. */
async function modest(dirs: readonly string[], home: string): Promise<string[]> {
  const [house, found] = [(await folder(home)) ?? home, await Promise.all(dirs.map(folder))];
  const tooWide = (dir: string): boolean => dir === parse(dir).root || within(dir, house);
  return [...new Set(found.filter((dir) => dir !== undefined && !tooWide(dir)))].filter((dir) => dir !== undefined);
}

/** Returns the folders that a host offers: its workspace, else the project that it names in the environment. */
async function offered({ hostRoots = [], projectDir, cwd, home }: RootSources): Promise<string[]> {
  const usable = (said: readonly string[]): Promise<string[]> =>
    modest(
      said.map((dir) => expand(dir, home, cwd)),
      home,
    );
  const workspace = await usable(hostRoots);
  return workspace.length > 0 ? workspace : usable(projectDir ? [projectDir] : []);
}

/** The folders that may be read, and whether they were found from the working folder because nobody named any. */
async function allowed(sources: RootSources): Promise<{ roots: string[]; found: boolean }> {
  const { allowDirs, configDirs, hostRoots, cwd, home, http } = sources;
  const listed = http ? [] : configDirs;
  if (allowDirs.length + listed.length > 0) return { roots: await named(allowDirs, listed, home, cwd), found: false };
  if (http) {
    throw new Failure(
      'config',
      'No folder may be read for callers over HTTP: start the server with --allow-dir FOLDER (files.allow_dirs does not count here)',
    );
  }
  const roots = await offered(sources);
  if (roots.length > 0) return { roots, found: false };
  // A host that was asked and names nothing has not offered the folder that the server happens to run in.
  if (hostRoots !== undefined) {
    throw new Failure(
      'config',
      `No folder may be read: the host names no folder of this machine as its workspace, or only the home folder; ${REMEDY}`,
    );
  }
  return { roots: [await workingFolder(sources)], found: true };
}

/**
 * Finds the folder that may be read where nobody named one: the repository that the working folder lies in, else that folder
 * itself. A user who typed the call means it wherever they stand; a host may have started the server in the home folder without a
 * thought.
 */
async function workingFolder({ cwd, home, typed = false }: RootSources): Promise<string> {
  const here = cwd === '' ? undefined : await folder(cwd);
  if (here === undefined) {
    throw new Failure('config', `No folder may be read, because the working folder is not there or may not be read; ${REMEDY}`);
  }
  const top = await workTreeTop(here);
  const [project] = await modest(top === undefined ? [] : [top], home);
  const [own] = typed ? [here] : await modest([here], home);
  const found = project ?? own;
  if (found !== undefined) return found;
  throw new Failure(
    'config',
    `No folder may be read: the host names no workspace, and started the server in ${here}, which is too wide to be one; start the host in the folder of your project, or ${REMEDY}`,
  );
}

/**
 * The folders that may be read: those that the user named, else the host's workspace, else the project that it names in the
 * environment, else, for a host that knows no workspaces, the repository or folder that the server runs in. Paths are read from the working
 * folder first where it lies in one of them and the caller can be expected to stand there: who typed the call, or who gave no
 * other folder. A `config` failure with the remedy where no folder may be read.
 */
export async function findRoots(sources: RootSources): Promise<Starts> {
  const { roots, found } = await allowed(sources);
  const here = found || sources.typed ? await folder(sources.cwd) : undefined;
  return here !== undefined && roots.some((root) => within(root, here)) ? { roots, here } : { roots };
}
