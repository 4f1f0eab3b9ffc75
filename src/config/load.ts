import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import envPaths from 'env-paths';
import { Failure } from '../core/errors.ts';
import { type Config, type ConfigFile, parseConfig } from './config.ts';
import { type Env, ownSetting } from './env.ts';

/** Where the user's own file lives on this platform. */
const userConfigPath = (): string => join(envPaths('switchboard', { suffix: '' }).config, 'config.yaml');

const PROJECT_FILE = 'switchboard.yaml';

const absent = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');

async function read(path: string, trusted: boolean, required: boolean): Promise<ConfigFile[]> {
  try {
    return [{ path, trusted, text: await readFile(path, 'utf8') }];
  } catch (error) {
    if (!required && absent(error)) return [];
    const why = absent(error) ? 'there is no such file' : 'it cannot be read';
    throw new Failure('config', `${path}: ${why}; correct --config or SWITCHBOARD_CONFIG, or put the file there`, {
      cause: error,
    });
  }
}

export type LoadFrom = {
  env: Env;
  cwd: string;
  /** What `--config` named. */
  path?: string;
  /** What `--allow-dir` named. */
  allowDirs?: readonly string[];
};

/**
 * Reads the files that count and joins them with the environment: a file that the user named stands in for the project's.
 * Throws a `config` failure for a named file that is missing and for any file that is malformed.
 */
export async function loadConfig({ env, cwd, path, allowDirs = [] }: LoadFrom): Promise<Config> {
  const named = path ?? ownSetting(env, 'CONFIG');
  const user = await read(userConfigPath(), true, false);
  const other = named === undefined ? await read(join(cwd, PROJECT_FILE), false, false) : await read(named, true, true);
  const home = ownSetting(env, 'HOME') ?? envPaths('switchboard', { suffix: '' }).data;
  return parseConfig({ env, files: [...user, ...other], home, cwd, allowDirs });
}
