import { Failure } from '../../core/errors.ts';
import { clip, list, oneLine } from '../../core/text.ts';
import { shown } from '../gate/spelling.ts';
import type { Git } from './git.ts';

/** What is compared with what: arguments for `git diff` that hold no word of the caller's, and what to call it. */
export type Comparison = {
  args: readonly string[];
  label: string;
  /** Whether files of the work tree are compared. */ working: boolean;
};

// Whatever a branch or tag may be called, and ~ and ^ count back. No "-" in front (an option), no ":" (a file of a commit).
const REVISION = /^(?!-)[^:\s\p{Cc}]{1,200}$/u;

/** So many branches are named to whoever named one that is not there. */
const NAMED = 5;

/** The branches of the repository, the one that was worked on last first. */
async function branches(git: Git): Promise<string[]> {
  const order = [`--count=${NAMED}`, '--sort=-committerdate', '--format=%(refname:short)'];
  const { ok, out } = await git(['for-each-ref', ...order, 'refs/heads', 'refs/remotes']);
  return ok ? out.split('\n').filter((name) => name !== '') : [];
}

async function noCommit(git: Git, revision: string): Promise<Failure> {
  const [some, known] = ['a commit or branch', await branches(git)];
  const like =
    known.length === 0
      ? some
      : `${some} such as ${list(
          known.map((name) => clip(oneLine(name), 60)),
          'or',
        )}`;
  const from = known[0] ?? 'main';
  return new Failure(
    'input',
    `git_diff: ${shown(revision)} is no commit of this repository: write working, staged, ${like}, or a range like ${from}..HEAD or ${from}...HEAD`,
  );
}

/** A revision as the full name of its commit, so that nothing of what was written reaches another command. */
async function commit(git: Git, revision: string): Promise<string> {
  const { ok, out } = REVISION.test(revision)
    ? await git(['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`])
    : { ok: false, out: '' };
  const name = out.trim();
  if (ok && /^[0-9a-f]{40,64}$/.test(name)) return name;
  throw await noCommit(git, revision);
}

const RANGE = /^(.*?)(\.{2,3})(.*)$/;

/** The comparison that `git_diff` asks for. */
export async function comparison(git: Git, said: string): Promise<Comparison> {
  const born = (await git(['rev-parse', '--verify', '--quiet', 'HEAD^{commit}'])).ok;
  // Before the first commit there is nothing to compare with but what was staged.
  if (said === 'staged' || (said === 'working' && !born)) return { args: ['--cached'], label: 'staged changes', working: false };
  if (said === 'working') return { args: ['HEAD'], label: 'changes since the last commit', working: true };
  const [, from, dots, to] = RANGE.exec(said) ?? [];
  if (from === undefined || dots === undefined || to === undefined) {
    return { args: [await commit(git, said)], label: `changes since ${said}`, working: true };
  }
  const [a, b] = [await commit(git, from === '' ? 'HEAD' : from), await commit(git, to === '' ? 'HEAD' : to)];
  return { args: [`${a}${dots}${b}`], label: `changes in ${said}`, working: false };
}
