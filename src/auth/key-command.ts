import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { keyIn, wrongWithKey } from '../core/copied.ts';
import { Failure } from '../core/errors.ts';
import type { Programs } from '../core/programs.ts';
import { Secret } from '../core/secret.ts';
import { findProgram, startOf } from './find-program.ts';

const run = promisify(execFile);

/** A password manager may ask its owner; it gets this long, in milliseconds. */
const PATIENCE_MS = 60_000;

/** The key that a program prints (`op read op://…`). Nothing that it prints is ever shown. */
export async function keyFrom(command: readonly string[], title: string, programs: Programs): Promise<Secret> {
  const [written = '', ...rest] = command;
  const program = programs.expand(written);
  const what = `The key_command for ${title}`;
  const { file, args, verbatim } = startOf(await findProgram(program, programs, what), rest, programs, what);
  let key = '';
  try {
    const { stdout } = await run(file, args, {
      timeout: PATIENCE_MS,
      maxBuffer: 65_536,
      windowsHide: true,
      windowsVerbatimArguments: verbatim,
      // The program may look for others where it is started, and a repository may have some.
      ...(programs.home === '' ? {} : { cwd: programs.home }),
    });
    key = keyIn(stdout);
  } catch {
    // The error holds what the program printed, which may be the key: it is not passed on.
    throw new Failure('auth', `The key_command for ${title} failed: run ${program} by hand to see why`);
  }
  if (wrongWithKey(key) === undefined) return new Secret(key);
  throw new Failure(
    'auth',
    `The key_command for ${title} printed ${key === '' ? 'nothing' : 'something that is no key (several lines, spaces or typographic quotes)'}: run ${program} by hand to see why`,
  );
}
