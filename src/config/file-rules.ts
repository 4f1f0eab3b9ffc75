import { defined } from '../core/defined.ts';
import { expandPath, variableIn } from '../core/expand-path.ts';
import { type Env, firstSet } from './env.ts';
import type { ConfigValues } from './schema.ts';

/** What may be sent from the machine, and where the machine's folders are. */
export type FileRules = {
  /** `--allow-dir`. */
  flagDirs: readonly string[];
  /** `files.allow_dirs`. */
  allowDirs: readonly string[];
  /** The largest file that is read. */
  maxBytes: number;
  onSecret: 'redact' | 'refuse';
  cwd: string;
  home: string;
  /** The folder of the user's settings, where the environment names one. */
  configHome?: string;
  /** Where programs (git) are found. */
  path: string;
  /** The host's workspace, where its environment names it. */
  projectDir?: string;
};

type Place = { env: Env; home: string; cwd: string; allowDirs: readonly string[] };

export function filesOf({ files = {} }: ConfigValues, { env, home, cwd, allowDirs }: Place): FileRules {
  const expanded = (folders: readonly string[]) => folders.map((folder) => expandPath(folder, { env, home }));
  return {
    flagDirs: expanded(allowDirs),
    allowDirs: expanded(files.allow_dirs ?? []),
    maxBytes: Math.floor((files.max_mb ?? 5) * 1_048_576),
    onSecret: files.on_secret ?? 'redact',
    cwd,
    home,
    path: variableIn(env, 'PATH') ?? '',
    ...defined({
      configHome: firstSet(env, ['XDG_CONFIG_HOME'])?.value,
      projectDir: firstSet(env, ['CLAUDE_PROJECT_DIR'])?.value,
    }),
  };
}
