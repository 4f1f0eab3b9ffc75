import { platform, userInfo } from 'node:os';
import { join, parse, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Failure } from '../core/errors.ts';
import { expandPath, unexpandedIn } from '../core/expand-path.ts';
import { OWN_BOUNDS, PROJECT_BOUNDS } from './bounds.ts';
import { type Config, type ConfigFile, parseConfig } from './config.ts';
import { type Env, ownSetting } from './env.ts';
import { type UserFolders, userFolders } from './folders.ts';
import { findFile, type Place, readText, refuseFile, refuseForeignLink } from './read-file.ts';

/** Both endings are usual, and a file that is passed over takes its budget with it. */
const USER_FILES = ['config.yaml', 'config.yml'];
const PROJECT_FILES = ['switchboard.yaml', 'switchboard.yml'];

/** A disk that does not answer for this long, in milliseconds, holds up no call any longer. */
const PATIENCE_MS = 10_000;

export type LoadFrom = {
  env: Env;
  cwd: string;
  /** What `--config` named. */
  path?: string;
  /** What `--allow-dir` named. */
  allowDirs?: readonly string[];
};

/** The home folder that the system knows for the user. A user who is in no list (a container's) has none. */
function systemHome(): string {
  try {
    return userInfo().homedir;
  } catch {
    return '';
  }
}

/** A path of a setting, made whole. Throws a `config` failure where a part of it stands for a folder that nobody knows. */
function wholePath(written: string, setting: string, { env, cwd }: LoadFrom, { home }: UserFolders): string {
  const path = expandPath(written, { env, home });
  const left = unexpandedIn(path);
  if (left !== undefined)
    throw new Failure('config', `${setting} is "${written}", and nobody knows what "${left}" stands for; write the whole path`);
  if (path === '') throw new Failure('config', `${setting} is empty; name a file, or leave it out`);
  return resolve(cwd, path);
}

/** The one of several files that is there. Two of them would be a choice that nobody made. */
async function findOne(paths: readonly string[]): Promise<Place | undefined> {
  const found = (await Promise.all(paths.map(findFile))).flatMap((place) => place ?? []);
  const [first] = found;
  const other = found.find(({ real }) => real !== first?.real);
  if (first !== undefined && other !== undefined)
    throw refuseFile(first.path, `${other.path} is there too, and only one of them can count; remove or rename one`);
  return first;
}

async function findNamed(path: string, setting: string): Promise<Place> {
  const place = await findFile(path);
  if (place !== undefined) return place;
  throw refuseFile(path, `there is no such file; correct ${setting}, or put the file there`);
}

const ownFile = async (place: Place): Promise<ConfigFile> => ({
  path: place.path,
  text: await readText(place, OWN_BOUNDS),
  trusted: true,
});

async function projectFile(place: Place): Promise<ConfigFile> {
  await refuseForeignLink(place);
  return { path: place.path, text: await readText(place, PROJECT_BOUNDS), trusted: false };
}

/** The files that count: a file that the user named stands in for the project's. */
async function readFiles(from: LoadFrom, folders: UserFolders): Promise<ConfigFile[]> {
  const user = await findOne(folders.config.flatMap((folder) => USER_FILES.map((name) => join(folder, name))));
  const own = user === undefined ? [] : [await ownFile(user)];
  const [said, setting] =
    from.path === undefined ? [ownSetting(from.env, 'CONFIG'), 'SWITCHBOARD_CONFIG'] : [from.path, '--config'];
  if (said === undefined) {
    const project = await findOne(PROJECT_FILES.map((name) => join(from.cwd, name)));
    return project === undefined ? own : [...own, await projectFile(project)];
  }
  const named = await findNamed(wholePath(said, setting, from, folders), '--config or SWITCHBOARD_CONFIG');
  // Whoever names the user's own file has named nothing more.
  return named.real === user?.real ? own : [...own, await ownFile(named)];
}

async function withPatience<T>(work: Promise<T>): Promise<T> {
  const done = new AbortController();
  const late = wait(PATIENCE_MS, undefined, { signal: done.signal, ref: false }).then(() => {
    throw new Failure(
      'config',
      `No configuration could be read within ${PATIENCE_MS / 1000} s; look at the disk that it lies on`,
    );
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    done.abort();
  }
}

/**
 * Reads the files that count and joins them with the environment. Throws a `config` failure for a named file that is missing and
 * for any file that cannot be read or is malformed.
 */
export async function loadConfig(from: LoadFrom): Promise<Config> {
  const { env, cwd, allowDirs = [] } = from;
  const machine = platform();
  const folders = userFolders({ platform: machine, env, systemHome: systemHome() });
  const files = await withPatience(readFiles(from, folders));
  const named = ownSetting(env, 'HOME');
  // Where no home folder is known either, the ledger says that nothing can be kept there.
  const usual = folders.data ?? join(parse(cwd).root, '.switchboard');
  const home = named === undefined ? usual : wholePath(named, 'SWITCHBOARD_HOME', from, folders);
  return parseConfig({ env, files, home, userHome: folders.home, platform: machine, cwd, allowDirs });
}
