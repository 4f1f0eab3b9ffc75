import { execFile } from 'node:child_process';
import { realpath } from 'node:fs/promises';
import { delimiter, isAbsolute, parse } from 'node:path';
import { within } from '../../core/within.ts';

/**
 * What git gave back. `cut`: it had more to say than was let through, or took too long; `lossy`: not all of it was UTF-8; `bytes`:
 * the same as `out` before it was read.
 */
export type Said = { ok: boolean; out: string; bytes: Buffer; error: string; lossy: boolean; cut?: 'size' | 'time' };

/** Runs git in a repository. Whoever asks judges what came back; it throws only when the call that it is for is over. */
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
  // A list of packs, which may name some that lie elsewhere.
  'core.multiPackIndex': 'false',
  // A work file is taken for what the index says of it only where all of its dates, numbers and owners agree.
  'core.checkStat': 'default',
  'core.trustctime': 'true',
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

/** A setting and its value; some may be given more than once. */
export type Setting = readonly [key: string, value: string];

// As variables and not as -c: there, a name that holds a "=" (as a filter's may) would be cut in two.
function settings(more: readonly Setting[]): Record<string, string> {
  const all: readonly Setting[] = [...Object.entries(SETTINGS), ...more];
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

/** A git that is run with `before` in front of its arguments and with `env` alone. `cwd`: the disk's top, because Windows looks for programs in the folder that it is in. */
function running(before: readonly string[], env: NodeJS.ProcessEnv, cwd: string, signal: AbortSignal | undefined): Git {
  return (args, maxBytes = MAX_BYTES) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const options = {
        cwd,
        env,
        encoding: 'buffer',
        maxBuffer: maxBytes,
        timeout: MAX_MS,
        killSignal: 'SIGKILL',
        windowsHide: true,
        ...(signal && { signal }),
      } as const;
      const child = execFile('git', [...before, ...args], options, (error, bytes, stderr) => {
        if (signal?.aborted) return reject(signal.reason);
        const cut = codeOf(error) === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER' ? 'size' : killed(error) ? 'time' : undefined;
        const out = bytes.toString('utf8');
        const lossy = out.includes('\uFFFD') && !Buffer.from(out).equals(bytes);
        const said = codeOf(error) === 'ENOENT' || codeOf(error) === 'EACCES' ? 'ENOENT' : stderr.toString('utf8');
        resolve({ ok: error === null, out, bytes, error: said, lossy, ...(cut && { cut }) });
      });
      child.stdin?.end();
    });
}

/**
 * Where git is found, whose settings are the user's, and the roots, from which neither may come. `configHome`: the folder of the
 * user's settings, where the environment names another than `.config`; `signal`: ends what runs.
 */
export type Surroundings = {
  path: string;
  home: string;
  roots: readonly string[];
  configHome?: string;
  signal?: AbortSignal;
};

/** A git for the work tree at `top`. `more`: settings over those of the repository. */
export async function gitAt(top: string, { path, roots, signal }: Surroundings, more: readonly Setting[] = []): Promise<Git> {
  const env = {
    PATH: await safePath(path, roots),
    ...VARIABLES,
    GIT_CEILING_DIRECTORIES: parse(top).dir,
    ...settings(more),
  };
  return running(['--no-pager', '-C', top], env, parse(top).root, signal);
}

/** A git that sees the settings of the user and of the machine, for `git config` alone: that reads files and runs nothing. */
export async function userGit({ path, home, roots, configHome, signal }: Surroundings): Promise<Git> {
  const own = { HOME: home, ...(configHome !== undefined && { XDG_CONFIG_HOME: configHome }) };
  const env = { PATH: await safePath(path, roots), ...own, LC_ALL: 'C', GIT_TERMINAL_PROMPT: '0' };
  return running(['--no-pager', 'config', '--null'], env, parse(home).root, signal);
}
