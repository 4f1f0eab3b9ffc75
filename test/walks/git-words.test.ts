import { appendFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { troubleIn, wordsOf } from '../../src/context/git/words.ts';
import { openStage, type Stage } from '../context/stage.ts';

/** A repository with two commits on main and one on a branch that was made from the first. */
async function branched(): Promise<Stage> {
  const stage = await openStage();
  await stage.write('a.txt', 'one\n');
  await stage.commit();
  await stage.git('branch', 'side');
  await stage.write('a.txt', 'two\n');
  await stage.git('commit', '-qam', 'two');
  return stage;
}

/** Copies the last commits alone of both branches, as a build server does. */
async function shallowCopy(stage: Stage): Promise<string> {
  const copy = join(stage.home, 'copy');
  await mkdir(copy);
  const git = (...args: string[]) => stage.git('-C', copy, ...args);
  await git('init', '-q');
  await git('remote', 'add', 'origin', `file://${stage.project}`);
  await git('fetch', '-q', '--depth', '1', 'origin', 'main:refs/remotes/origin/main', 'side:refs/remotes/origin/side');
  await git('checkout', '-qb', 'side', 'origin/side');
  return copy;
}

const said = async (stage: Stage, gitDiff: string, root = stage.project): Promise<string> => {
  const { failure, gathered } = await stage.ask({ gitDiff }, { roots: [root] });
  return failure?.message ?? JSON.stringify(gathered?.leftOut);
};

describe('why git compares nothing', () => {
  it('is that a shallow checkout has no common ancestor, and what helps is said', async () => {
    await using stage = await branched();
    const copy = await shallowCopy(stage);
    expect(await said(stage, 'origin/main...HEAD', copy)).toBe(
      'git_diff: "origin/main...HEAD" has no common ancestor here, because this checkout is shallow (1 commit): git fetch --unshallow brings the rest of the history (in CI: a checkout with fetch-depth: 0), or write "origin/main..HEAD" to compare the two as they are',
    );
    expect(await said(stage, 'HEAD~1', copy)).toMatch(
      /is no commit of this repository: .+ This checkout is shallow \(1 commit\)/,
    );
    expect(await said(stage, 'main', copy)).toMatch(/a commit or branch such as origin\/main/);
    expect(await said(stage, 'origin/main..HEAD', copy)).not.toMatch(/git_diff/);
  });

  it('is that two histories have nothing in common', async () => {
    await using stage = await branched();
    await stage.git('checkout', '-q', '--orphan', 'other');
    await stage.git('commit', '-qm', 'three');
    expect(await said(stage, 'main...HEAD')).toMatch(
      /"main\.\.\.HEAD" has no common ancestor here, because their histories are unrelated: write/,
    );
  });

  it('is what git says of a revision', async () => {
    await using stage = await branched();
    expect(await said(stage, 'main@{u}')).toMatch(/\(git says: “no upstream configured for branch 'main'”\): write working/);
    expect(await said(stage, 'HEAD^{tree}')).toMatch(/git says: “.*expected commit type/);
    expect(await said(stage, 'f'.repeat(40))).toMatch(/the commit that it names is not in this copy of it/);
    await writeFile(join(stage.project, '.git/refs/heads/broken'), `${'1'.repeat(40)}\n`);
    expect(await said(stage, 'broken')).toMatch(/the commit that it names is not in this copy of it/);
    const tree = await stage.git('rev-parse', 'HEAD^{tree}');
    expect(await said(stage, tree)).toMatch(/expected commit type|it names a tree/);
  });

  it.each<[string, (stage: Stage) => Promise<unknown>, RegExp, string?]>([
    [
      'a damaged index',
      (stage) => writeFile(join(stage.project, '.git/index'), 'bad'),
      /because the index of the work tree is damaged \(git says: “.*index file smaller than expected”\): git status says more/,
      'working',
    ],
    [
      'settings that cannot be read',
      (stage) => appendFile(join(stage.project, '.git/config'), '[bad'),
      /because its settings cannot be read \(git says: “bad config line \d+ in file/,
    ],
    [
      'a repository of a newer git',
      async (stage) => {
        await stage.git('config', 'core.repositoryFormatVersion', '1');
        await stage.git('config', 'extensions.foo', 'true');
      },
      /because the repository was made by a newer git .*git says: “unknown repository extension found: foo”/,
    ],
    ['a bare repository', (stage) => stage.git('config', 'core.bare', 'true'), /it is a bare repository, which has no files/],
    [
      'a .git that leads nowhere',
      async (stage) => {
        await rm(join(stage.project, '.git'), { recursive: true });
        await writeFile(join(stage.project, '.git'), 'gitdir: /nowhere\n');
      },
      /its \.git leads to no repository.*git says: “not a git repository: \/nowhere”/,
    ],
    [
      'an object that is missing',
      async (stage) => {
        const blob = await stage.git('rev-parse', 'HEAD:a.txt');
        await rm(join(stage.project, `.git/objects/${blob.slice(0, 2)}/${blob.slice(2)}`));
      },
      /missing in the repository or damaged \(git says: “unable to read [0-9a-f]{40}”\): git fsck says more/,
    ],
  ])('is %s', async (_, breakIt, says, gitDiff = 'HEAD~1..HEAD') => {
    await using stage = await branched();
    await breakIt(stage);
    expect(await said(stage, gitDiff)).toMatch(says);
  });

  it('is told in git’s own words where they are not known, bounded and on one line', () => {
    expect(troubleIn(`fatal: some\tnew\u001b[2J trouble ${'x'.repeat(500)}\n`).what).toMatch(
      /^git says: “some new \[2J trouble x+…”$/,
    );
    expect(troubleIn('')).toMatchObject({ what: 'git says nothing of why' });
    expect(wordsOf("fatal: bad boolean config value 'hunter2' for 'core.bare'\n")).toBe(
      "bad boolean config value '…' for 'core.bare'",
    );
    expect(wordsOf('hint: a\nwarning: b\nerror: c\nfatal: d\n\te\nf\n')).toBe('d e');
  });
});
