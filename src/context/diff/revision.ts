import { Failure } from '../../core/errors.ts';
import type { Git } from '../git/git.ts';
import { hasCommit, noCommit } from './no-commit.ts';

/** What is compared with what: arguments for `git diff` that hold no word of the caller's, and what to call it. */
export type Comparison = {
  args: readonly string[];
  label: string;
  /** Whether files of the work tree are compared. */ working: boolean;
};

// Whatever a branch or tag may be called, and ~ and ^ count back. No "-" in front (an option), no ":" (a file of a commit).
const REVISION = /^(?!-)[^:\s\p{Cc}]{1,200}$/u;

/** A revision as the full name of its commit, so that nothing of what was written reaches another command. */
async function commit(git: Git, revision: string): Promise<string> {
  const said = REVISION.test(revision)
    ? await git(['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`])
    : undefined;
  const name = said?.out.trim() ?? '';
  if (said?.ok === true && /^[0-9a-f]{40,64}$/.test(name)) return name;
  throw await noCommit(git, revision, said);
}

const RANGE = /^(.*?)(\.{2,3})(.*)$/;

/** The name of the tree without files, which git knows without having it. It depends on how the repository hashes. */
async function emptyTree(git: Git): Promise<string> {
  const { ok, out } = await git(['hash-object', '-t', 'tree', '--stdin']);
  if (ok && /^[0-9a-f]{40,64}$/.test(out.trim())) return out.trim();
  throw new Failure('input', 'git_diff failed before the first commit: write staged, or pass files');
}

/** The comparison that `git_diff` asks for. */
export async function comparison(git: Git, asked: string): Promise<Comparison> {
  const said = asked.trim();
  if (said === 'staged') return { args: ['--cached'], label: 'staged changes', working: false };
  if (['working', 'HEAD', '@'].includes(said) && !(await hasCommit(git)))
    return { args: [await emptyTree(git)], label: 'changes before the first commit', working: true };
  if (said === 'working') return { args: ['HEAD'], label: 'changes since the last commit', working: true };
  const [, from, dots, to] = RANGE.exec(said) ?? [];
  if (from === undefined || dots === undefined || to === undefined) {
    return { args: [await commit(git, said)], label: `changes since ${said}`, working: true };
  }
  const [a, b] = [await commit(git, from === '' ? 'HEAD' : from), await commit(git, to === '' ? 'HEAD' : to)];
  return { args: [`${a}${dots}${b}`], label: `changes in ${said}`, working: false };
}
