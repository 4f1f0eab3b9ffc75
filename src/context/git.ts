import { execFile } from 'node:child_process';
import { realpath } from 'node:fs/promises';
import { delimiter, isAbsolute, parse } from 'node:path';
import { within } from './gate.ts';

/** What git gave back. `cut`: it had more to say than was let through, or took too long. */
export type Said = { ok: boolean; out: string; error: string; cut?: 'size' | 'time' };

/** Runs git in a repository and never fails: whoever asks judges what came back. */
export type Git = (args: readonly string[], maxBytes?: number) => Promise<Said>;

const MAX_BYTES = 4_000_000;
const MAX_MS = 10_000;

/** Settings that could start a program, read elsewhere or change what a diff looks like, whatever the repository says of them. */
const SETTINGS: Readonly<Record<string, string>> = {
  'core.fsmonitor': 'false',
  'core.hooksPath': '/dev/null',
  'core.pager': 'cat',
  'core.sshCommand': 'false',
  'core.askPass': '',
  'core.attributesFile': '/dev/null',
  'core.excludesFile': '/dev/null',
  'core.untrackedCache': 'false',
  'core.quotePath': 'false',
  // Larger files are compared as binaries and not read into memory.
  'core.bigFileThreshold': '20m',
  'credential.helper': '',
  'diff.external': '',
  'diff.orderFile': '/dev/null',
  'diff.suppressBlankEmpty': 'false',
  'diff.submodule': 'short',
  'submodule.recurse': 'false',
  'protocol.allow': 'never',
  'safe.bareRepository': 'explicit',
};

/** Nothing of the user's environment but where programs are; nothing is fetched, asked, locked or written. */
const VARIABLES: Readonly<Record<string, string>> = {
  LC_ALL: 'C',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_SYSTEM: '/dev/null',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_ATTR_NOSYSTEM: '1',
  GIT_TERMINAL_PROMPT: '0',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_NO_LAZY_FETCH: '1',
  GIT_NO_REPLACE_OBJECTS: '1',
  GIT_ALLOW_PROTOCOL: 'none',
  GIT_PAGER: 'cat',
  GIT_EDITOR: 'false',
  GIT_ASKPASS: 'false',
  GIT_SSH_COMMAND: 'false',
  GIT_LITERAL_PATHSPECS: '1',
};

// As variables and not as -c: there, a name that holds a "=" (as a filter's may) would be cut in two.
function settings(more: Readonly<Record<string, string>>): Record<string, string> {
  const all = Object.entries({ ...SETTINGS, ...more });
  const pairs = all.flatMap(([key, value], index) => [
    [`GIT_CONFIG_KEY_${index}`, key],
    [`GIT_CONFIG_VALUE_${index}`, value],
  ]);
  return { GIT_CONFIG_COUNT: String(all.length), ...Object.fromEntries(pairs) };
}

/** Where programs are looked for: nowhere relative, and nowhere in a root, where a repository could bring a `git` of its own. */
async function safePath(path: string, roots: readonly string[]): Promise<string> {
  const entries = path.split(delimiter).filter((entry) => isAbsolute(entry));
  const real = await Promise.all(entries.map((entry) => realpath(entry).catch(() => '')));
  return entries
    .filter((_, index) => real[index] !== '' && !roots.some((root) => within(root, real[index] ?? '')))
    .join(delimiter);
}

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined);
const killed = (error: unknown): boolean => error instanceof Error && 'killed' in error && error.killed === true;

/** A git for the work tree at `top`. `overrides` are settings of the repository that are to be others. */
export async function gitAt(
  top: string,
  { path, roots }: { path: string; roots: readonly string[] },
  overrides: Readonly<Record<string, string>> = {},
): Promise<Git> {
  const env = {
    PATH: await safePath(path, roots),
    ...VARIABLES,
    GIT_CEILING_DIRECTORIES: parse(top).dir,
    ...settings(overrides),
  };
  return (args, maxBytes = MAX_BYTES) =>
    new Promise((resolve) => {
      // Started elsewhere, because Windows looks for programs where it stands.
      const options = {
        cwd: parse(top).root,
        env,
        maxBuffer: maxBytes,
        timeout: MAX_MS,
        killSignal: 'SIGKILL',
        windowsHide: true,
      } as const;
      const child = execFile('git', ['--no-pager', '-C', top, ...args], options, (error, out, stderr) => {
        const cut = codeOf(error) === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER' ? 'size' : killed(error) ? 'time' : undefined;
        resolve({ ok: error === null, out, error: codeOf(error) === 'ENOENT' ? 'ENOENT' : stderr, ...(cut && { cut }) });
      });
      child.stdin?.end();
    });
}
