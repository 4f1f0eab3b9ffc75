import { describe, expect, it } from 'vitest';
import { openStage } from '../context/stage.ts';

describe('a diff before the first commit', () => {
  it.each(['working', 'HEAD', '@'])('shows files as they are now (%s)', async (gitDiff) => {
    await using stage = await openStage();
    await stage.write('a.ts', 'staged\n');
    await stage.git('init', '-q');
    await stage.git('add', 'a.ts');
    await stage.write('a.ts', 'staged\nchanged\n');
    await stage.write('b.ts', 'untracked\n');
    const { text, leftOut } = await stage.get({ gitDiff });
    expect(text).toContain('Diff: changes before the first commit');
    expect(text).toContain('+staged\n+changed');
    expect(leftOut).toEqual([{ path: 'git_diff', why: '1 untracked file not in a diff (b.ts): name them in files' }]);
    const staged = await stage.get({ gitDiff: 'staged' });
    expect(staged.text).toContain('+staged');
    expect(staged.text).not.toContain('+changed');
  });

  it('works in a repository that hashes in another way', async () => {
    await using stage = await openStage();
    await stage.write('a.ts', 'first\n');
    await stage.git('init', '-q', '--object-format=sha256');
    await stage.git('add', 'a.ts');
    expect((await stage.get({ gitDiff: 'working' })).text).toContain('+first');
  });

  it('says so where a range cannot be', async () => {
    await using stage = await openStage();
    await stage.git('init', '-q');
    await expect(stage.get({ gitDiff: 'main..HEAD' })).rejects.toThrow(
      /"main" is no commit .+: the branch that is checked out has no commit yet, so write working, staged or a commit or branch$/,
    );
  });
});
