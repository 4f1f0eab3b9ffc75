import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Vars } from '../support/home.ts';
import type { Ended } from '../support/process.ts';

export type Surroundings = {
  /** The whole environment. */
  env: Vars;
  cwd: string;
  timeoutMs: number;
};

/** Ends a program and all that it started, which share its process group; there may be nobody left. */
function endGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has gone by itself.
  }
}

/** Runs a program to its end, without input. Whatever it leaves behind, and whatever lasts too long, is ended. */
export async function runProgram(
  command: string,
  args: readonly string[],
  { env, cwd, timeoutMs }: Surroundings,
): Promise<Ended> {
  const child = spawn(command, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => void (said[name] += text));
  }
  const { pid } = child;
  const end = () => pid !== undefined && endGroup(pid);
  const timer = setTimeout(end, timeoutMs);
  try {
    await once(child, 'close');
  } finally {
    clearTimeout(timer);
    end();
  }
  return { code: child.exitCode, signal: child.signalCode, ...said };
}
