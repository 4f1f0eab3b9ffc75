import { posix, win32 } from 'node:path';
import { defined } from '../core/defined.ts';
import { expandPath } from '../core/expand-path.ts';
import { ownEntry } from '../core/own-entry.ts';
import type { Env } from './env.ts';

/** What of the machine decides where the user's folders are. */
export type Machine = {
  platform: NodeJS.Platform;
  env: Env;
  /** The home folder that the system knows for the user; absent: it knows none. */
  systemHome?: string;
};

/** Where the user's own files are looked for and where what is kept between runs lies. */
export type UserFolders = {
  /** Empty: nobody knows. */
  home: string;
  /** In the order in which a configuration is looked for. */
  config: readonly string[];
  /** Absent: no place is known, so nothing can be kept. */
  data?: string;
};

const NAME = 'switchboard';

const pathsOf = (platform: NodeJS.Platform) => (platform === 'win32' ? win32 : posix);

/** The variables that name the home folder. Git's shell sets HOME on Windows, too, in a form that Windows does not know. */
const HOME_NAMES: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = { win32: ['USERPROFILE'] };

/** A folder that a variable names. One that is relative would be another in each working folder, and anyone's. */
function folderIn(env: Env, name: string, home: string, platform: NodeJS.Platform): string | undefined {
  const written = ownEntry(env, name);
  const path = written === undefined ? '' : expandPath(written, { env, home });
  return pathsOf(platform).isAbsolute(path) ? path : undefined;
}

function homeOf({ platform, env, systemHome = '' }: Machine): string {
  const named = (HOME_NAMES[platform] ?? ['HOME']).flatMap((name) => folderIn(env, name, '', platform) ?? []);
  return named[0] ?? (pathsOf(platform).isAbsolute(systemHome) ? systemHome : '');
}

/** A folder of the program: `switchboard` in what the variable names, else in that folder of the home, and `tail` in it. */
type Place = { variable?: string; inHome: readonly string[]; tail?: string };

type Conventions = { config: readonly Place[]; data: Place };

/** The XDG base directories. */
const XDG: Conventions = {
  config: [{ variable: 'XDG_CONFIG_HOME', inHome: ['.config'] }],
  data: { variable: 'XDG_DATA_HOME', inHome: ['.local', 'share'] },
};

/** Where a platform has conventions of its own, people who know Linux write a configuration where it is there. */
const CONVENTIONS: Readonly<Partial<Record<NodeJS.Platform, Conventions>>> = {
  win32: {
    config: [{ variable: 'APPDATA', inHome: ['AppData', 'Roaming'], tail: 'Config' }, ...XDG.config],
    data: { variable: 'LOCALAPPDATA', inHome: ['AppData', 'Local'], tail: 'Data' },
  },
  darwin: {
    config: [{ inHome: ['Library', 'Preferences'] }, ...XDG.config],
    data: { inHome: ['Library', 'Application Support'] },
  },
};

/** The user's folders, by the conventions of the platform. Pure. */
export function userFolders(machine: Machine): UserFolders {
  const { platform, env } = machine;
  const paths = pathsOf(platform);
  const home = homeOf(machine);
  const folderAt = ({ variable, inHome, tail = '' }: Place): string[] => {
    const named = variable === undefined ? undefined : folderIn(env, variable, home, platform);
    const base = named ?? (home === '' ? undefined : paths.join(home, ...inHome));
    return base === undefined ? [] : [paths.join(base, NAME, tail)];
  };
  const { config, data } = CONVENTIONS[platform] ?? XDG;
  return { home, config: [...new Set(config.flatMap(folderAt))], ...defined({ data: folderAt(data)[0] }) };
}
