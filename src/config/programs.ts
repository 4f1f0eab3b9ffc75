import { expandPath, variableIn } from '../core/expand-path.ts';
import type { Programs } from '../core/programs.ts';
import type { Env } from './env.ts';

/** What Windows takes for programs where nothing says what it takes. */
const ENDINGS = '.COM;.EXE;.BAT;.CMD';

type Around = { platform: NodeJS.Platform; env: Env; home: string; project: string };

/** Where the user's programs are looked for, by the environment. Pure. */
export const programsOf = ({ platform, env, home, project }: Around): Programs => ({
  platform,
  path: variableIn(env, 'PATH') ?? '',
  endings: (variableIn(env, 'PATHEXT') ?? ENDINGS).split(';').filter((ending) => /^\.\w+$/.test(ending)),
  shell: variableIn(env, 'ComSpec') ?? 'cmd.exe',
  expand: (path) => expandPath(path, { env, home }),
  home,
  project,
});
