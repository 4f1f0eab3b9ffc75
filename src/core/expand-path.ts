import { ownEntry } from './own-entry.ts';

/** Where the parts of a path are looked up that stand for others. */
export type Surroundings = {
  env: Readonly<Record<string, string | undefined>>;
  /** The user's home folder; empty: nobody knows it. */
  home: string;
};

/** The ways in which shells, hosts and Windows write a variable: `$X`, `${X}`, `${env:X}`, `$env:X` and `%X%`. */
const VARIABLE = /\$\{(?:env:)?(\w+)\}|\$(?:env:)?(\w+)|%(\w+)%/gi;

/** What a path begins with when nobody has expanded it: a variable, `~`, or the home of somebody else. */
const LEFT = /^(?:\$\{[^}]*\}|\$(?:env:)?\w+|%\w+%|~[\w.-]*)(?=$|[/\\])/i;

/** The names under which one system or another keeps the home folder. */
const HOMES: ReadonlySet<string> = new Set(['HOME', 'USERPROFILE']);

/** The value of a variable, where it has one: Windows does not tell capitals from small letters. */
export function variableIn(env: Surroundings['env'], name: string): string | undefined {
  const exact = ownEntry(env, name);
  if (exact) return exact;
  const capitals = name.toUpperCase();
  return Object.entries(env).find(([key, value]) => key.toUpperCase() === capitals && value)?.[1];
}

const valueOf = (name: string, { env, home }: Surroundings): string | undefined =>
  variableIn(env, name) ?? (HOMES.has(name.toUpperCase()) && home !== '' ? home : undefined);

/**
 * A path as its writer meant it: with the home folder for `~` and with the values of variables that are set. Shells do this and
 * hosts do not, so the same text reaches us in both forms. What has no value stays as it was written.
 */
export function expandPath(written: string, around: Surroundings): string {
  const named = written.trim().replace(VARIABLE, (whole: string, ...groups: (string | undefined)[]) => {
    const name = groups.slice(0, 3).find((group) => group !== undefined);
    return (name === undefined ? undefined : valueOf(name, around)) ?? whole;
  });
  return around.home !== '' && /^~(?=$|[/\\])/.test(named) ? around.home + named.slice(1) : named;
}

/** The beginning of a path that stands for another folder and has no value: it would make a folder of that very name. */
export const unexpandedIn = (path: string): string | undefined => LEFT.exec(path)?.[0];
