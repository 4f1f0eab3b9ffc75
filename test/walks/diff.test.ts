import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openStage, type Stage } from '../context/stage.ts';

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
      { path: 'a.bin (diff)', why: 'it is no text' },
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

describe('line endings in a diff', () => {
  it('that alone have changed are said, because both lines look alike', async () => {
    await using stage = await openStage();
    await stage.write('a.txt', 'one\ntwo\nthree\n');
    await stage.commit();
    await stage.write('a.txt', 'one\r\ntwo\r\n3\r\n');
    const { text } = await stage.get({ gitDiff: 'working' });
    expect(text).toContain(
      '\n[in 2 lines the line ending alone changes, between LF and CR LF: - and + look alike there]\n@@ -1,3 +1,3 @@\n-one',
    );
    await stage.write('a.txt', 'one\ntwo\n3\n');
    expect((await stage.get({ gitDiff: 'working' })).text).not.toContain('line ending');
  });

  it.each([
    ['the user’s', '.gitconfig', [], [' one', '-two', '+2', ' three']],
    ['another file’s of the user', 'more', [], [' one', '-two', '+2', ' three']],
    ['nobody’s', 'nowhere', [], ['-one', '-two', '-three', '+one', '+2', '+three']],
    [
      'the repository’s own, whatever the user’s',
      '.gitconfig',
      ['core.autocrlf', 'false'],
      ['-one', '-two', '-three', '+one', '+2', '+three'],
    ],
  ])('are compared by %s setting', async (_, file, own, lines) => {
    await using stage = await openStage();
    await stage.write('a.txt', 'one\ntwo\nthree\n');
    await stage.commit();
    if (own.length > 0) await stage.git('config', '--local', ...own);
    await writeFile(join(stage.home, file), '[core]\n\tautocrlf = true\n');
    if (file === 'more') await writeFile(join(stage.home, '.gitconfig'), '[include]\n\tpath = more\n');
    await stage.write('a.txt', 'one\r\n2\r\nthree\r\n');
    const { text } = await stage.get({ gitDiff: 'working' }, { home: stage.home });
    expect(text.split(' @@\n')[1]?.split('\n\n')[0]?.split('\n')).toEqual(lines);
  });
});

describe('a diff of several roots', () => {
  /** The project and a repository beside it, both with a commit and as roots. */
  async function two(): Promise<{ stage: Stage; other: string; get: (gitDiff: string) => ReturnType<Stage['get']> }> {
    const stage = await openStage();
    const other = join(stage.home, 'other');
    await stage.write('a.ts', 'a\n');
    await stage.commit();
    await mkdir(other);
    await writeFile(join(other, 'b.ts'), 'b\n');
    for (const args of [
      ['init', '-q'],
      ['add', '-A'],
      ['commit', '-qm', 'b'],
    ])
      await stage.git('-C', other, ...args);
    return { stage, other, get: (gitDiff) => stage.get({ gitDiff }, { roots: [stage.project, other] }) };
  }

  it('has the changes of the second where the first has none', async () => {
    const { stage, other, get } = await two();
    await using _ = stage;
    await writeFile(join(other, 'b.ts'), '2\n');
    const { text, sent, leftOut } = await get('working');
    expect(text).toContain('Diff of other: changes since the last commit\n\ndiff --git a/b.ts b/b.ts');
    expect(sent).toMatchObject([{ path: 'other/b.ts', root: other }]);
    expect(leftOut).toEqual([{ path: 'git_diff of project', why: 'there are no changes since the last commit' }]);
  });

  it('has those of all, each under its name, and says where a revision is not', async () => {
    const { stage, other, get } = await two();
    await using _ = stage;
    await writeFile(join(other, 'b.ts'), '2\n');
    await stage.write('a.ts', '2\n');
    expect((await get('working')).text).toMatch(/Diff of project: [^]*\+2[^]*Diff of other: [^]*\+2/);
    await stage.git('branch', 'side');
    const { sent, leftOut } = await get('side');
    expect(sent).toMatchObject([{ path: 'project/a.ts' }]);
    expect(leftOut).toMatchObject([{ path: 'git_diff of other', why: expect.stringMatching(/^"side" is no commit/) }]);
    await expect(get('nowhere')).rejects.toThrow(/git_diff: "nowhere" is no commit/);
  });
});

describe('what a diff compares', () => {
  it.each(['feat(auth)', 'wip,2', 'fix=1', 'größe', '@', 'a;b', "it's"])('may be called %s', async (name) => {
    await using stage = await openStage();
    await stage.write('a.txt', 'one\n');
    await stage.commit();
    if (name !== '@') await stage.git('branch', name);
    await stage.write('a.txt', 'two\n');
    expect((await stage.get({ gitDiff: name })).text).toContain('-one\n+two');
    expect((await stage.get({ gitDiff: `${name}..HEAD` })).sent).toEqual([]);
  });

  it('is read in the encoding of each version, which is said', async () => {
    await using stage = await openStage();
    await stage.write('a.txt', Buffer.from('gr\u00fcn\n', 'latin1'));
    await stage.write('b.txt', 'one\n');
    await stage.commit();
    await stage.write('a.txt', Buffer.from('gr\u00fcner\n', 'latin1'));
    await stage.write('b.txt', 'grün \ufffd\n');
    const { text, sent, leftOut } = await stage.get({ gitDiff: 'working' });
    expect(text).toContain('-grün\n+grüner');
    expect(text).toContain('-one\n+grün \ufffd');
    expect(sent.map(({ encoding }) => encoding)).toEqual(['Windows-1252', undefined]);
    expect(leftOut).toEqual([]);
    await stage.git('commit', '-qam', 'two');
    await stage.write('a.txt', 'grüner\nzwei\n');
    expect((await stage.get({ gitDiff: 'working' })).text).toContain('-grüner\n+grüner\n+zwei');
  });

  it('is shown of a file in UTF-16, which git takes for a binary', async () => {
    await using stage = await openStage();
    const utf16 = (text: string): Buffer => Buffer.from(`\ufeff${text}`, 'utf16le');
    await stage.write('a.rc', utf16('eins\r\nzwei\r\ngrün\r\n'));
    await stage.write('b.rc', 'plain\n');
    await stage.commit();
    await stage.write('a.rc', utf16('eins\r\n2\r\ngrün\r\n'));
    await stage.write('b.rc', utf16('marked\n'));
    const { text, sent, leftOut } = await stage.get({ gitDiff: 'working' });
    expect(text).toContain(' eins\n-zwei\n+2\n grün');
    expect(text).toContain('-plain\n+marked');
    expect([sent.length, leftOut]).toEqual([2, []]);
  });

  it('is one file, though a line of it holds a carriage return and what looks like the next', async () => {
    await using stage = await openStage();
    const far = Array.from({ length: 40 }, (_, n) => `line ${n}\n`).join('');
    await stage.write('a.txt', `first\none\rdiff --git a/x b/x\n${far}`);
    await stage.commit();
    await stage.write('a.txt', `1st\none\rdiff --git a/x b/x\n${far}`);
    const { text } = await stage.get({ gitDiff: 'working' });
    expect(text).toContain('-first\n+1st\n onediff --git a/x b/x\n line 0\n line 1');
    expect(text).not.toContain('line 9');
  });

  it('shows where a submodule has moved to, and nothing of its files', async () => {
    await using stage = await openStage();
    await stage.write('a.txt', 'one\n');
    await stage.commit();
    const library = join(stage.home, 'library');
    await mkdir(library);
    await writeFile(join(library, 'x.txt'), 'of the library\n');
    for (const args of [
      ['init', '-q'],
      ['add', '-A'],
      ['commit', '-qm', 'x'],
    ])
      await stage.git('-C', library, ...args);
    await stage.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', library, 'sub');
    await stage.git('commit', '-qm', 'sub');
    await stage.write('sub/x.txt', 'changed\n');
    await stage.write('sub/new.txt', 'new\n');
    const changed = await stage.get({ gitDiff: 'working' });
    expect(changed.sent).toEqual([]);
    expect(changed.leftOut).toContainEqual({
      path: 'sub',
      why: '2 files changed in this submodule (sub/x.txt, sub/new.txt), not in a diff of what is around it: name them in files',
    });
    expect((await stage.get({ gitDiff: 'working', files: ['!sub/new.txt'] })).leftOut).toContainEqual({
      path: 'sub',
      why: '1 file changed in this submodule (sub/x.txt), not in a diff of what is around it: name them in files',
    });
    const { leftOut } = await stage.get({ gitDiff: 'working', files: ['!sub'] });
    expect(leftOut.map(({ path }) => path)).toEqual(['git_diff']);
    expect((await stage.get({ gitDiff: 'staged' })).leftOut.map(({ path }) => path)).toEqual(['git_diff']);
    const old = await stage.git('-C', 'sub', 'rev-parse', 'HEAD');
    await stage.git('-C', 'sub', 'commit', '-qam', 'y');
    const now = await stage.git('-C', 'sub', 'rev-parse', 'HEAD');
    for (const gitDiff of ['working', 'HEAD']) {
      const { text } = await stage.get({ gitDiff });
      expect(text).toContain(`-Subproject commit ${old}\n+Subproject commit ${now}`);
      expect(text).not.toContain('library');
    }
  });
});
