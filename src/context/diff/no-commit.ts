import { Failure } from '../../core/errors.ts';
import { clip, count, list, oneLine, plural } from '../../core/text.ts';
import { shown } from '../gate/spelling.ts';
import type { Git, Said } from '../git/git.ts';
import { DEEPEN, quoted, wordsOf } from '../git/words.ts';

/** The most branches that an error lists, where the one that was asked for does not exist. */
const MOST_LISTED = 5;

/** The branches of the repository, the one with the latest commit first. */
async function branches(git: Git): Promise<string[]> {
  const { ok, out } = await git([
    'for-each-ref',
    '--sort=-committerdate',
    '--format=%(refname:short)',
    'refs/heads',
    'refs/remotes',
  ]);
  return ok ? out.split('\n').filter((name) => name !== '') : [];
}

/** Whether the branch that is checked out has a commit. One whose data is damaged counts: git says then what is wrong. */
export const hasCommit = async (git: Git): Promise<boolean> => (await git(['rev-parse', '--verify', '--quiet', 'HEAD'])).ok;

/** How many commits a shallow checkout has; undefined where the history is whole. */
export async function shallowCommits(git: Git): Promise<number | undefined> {
  if ((await git(['rev-parse', '--is-shallow-repository'])).out.trim() !== 'true') return undefined;
  return Number((await git(['rev-list', '--count', 'HEAD'])).out.trim()) || 0;
}

/** Why something that git can read as a revision is no commit; empty where nobody knows. */
async function reasonOf(git: Git, revision: string, { error }: Pick<Said, 'error'>): Promise<string> {
  const said = wordsOf(error);
  if (said !== '' && said !== 'Needed a single revision') return ` (${quoted(error)})`;
  const named = await git(['rev-parse', '--verify', '--quiet', '--end-of-options', revision]);
  const [hash = ''] = /^[0-9a-f]{40,64}/.exec(named.out) ?? [];
  if (named.ok && hash !== '') {
    const type = await git(['cat-file', '-t', hash]);
    return type.ok ? ` (it names a ${type.out.trim()})` : ' (the commit that it names is not in this copy of it)';
  }
  if (!/^[0-9a-f]{4,39}$/i.test(revision)) return '';
  const alike = (await git(['rev-parse', `--disambiguate=${revision}`])).out.split('\n').filter((line) => line !== '');
  return alike.length > 1 ? ` (it is short for ${count(alike.length)} objects: write more of it)` : '';
}

/** The failure for a revision that is no commit: why, and what can be written. `said`: by git, unless it cannot even be one. */
export async function noCommit(git: Git, revision: string, said: Said | undefined): Promise<Failure> {
  const [known, why, commits] = await Promise.all([
    branches(git),
    said === undefined ? '' : reasonOf(git, revision, said),
    shallowCommits(git),
  ]);
  const meant = known.filter((name) => name.endsWith(`/${revision}`));
  const names = [...new Set([...meant, ...known])].slice(0, MOST_LISTED).map((name) => clip(oneLine(name), 60));
  const like = names.length === 0 ? 'a commit or branch' : `a commit or branch such as ${list(names, 'or')}`;
  const from = names[0] ?? 'main';
  const instead = (await hasCommit(git))
    ? `write working, staged, ${like}, or a range like ${from}..HEAD or ${from}...HEAD`
    : `the branch that is checked out has no commit yet, so write working, staged or ${like}`;
  const deepen = commits === undefined ? '' : `. This checkout is shallow (${plural(commits, 'commit')}): ${DEEPEN}`;
  return new Failure('input', `git_diff: ${shown(revision)} is no commit of this repository${why}: ${instead}${deepen}`);
}
