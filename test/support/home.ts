import { mkdtemp, mkdir, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ownClockVars } from './clock.ts';

/** Variables, by name. */
export type Vars = Record<string, string>;

/** An empty home of an invented user, with an empty project in it. */
export type Home = AsyncDisposable & {
  path: string;
  /** Where programs are run. */
  project: string;
  /** The whole environment of a program: where programs are, where home is, and what the test adds. */
  env(vars?: Vars): Vars;
  /** Writes a file, named from home. */
  write(name: string, text: string): Promise<string>;
};

/** Makes a home. `await using` removes it. */
export async function makeHome(): Promise<Home> {
  const path = await realpath(await mkdtemp(join(tmpdir(), 'switchboard-home-')));
  const project = join(path, 'project');
  await mkdir(project);
  return {
    path,
    project,
    env: (vars = {}) => ({ PATH: process.env['PATH'] ?? '', HOME: path, ...ownClockVars(), ...vars }),
    async write(name, text) {
      const file = join(path, name);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text);
      return file;
    },
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }),
  };
}
