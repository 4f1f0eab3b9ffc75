import { expandPath, variableIn } from '../core/expand-path.ts';
import type { Programs } from '../core/programs.ts';
import type { Env } from './env.ts';

/** The endings of programs on Windows, if `PATHEXT` does not say them. */
const ENDINGS = '.COM;.EXE;.BAT;.CMD';

type Around = { platform: NodeJS.Platform; env: Env; home: string; project: string };

/** Reads from the environment where the user's programs are looked for. Pure. */
export const programsOf = ({ platform, env, home, project }: Around): Programs => ({
  platform,
  path: variableIn(env, 'PATH') ?? '',
  endings: (variableIn(env, 'PATHEXT') ?? ENDINGS).split(';').filter((ending) => /^\.\w+$/.test(ending)),
  shell: variableIn(env, 'ComSpec') ?? 'cmd.exe',
  expand: (path) => expandPath(path, { env, home }),
  home,
  project,
});
