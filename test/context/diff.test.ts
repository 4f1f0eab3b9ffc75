import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openStage, type Stage } from './stage.ts';

/** A repository with two commits on main, a branch from the first, and changes in the index and the work tree. */
async function repository(): Promise<Stage> {
  const stage = await openStage();
  await stage.write('a.ts', 'one\ntwo\nthree\n');
  await stage.write('b.ts', 'b\n');
  await stage.commit();
  await stage.git('branch', 'side');
  await stage.write('a.ts', 'one\n2\nthree\n');
  await stage.git('commit', '-qam', 'two');
  await stage.write('b.ts', 'staged\n');
  await stage.git('add', 'b.ts');
  await stage.write('a.ts', 'one\n2\nthree\nunstaged\n');
  await stage.write('new.ts', 'untracked\n');
  return stage;
}

describe('a diff in a call', () => {
  it('reads like this', async () => {
    await using stage = await repository();
    const { text, sent, leftOut } = await stage.get({ gitDiff: 'working' });
    expect(text).toMatchInlineSnapshot(`
      "Files and changes from the user. Lines are numbered; cite them as path:line.

      Diff: changes since the last commit

      diff --git a/a.ts b/a.ts
      --- a/a.ts
      +++ b/a.ts
      @@ -1,3 +1,4 @@
       one
       2
       three
      +unstaged

      diff --git a/b.ts b/b.ts
      --- a/b.ts
      +++ b/b.ts
      @@ -1,1 +1,1 @@
      -b
      +staged

      Not included:
      - git_diff: 1 untracked file not in a diff (new.ts): name them in files"
    `);
    expect(sent).toMatchObject([
      { what: 'diff', path: 'a.ts', root: stage.project },
      { what: 'diff', path: 'b.ts', root: stage.project },
    ]);
    expect(leftOut).toEqual([{ path: 'git_diff', why: '1 untracked file not in a diff (new.ts): name them in files' }]);
  });

  it.each([
    ['staged', ['+staged'], ['+unstaged', '-two']],
    ['working', ['+staged', '+unstaged'], ['-two', '+untracked']],
    ['HEAD~1', ['-two', '+staged', '+unstaged'], []],
    ['main~1..main', ['-two', '+2'], ['+staged', '+unstaged']],
    ['main..side', ['+two', '-2'], ['+staged']],
    ['main~1..', ['-two'], ['+staged']],
  ])('of %s shows what it should', async (said, has, hasNot) => {
    await using stage = await repository();
    const { text } = await stage.get({ gitDiff: said });
    for (const line of has) expect(`${text}\n`).toContain(`\n${line}\n`);
    for (const line of hasNot) expect(`${text}\n`).not.toContain(`\n${line}\n`);
  });

  it('with three dots begins where the branches parted', async () => {
    await using stage = await repository();
    expect((await stage.get({ gitDiff: 'main...side' })).leftOut).toEqual([
      { path: 'git_diff', why: 'there are no changes in main...side' },
    ]);
  });

  it('works before the first commit', async () => {
    await using stage = await openStage();
    await stage.write('a.ts', 'first\n');
    await stage.git('init', '-q');
    await stage.git('add', 'a.ts');
    expect((await stage.get({ gitDiff: 'working' })).text).toContain('+first');
  });

  it('leaves out credentials, binaries and what does not fit, and says so', async () => {
    await using stage = await openStage();
    for (const name of ['.env', 'app/.npmrc', 'a.bin', 'long.txt', 'ok.txt']) await stage.write(name, 'x\n');
    await stage.commit();
    await stage.write('.env', 'API=canary\n');
    await stage.write('app/.npmrc', 'canary\n');
    await stage.write('a.bin', Buffer.from([0, 1, 2]));
    await stage.write('long.txt', 'many words\n'.repeat(2000));
    await stage.write('ok.txt', 'fine\n');
    const { text, sent, leftOut } = await stage.get({ gitDiff: 'working' }, { maxTokens: 1000 });
    expect(text).not.toContain('canary');
    expect(sent.map(({ path }) => path)).toEqual(['ok.txt']);
    expect(leftOut).toEqual([
      { path: '.env', why: 'it is an environment file and is never sent' },
      { path: 'a.bin', why: 'it is no text' },
      { path: 'app/.npmrc', why: 'it is a package registry’s credentials and is never sent' },
      { path: 'long.txt (diff)', why: 'it does not fit into what one call may carry' },
    ]);
  });

  it('replaces secrets, and a key whose lines are mixed with those of another', async () => {
    await using stage = await openStage();
    const key = (seed: string): string =>
      [
        '-----BEGIN PRIVATE KEY-----',
        ...Array.from({ length: 6 }, (_, n) => `${seed}${n}`.repeat(21)),
        '-----END PRIVATE KEY-----',
        '',
      ].join('\n');
    await stage.write('notes.txt', `before\n${key('Ab')}after\n`);
    await stage.commit();
    await stage.write('notes.txt', `before\n${key('Cd')}after\nkey = "AKIAQ7ZX5LMNOPQR2345"\n`);
    const { text, redacted } = await stage.get({ gitDiff: 'working' });
    expect(text).not.toMatch(/(?:Ab|Cd)\d(?:Ab|Cd)|AKIAQ/);
    expect(text).toContain('[redacted: private key]');
    expect(text).toContain('+key = "[redacted: AWS access key]"');
    expect(redacted).toEqual([
      { path: 'notes.txt (before)', line: 3, kind: 'private key' },
      { path: 'notes.txt', line: 2, kind: 'private key' },
      { path: 'notes.txt', line: 11, kind: 'AWS access key' },
    ]);
    await expect(stage.get({ gitDiff: 'working' }, { onSecret: 'refuse' })).rejects.toThrow(
      /holds secrets, at notes\.txt \(before\):\d+ \(private key\)/,
    );
  });

  it.each(['later', 'after'])('hides a key of which a diff shows the end or the middle (%s)', async (last) => {
    await using stage = await openStage();
    const body = Array.from({ length: 12 }, (_, n) => `Ab${n % 10}`.repeat(21));
    const changed = last === 'after' ? body.with(6, 'Xy9'.repeat(21)) : body;
    await stage.write('notes.txt', ['-----BEGIN PRIVATE KEY-----', ...body, '-----END PRIVATE KEY-----', 'after', ''].join('\n'));
    await stage.commit();
    await stage.write('notes.txt', ['-----BEGIN PRIVATE KEY-----', ...changed, '-----END PRIVATE KEY-----', last, ''].join('\n'));
    const { text } = await stage.get({ gitDiff: 'working' });
    expect(text).toContain(last === 'after' ? '+[redacted' : '+later');
    expect(text).not.toMatch(/Ab\dAb\d/);
  });

  it('of a real worktree is shown, though its repository lies elsewhere', async () => {
    await using stage = await repository();
    const tree = join(stage.home, 'tree');
    await stage.git('worktree', 'add', '-q', tree, 'side');
    await stage.git('-C', tree, 'checkout', '-q', 'side');
    await rm(join(tree, 'b.ts'));
    const { text } = await stage.get({ gitDiff: 'working' }, { roots: [tree] });
    expect(text).toContain('deleted file mode');
  });

  it('from a branch that is not there names those that are', async () => {
    await using stage = await repository();
    await expect(stage.get({ gitDiff: 'master' })).rejects.toThrow(
      /"master" is no commit .+ a commit or branch such as (?:main or side|side or main), or a range like \w+\.\.HEAD/,
    );
  });

  it('says that there is no repository', async () => {
    await using stage = await openStage();
    await expect(stage.get({ gitDiff: 'working' })).rejects.toThrow(
      /finds no git repository in .* allow the top folder of the repository/,
    );
  });

  it('says that there is no git', async () => {
    await using stage = await repository();
    await expect(stage.get({ gitDiff: 'working' }, { path: '/nowhere' })).rejects.toThrow(
      /needs git, and there is none on the PATH/,
    );
  });
});
