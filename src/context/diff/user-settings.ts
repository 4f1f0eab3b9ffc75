import { type Setting, type Surroundings, userGit } from './git.ts';

/** What of the user's own git settings a diff depends on: the line endings of work files, and whose repositories are trusted. */
export type UserSettings = { endings: readonly Setting[]; trust: readonly Setting[] };

const WANTED = String.raw`^(core\.autocrlf|safe\.directory)$`;
const AUTOCRLF = /^(?:true|false|input|yes|no|on|off|1|0)$/i;

/** Reads these two settings, first the machine's and then the user's, which count more. No other setting reaches a diff. */
export async function userSettings(around: Surroundings): Promise<UserSettings> {
  if (around.home === '') return { endings: [], trust: [] };
  const git = await userGit(around);
  const [machine, user] = await Promise.all(
    ['--system', '--global'].map((scope) => git([scope, '--includes', '--type=path', '--get-regexp', WANTED])),
  );
  const all = [machine, user].flatMap((said) => (said?.ok ? said.out.split('\0') : [])).map((row) => row.split('\n'));
  const valuesOf = (key: string): string[] => all.flatMap(([name, ...value]) => (name === key ? [value.join('\n')] : []));
  const endings = valuesOf('core.autocrlf')
    .filter((value) => AUTOCRLF.test(value))
    .slice(-1);
  return {
    endings: endings.map((value) => ['core.autocrlf', value]),
    trust: valuesOf('safe.directory').map((value) => ['safe.directory', value]),
  };
}
