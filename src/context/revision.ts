import { Failure } from '../core/errors.ts';
import type { Git } from './git.ts';
import { shown } from './spelling.ts';

/** What is compared with what: arguments for `git diff` that hold no word of the caller's, and what to call it. */
export type Comparison = {
  args: readonly string[];
  label: string;
  /** Whether files of the work tree are compared. */ working: boolean;
};

// Whatever a branch or tag may be called, and ~ and ^ count back. No "-" in front (an option), no ":" (a file of a commit).
const REVISION = /^(?!-)[^:\s\p{Cc}]{1,200}$/u;

const expected = 'write working, staged, a commit or branch like main, or a range like main..HEAD or main...HEAD';

/** A revision as the full name of its commit, so that nothing of what was written reaches another command. */
async function commit(git: Git, revision: string): Promise<string> {
  const { ok, out } = REVISION.test(revision)
    ? await git(['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`])
    : { ok: false, out: '' };
  const name = out.trim();
  if (ok && /^[0-9a-f]{40,64}$/.test(name)) return name;
  throw new Failure('input', `git_diff: ${shown(revision)} is no commit of this repository: ${expected}`);
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
