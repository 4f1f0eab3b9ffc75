import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gather, type Gathered, type Rules, type Trial, type Wanted } from '../../src/context/gather.ts';
import { Failure } from '../../src/core/errors.ts';
import { makeHome } from '../support/home.ts';

/** What must never leave. Whoever finds it in what came back has found a leak. */
export const CANARY = 'canary-7f3a-of-the-outside';

/** What a call came to: the account of what is sent, or a failure that we authored; and all of it as one text. */
type Outcome = { gathered?: Gathered; failure?: Failure; all: string };

/** A project of an invented user, and a secret beside it. */
export type Stage = AsyncDisposable & {
  home: string;
  /** The one root. */
  project: string;
  /** A file outside of the root that holds the canary. */
  outside: string;
  /** Writes a file of the project. */
  write(name: string, content: string | Buffer): Promise<string>;
  git(...args: string[]): Promise<string>;
  /** Makes the project a repository with one commit of all that is there. */
  commit(): Promise<void>;
  ask(wanted: Wanted, rules?: Partial<Rules> & Trial): Promise<Outcome>;
  /** What is given, or throws what it failed with. */
  get(wanted: Wanted, rules?: Partial<Rules> & Trial): Promise<Gathered>;
};

/** Four characters a token. */
const estimate = (text: string): number => Math.ceil(text.length / 4);

const decoded = ({ parts }: Gathered): string =>
  parts.map((part) => ('data' in part ? Buffer.from(part.data, 'base64').toString('latin1') : '')).join('\n');

export async function openStage(): Promise<Stage> {
  const home = await makeHome();
  const { path, project } = home;
  const outside = await home.write('outside/secret.txt', `${CANARY}\n`);
  const env = {
    ...home.env(),
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_DATE: '2026-01-01T00:00Z',
    GIT_COMMITTER_DATE: '2026-01-01T00:00Z',
  };
  const who = ['-c', 'user.name=a', '-c', 'user.email=a@b.c', '-c', 'init.defaultBranch=main', '-c', 'core.hooksPath=/dev/null'];
  const git = async (...args: string[]): Promise<string> =>
    (await promisify(execFile)('git', [...who, ...args], { cwd: project, env })).stdout.trim();
  const get = (wanted: Wanted, { bounds, step, ...rules }: Partial<Rules> & Trial = {}): Promise<Gathered> =>
    gather(
      wanted,
      {
        roots: [project],
        maxTokens: 100_000,
        estimate,
        onSecret: 'redact',
        path: process.env['PATH'] ?? '',
        ...rules,
      },
      { ...(bounds && { bounds }), ...(step && { step }) },
    );
  return {
    home: path,
    project,
    outside,
    get,
    git,
    async commit() {
      await git('init', '-q');
      await git('add', '-A');
      await git('commit', '-q', '-m', 'one');
    },
    async write(name, content) {
      const file = join(project, name);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, content);
      return file;
    },
    async ask(wanted, rules) {
      try {
        const gathered = await get(wanted, rules);
        return { gathered, all: JSON.stringify(gathered) + decoded(gathered) };
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        return {
          failure: error,
          all: `${error.message} ${String(error.stack)} ${JSON.stringify(error.facts)} ${String(error.cause)}`,
        };
      }
    },
    [Symbol.asyncDispose]: () => home[Symbol.asyncDispose](),
  };
}
