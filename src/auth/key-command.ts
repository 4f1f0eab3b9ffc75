import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Failure } from '../core/errors.ts';
import { Secret } from '../core/secret.ts';

const run = promisify(execFile);

/** A password manager may ask its owner; it gets this long, in milliseconds. */
const PATIENCE_MS = 60_000;

/** The key that a program prints (`op read op://…`). No shell is involved, and nothing that it prints is ever shown. */
export async function keyFrom(command: readonly string[], title: string): Promise<Secret> {
  const [program = '', ...args] = command;
  try {
    const { stdout } = await run(program, args, { timeout: PATIENCE_MS, maxBuffer: 65_536, windowsHide: true });
    const key = stdout.trim();
    if (key !== '') return new Secret(key);
  } catch (error) {
    throw new Failure('auth', `The key_command for ${title} failed: run ${program} by hand to see why`, { cause: error });
  }
  throw new Failure('auth', `The key_command for ${title} printed nothing: run ${program} by hand to see why`);
}
