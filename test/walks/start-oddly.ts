import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { HELLO } from '../support/eras.ts';
import { type Home, makeHome, type Vars } from '../support/home.ts';
import { CLI } from '../support/process.ts';
import { type Surroundings, varsIn } from './surroundings.ts';

/** The time that a process may take here, in milliseconds; one that spins would never end. */
const PATIENCE_MS = 60_000;

/** The output of a process, and its exit code; null: it had to be ended. */
export type Outcome = { code: number | null; stdout: string; stderr: string };

/** In a folder that is removed before the program starts, which only a shell can arrange. */
const REMOVING = 'here=$(pwd) && rmdir "$here" && exec "$0" "$@"';

async function runIn(
  surroundings: Surroundings,
  home: Home,
  vars: Vars,
  args: readonly string[],
  input: string,
): Promise<Outcome> {
  const env = varsIn(surroundings, home, vars);
  const { removed } = surroundings;
  const [file, all] = removed
    ? ['/bin/sh', ['-c', REMOVING, process.execPath, CLI, ...args]]
    : [process.execPath, [CLI, ...args]];
  const child = spawn(file, all, { cwd: home.project, env });
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (text: string) => void (said[name] += text));
  const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
  child.stdin.on('error', () => undefined).end(input);
  await once(child, 'close');
  clearTimeout(timer);
  return { code: child.exitCode, ...said };
}

const line = (message: object): string => `${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`;

const call = (id: number, name: string, args: object): string =>
  line({ id, method: 'tools/call', params: { name, arguments: args } });

/** The lines of a host that greets, lists and asks; it goes away after that, and is answered all the same. */
const SESSION = [
  line({ id: 1, method: 'initialize', params: HELLO }),
  line({ method: 'notifications/initialized' }),
  call(2, 'list_models', { limit: 1 }),
  call(3, 'call_model', { prompt: 'Hi', model: 'openai/sim-1' }),
].join('');

/** A command and a server in odd surroundings, each from a home of its own. */
export async function startOddly(surroundings: Surroundings, vars: Vars): Promise<{ command: Outcome; server: Outcome }> {
  const runAfresh = async (args: readonly string[], input: string): Promise<Outcome> => {
    await using home = await makeHome();
    await surroundings.prepare?.(home);
    try {
      return await runIn(surroundings, home, vars, args, input);
    } finally {
      await rm(home.path, { recursive: true, force: true });
    }
  };
  const command = runAfresh(['call', '-m', 'openai/sim-1', 'Hi'], '');
  return { command: await command, server: await runAfresh([], SESSION) };
}
