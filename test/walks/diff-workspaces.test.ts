import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CANARY, openStage, type Stage } from '../context/stage.ts';

/** A repository with a submodule `sub`, in which a file was changed; and the folder of the submodule. */
async function withSubmodule(): Promise<{ stage: Stage; sub: string }> {
  const stage = await openStage();
  const library = join(stage.home, 'library');
  await mkdir(library);
  await writeFile(join(library, 'x.txt'), 'one\n');
  await stage.git('init', '-q', library);
  await stage.git('-C', library, 'add', '-A');
  await stage.git('-C', library, 'commit', '-qm', 'x');
  await stage.write('a.txt', 'one\n');
  await stage.commit();
  await stage.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', library, 'sub');
  await stage.write('sub/x.txt', 'two\n');
  return { stage, sub: join(stage.project, 'sub') };
}

describe('a diff of a submodule that is the workspace', () => {
  it('is shown, though its data lies in the repository above', async () => {
    const { stage, sub } = await withSubmodule();
    await using _ = stage;
    const { text, sent } = await stage.get({ gitDiff: 'working' }, { roots: [sub] });
    expect(text).toContain('-one\n+two');
    expect(sent).toMatchObject([{ path: 'x.txt', root: sub }]);
    // Sparse checkouts keep the way back in another file.
    await stage.git('-C', sub, 'sparse-checkout', 'set', '--no-cone', '/*');
    expect((await stage.get({ gitDiff: 'working' }, { roots: [sub] })).text).toContain('-one\n+two');
  });

  it('is refused where that data does not lead back to it, with the folder that would do', async () => {
    const { stage, sub } = await withSubmodule();
    await using _ = stage;
    await stage.git('-C', sub, 'config', '--unset', 'core.worktree');
    const { failure } = await stage.ask({ gitDiff: 'working' }, { roots: [sub] });
    expect(failure?.message).toContain(`allow the repository that it is a submodule of, ${stage.project}, with --allow-dir`);
    expect((await stage.get({ gitDiff: 'working' })).leftOut).toMatchObject([
      { path: 'sub', why: expect.stringMatching(/^1 file changed in this submodule/) },
    ]);
  });
});

describe('a diff of a repository that borrows from another', () => {
  it('is shown where the other one is allowed, too, as the refusal says', async () => {
    await using stage = await openStage();
    const lender = join(stage.home, 'lender');
    await mkdir(lender);
    await writeFile(join(lender, 'a.txt'), 'one\n');
    await stage.git('init', '-q', lender);
    await stage.git('-C', lender, 'add', '-A');
    await stage.git('-C', lender, 'commit', '-qm', 'x');
    const clone = join(stage.home, 'clone');
    await stage.git('clone', '-q', '--shared', lender, clone);
    await writeFile(join(clone, 'a.txt'), 'two\n');
    const { failure } = await stage.ask({ gitDiff: 'working' }, { roots: [clone] });
    expect(failure?.message).toMatch(
      /outside of the allowed ones.*; if all of the folder that it leads to may be sent, too, allow that as well with --allow-dir/,
    );
    const { text } = await stage.get({ gitDiff: 'working' }, { roots: [clone, lender] });
    expect(text).toContain('-one\n+two');
  });
});

describe('a diff does not reach another repository', () => {
  /** A repository beside the project, whose contents hold the canary; the project is one, too. */
  async function beside(): Promise<{ stage: Stage; target: string }> {
    const stage = await openStage();
    const target = join(stage.home, 'private');
    await mkdir(target);
    await writeFile(join(target, 'x.txt'), CANARY);
    await stage.git('init', '-q', target);
    await stage.git('-C', target, 'add', '-A');
    await stage.git('-C', target, 'commit', '-qm', 'x');
    await stage.write('a.txt', 'one\n');
    await stage.commit();
    return { stage, target };
  }

  /** All that comes back, in which the canary is not. */
  async function answer(stage: Stage): Promise<string> {
    const { all } = await stage.ask({ gitDiff: 'working' });
    expect(all).not.toContain(CANARY);
    return all;
  }

  it('by a pointer that git reads in its own way', async () => {
    const { stage, target } = await beside();
    await using _ = stage;
    await stage.write('.git/commondir', `${target}/.git\0x\n`);
    expect(await answer(stage)).toMatch(/because its \.git leads to a repository outside of the allowed folders/);
  });

  it('by objects that it borrows or that are links', async () => {
    const { stage, target } = await beside();
    await using _ = stage;
    await rm(join(stage.project, '.git/refs/heads/main'));
    await symlink(join(target, '.git/refs/heads/main'), join(stage.project, '.git/refs/heads/main'));
    expect(await answer(stage)).toMatch(/because a link in its \.git \(main\) leads out of it/);
    await rm(join(stage.project, '.git/refs/heads/main'));
    await stage.write('.git/refs/heads/main', await stage.git('-C', target, 'rev-parse', 'HEAD'));
    await stage.write('.git/objects/info/alternates', `"${target}/.git/objects"\n`);
    expect(await answer(stage)).toMatch(/because it takes objects from a folder outside of the allowed ones/);
  });
});
