import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openStage, type Stage } from '../context/stage.ts';

/** A repository with these files, each as long as `content` says. */
async function holding(...files: readonly [name: string, content: string][]): Promise<Stage> {
  const stage = await openStage();
  for (const file of files) await stage.write(...file);
  await stage.commit();
  return stage;
}

const LONG = Array.from({ length: 200 }, (_, n) => `line ${n}\n`).join('');

describe('a renamed file in a diff', () => {
  it('costs its two names, where nothing else of it changed', async () => {
    await using stage = await holding(['old.ts', LONG], ['a.bin', `\0${LONG}`]);
    await stage.git('mv', 'old.ts', 'new "1".ts');
    await stage.git('mv', 'a.bin', 'b.bin');
    const { text, sent, leftOut } = await stage.get({ gitDiff: 'staged' });
    expect(text.split('\n\n').slice(2).join('\n\n')).toMatchInlineSnapshot(`
      "diff --git a/a.bin b/b.bin
      similarity index 100%
      rename from a.bin
      rename to b.bin

      diff --git a/old.ts "b/new \\"1\\".ts"
      similarity index 100%
      rename from old.ts
      rename to "new \\"1\\".ts""
    `);
    expect(sent).toMatchObject([{ path: 'b.bin' }, { path: 'new "1".ts' }]);
    expect(leftOut).toEqual([]);
  });

  it('is shown whole where it was changed, too', async () => {
    await using stage = await holding(['old.ts', LONG]);
    await stage.git('mv', 'old.ts', 'new.ts');
    await stage.write('new.ts', `${LONG}more\n`);
    const { text } = await stage.get({ gitDiff: 'working' });
    expect(text).toContain('deleted file mode');
    expect(text).toContain('+more');
  });

  it.each([
    ['.env', 'notes.txt', 'notes.txt', 'it was renamed from .env, which is an environment file and is never sent'],
    ['notes.txt', '.env', '.env', 'it is an environment file and is never sent'],
  ])('from %s to %s is judged by both names', async (from, to, path, why) => {
    await using stage = await holding([from, 'API=canary\n']);
    await stage.git('mv', from, to);
    const { text, leftOut } = await stage.get({ gitDiff: 'working' });
    expect(text).not.toContain('canary');
    expect(leftOut).toEqual([{ path, why }]);
  });

  it('is searched for secrets where it is shown', async () => {
    await using stage = await holding(['old.ts', 'key = "AKIAQ7ZX5LMNOPQR2345"\n']);
    await stage.git('mv', 'old.ts', 'new.ts');
    await stage.write('new.ts', 'key = "AKIAQ7ZX5LMNOPQR2345"\nmore\n');
    const { text } = await stage.get({ gitDiff: 'working' });
    expect(text).toContain('+more');
    expect(text).not.toContain('AKIAQ');
  });

  it('may have become a folder of its own name', async () => {
    await using stage = await holding(['x', LONG]);
    await rename(join(stage.project, 'x'), join(stage.project, 'y'));
    await mkdir(join(stage.project, 'x'));
    await rename(join(stage.project, 'y'), join(stage.project, 'x/y'));
    await stage.git('add', '-A');
    expect((await stage.get({ gitDiff: 'staged' })).text).toContain('rename from x\nrename to x/y');
  });
});

describe('a file in a diff in whose place there is a folder now', () => {
  it.each(['working', 'staged', 'HEAD~1..HEAD'])('brings nothing of the folder along (%s)', async (gitDiff) => {
    await using stage = await holding(['conf', 'one\n']);
    await rm(join(stage.project, 'conf'));
    await stage.write('conf/.env', 'API=canary\n');
    await stage.write('conf/ok.txt', 'fine\n');
    await stage.git('add', '-A');
    if (gitDiff.includes('..')) await stage.git('commit', '-qm', 'two');
    const { text, sent, leftOut } = await stage.get({ gitDiff });
    expect(text).not.toContain('canary');
    expect(text.match(/\+fine/g)).toHaveLength(1);
    expect(sent.map(({ path }) => path)).toEqual(['conf', 'conf/ok.txt']);
    expect(leftOut).toEqual([{ path: 'conf/.env', why: 'it is an environment file and is never sent' }]);
  });
});

describe('names in a diff', () => {
  it.each(['a b.txt', 'größe.txt', 'tab\there.txt', 'quote".txt', 'back\\slash.txt', 'new\nline.txt', 'del\u007f.txt', '*.txt'])(
    'may be %j',
    async (name) => {
      await using stage = await holding([name, 'one\n']);
      await stage.write(name, 'two\n');
      expect((await stage.get({ gitDiff: 'working' })).text).toContain('-one\n+two');
    },
  );

  it('of files with conflicts are told', async () => {
    await using stage = await holding(['a.txt', 'one\n']);
    await stage.git('checkout', '-qb', 'side');
    await stage.write('a.txt', 'side\n');
    await stage.git('commit', '-qam', 'side');
    await stage.git('checkout', '-q', 'main');
    await stage.write('a.txt', 'main\n');
    await stage.git('commit', '-qam', 'main');
    await stage.git('merge', '-q', 'side').catch(() => undefined);
    expect((await stage.get({ gitDiff: 'staged' })).text).toContain('* Unmerged path a.txt');
    expect((await stage.get({ gitDiff: 'working' })).text).toContain('+=======\n+side\n');
  });
});
