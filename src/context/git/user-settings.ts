import { isAbsolute, join } from 'node:path';
import { type Setting, type Surroundings, userGit } from './git.ts';

/**
 * Some of the user's own git settings: the line endings of work files, whose repositories are trusted, and the file that says what
 * is ignored in all repositories.
 */
export type UserSettings = { endings: readonly Setting[]; trust: readonly Setting[]; ignores: readonly Setting[] };

const WANTED = String.raw`^(core\.autocrlf|core\.excludesfile|safe\.directory)$`;
const AUTOCRLF = /^(?:true|false|input|yes|no|on|off|1|0)$/i;

/** The file that git takes for the user's own ignore rules where no setting names one. */
export const usualIgnoreFile = ({ home, configHome }: Pick<Surroundings, 'home' | 'configHome'>): string =>
  join(configHome ?? join(home, '.config'), 'git', 'ignore');

/** Reads these settings, first the machine's and then the user's, which count more. No other setting of theirs is used. */
export async function userSettings(around: Surroundings): Promise<UserSettings> {
  if (around.home === '') return { endings: [], trust: [], ignores: [] };
  const git = await userGit(around);
  const [machine, user] = await Promise.all(
    ['--system', '--global'].map((scope) => git([scope, '--includes', '--type=path', '--get-regexp', WANTED])),
  );
  const all = [machine, user].flatMap((said) => (said?.ok ? said.out.split('\0') : [])).map((row) => row.split('\n'));
  const valuesOf = (key: string): string[] => all.flatMap(([name, ...value]) => (name === key ? [value.join('\n')] : []));
  const endings = valuesOf('core.autocrlf')
    .filter((value) => AUTOCRLF.test(value))
    .slice(-1);
  const ignores = [valuesOf('core.excludesfile').at(-1) ?? usualIgnoreFile(around)].filter((file) => isAbsolute(file));
  return {
    endings: endings.map((value) => ['core.autocrlf', value]),
    trust: valuesOf('safe.directory').map((value) => ['safe.directory', value]),
    ignores: ignores.map((file) => ['core.excludesFile', file]),
  };
}
