import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Home, Vars } from './home.ts';
import { until } from './until.ts';

/** The program as it is published. `npm run build` makes it. */
export const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

export type Launch = {
  home: Home;
  args?: readonly string[];
  /** Added to the environment, which is otherwise empty. */
  vars?: Vars;
  /** Another build of the program. */
  cli?: string;
};

/** How a process ended, and all that it said. */
export type Ended = { code: number | null; signal: NodeJS.Signals | null; stdout: string; stderr: string };

/** A process that runs. `await using` ends it. */
export type Running = AsyncDisposable & {
  stdout(): string;
  stderr(): string;
  write(text: string | Uint8Array): void;
  closeStdin(): void;
  kill(signal: NodeJS.Signals): void;
  ended: Promise<Ended>;
  /** Resolves to what `pattern` finds on stderr, as soon as it does. */
  told(pattern: RegExp): Promise<RegExpExecArray>;
};

/** Starts the built program in a home's project. */
export function start({ home, args = [], vars, cli = CLI }: Launch): Running {
  const child = spawn(process.execPath, [cli, ...args], { cwd: home.project, env: home.env(vars) });
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => void (said[name] += text));
  }
  // A process that has gone does not read what is written to it.
  child.stdin.on('error', () => undefined);
  const ended = once(child, 'close').then((): Ended => ({ code: child.exitCode, signal: child.signalCode, ...said }));
  return {
    stdout: () => said.stdout,
    stderr: () => said.stderr,
    write: (text) => void child.stdin.write(text),
    closeStdin: () => void child.stdin.end(),
    kill: (signal) => void child.kill(signal),
    ended,
    told: (pattern) =>
      until(
        () => pattern.exec(said.stderr),
        () => `stderr to have ${pattern}, which has: ${said.stderr}`,
      ),
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** Runs the built program to its end. Without `stdin` it reads an empty one. */
export async function run({ stdin = '', ...launch }: Launch & { stdin?: string | Uint8Array }): Promise<Ended> {
  await using child = start(launch);
  if (stdin.length > 0) child.write(stdin);
  child.closeStdin();
  return await child.ended;
}
