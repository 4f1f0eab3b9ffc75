import type { Agent } from '../core/agent.ts';
import type { Env } from './env.ts';
import { firstSet } from './env.ts';
import type { AgentValues, ConfigValues } from './schema.ts';

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
  /** Where programs (git) are found. */
  path: string;
  /** The host's workspace, where its environment names it. */
  projectDir?: string;
};

export type ThreadRules = { keepMs: number; maxTurns: number; compactWith?: string };

const DAY_MS = 24 * 3_600_000;

export const asAgent = (name: string, values: AgentValues): Agent => ({
  name,
  ...(values.model === undefined ? {} : { model: values.model }),
  ...(values.system === undefined ? {} : { system: values.system }),
  ...(values.reasoning_effort === undefined ? {} : { effort: values.reasoning_effort }),
  ...(values.temperature === undefined ? {} : { temperature: values.temperature }),
  ...(values.max_tokens === undefined ? {} : { maxTokens: values.max_tokens }),
  ...(values.fallbacks === undefined ? {} : { fallbacks: values.fallbacks }),
  ...(values.files === undefined ? {} : { files: values.files }),
});

type Place = { env: Env; cwd: string; allowDirs: readonly string[] };

export function filesOf({ files = {} }: ConfigValues, { env, cwd, allowDirs }: Place): FileRules {
  const projectDir = firstSet(env, ['CLAUDE_PROJECT_DIR'])?.value;
  return {
    flagDirs: allowDirs,
    allowDirs: files.allow_dirs ?? [],
    maxBytes: Math.floor((files.max_mb ?? 5) * 1_048_576),
    onSecret: files.on_secret ?? 'redact',
    cwd,
    home: env['HOME'] ?? env['USERPROFILE'] ?? '',
    path: env['PATH'] ?? env['Path'] ?? '',
    ...(projectDir === undefined ? {} : { projectDir }),
  };
}

export const threadsOf = ({ threads = {} }: ConfigValues): ThreadRules => ({
  keepMs: (threads.keep_days ?? 30) * DAY_MS,
  maxTurns: threads.max_turns ?? 200,
  ...(threads.compact_with ? { compactWith: threads.compact_with } : {}),
});

export const hostsOf = ({ hosts = {} }: ConfigValues): Record<string, { resultChars?: number }> =>
  Object.fromEntries(
    Object.entries(hosts).map(([name, { result_chars }]) => [
      name,
      result_chars === undefined ? {} : { resultChars: result_chars },
    ]),
  );
