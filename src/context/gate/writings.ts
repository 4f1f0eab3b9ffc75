import { sep } from 'node:path';
import { expandPath } from '../../core/expand-path.ts';

/** What writes paths here: the kind of system, and where the user's home is. */
export type Here = { windows?: boolean; home?: string | undefined };

const WINDOWS = sep === '\\';

/** Ways to write a path that another way stands for; each is tried after the path as it stands, because a file may be called anything. */
type Way = { on?: 'windows' | 'others'; form: RegExp; means: (found: RegExpExecArray) => string | undefined };

/** The path in a `file:` address: `file:///home/me/a%20b.ts`, `file://localhost/…`, `file:///C:/…`. */
function fromAddress(said: string): string | undefined {
  const [, path = ''] = /^file:(?:\/\/(?:localhost)?(?=\/))?(.+)$/i.exec(said) ?? [];
  // The path of another machine.
  if (path === '' || path.startsWith('//')) return undefined;
  try {
    return decodeURIComponent(path).replace(/^\/(?=[a-z]:\/)/i, '');
  } catch {
    return undefined;
  }
}

const WAYS: readonly Way[] = [
  { form: /^\s+|\s+$/, means: ({ input }) => input.trim() },
  { form: /^(["'`])(.+)\1$/s, means: ([, , inside]) => inside },
  { form: /^file:./i, means: ({ input }) => fromAddress(input) },
  // Hosts let people write @src/a.ts for a file.
  { form: /^@(.+)$/s, means: ([, path]) => path },
  { on: 'others', form: /^([a-z]):[\\/](.*)$/is, means: ([, drive = '', path]) => `/mnt/${drive.toLowerCase()}/${path}` },
  { on: 'windows', form: /^\/(?:mnt\/|cygdrive\/)?([a-z])\/(.*)$/is, means: ([, drive, path]) => `${drive}:/${path}` },
  { form: /\\/, means: ({ input }) => input.replaceAll('\\', '/') },
];

/** More ways to write one path are not followed. */
const MOST_WAYS = 12;

/** The paths that something said can mean, as it stands first: `@src\a.ts` is `src/a.ts` where no file has that very name. Pure. */
export function writingsOf(said: string, { windows = WINDOWS, home = '' }: Here = {}): string[] {
  const all = [said];
  for (const one of all) {
    const others = WAYS.filter(({ on }) => on === undefined || (on === 'windows') === windows).map(({ form, means }) => {
      const found = form.exec(one);
      return found === null ? undefined : means(found);
    });
    for (const other of [...others, expandPath(one, { env: {}, home })])
      if (other !== undefined && other !== '' && !all.includes(other) && all.length < MOST_WAYS) all.push(other);
  }
  return all;
}

/** Whether something said names a file, and neither data nor an address of the network. */
export const namesFile = (said: string): boolean => !/^\s*(?:data:|(?!file:)[a-z][a-z0-9+.-]+:\/\/)/i.test(said);
