import { mkdir, rename, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openStage, type Stage } from '../context/stage.ts';

/** Writes a file of the user's home. */
async function ofUser(stage: Stage, name: string, text: string): Promise<void> {
  await mkdir(dirname(join(stage.home, name)), { recursive: true });
  await writeFile(join(stage.home, name), text);
}

const pathsOf = async (stage: Stage, rules: Parameters<Stage['get']>[1] = {}, files = ['.']): Promise<string[]> => {
  const { sent } = await stage.get({ files }, { home: stage.home, ...rules });
  return sent.map(({ path }) => path);
};

describe('a folder is read as git sees it', () => {
  it('with what is tracked, whatever .gitignore says, and credentials stay out', async () => {
    await using stage = await openStage();
    await stage.write('.gitignore', '*.gen\nold/\n');
    for (const name of ['keep.gen', 'new.gen', 'old/a.ts', '.env', 'b.ts']) await stage.write(name, 'x');
    await stage.git('init', '-q');
    await stage.git('add', '-f', 'keep.gen', 'old/a.ts', '.env');
    expect(await pathsOf(stage)).toEqual(['.gitignore', 'b.ts', 'keep.gen', 'old/a.ts']);
    expect(await pathsOf(stage, {}, ['*.gen'])).toEqual(['keep.gen']);
    expect(await pathsOf(stage, {}, ['old'])).toEqual(['old/a.ts']);
  });

  it.each([
    ['the usual place', '.config/git/ignore', {}],
    ['the place that a setting names', 'mine/ignored', {}],
    ['the folder of settings that the environment names', 'settings/git/ignore', { configHome: 'settings' }],
  ])('without what the user’s own ignore file in %s names', async (_, file, { configHome }: { configHome?: string }) => {
    await using stage = await openStage();
    await ofUser(stage, file, '*.mine\n/notes/\n');
    if (file.startsWith('mine')) await ofUser(stage, '.gitconfig', '[core]\n\texcludesFile = ~/mine/ignored\n');
    for (const name of ['a.mine', 'notes/x.ts', 'deep/notes/y.ts', 'b.ts']) await stage.write(name, 'x');
    await stage.git('init', '-q');
    const rules = configHome === undefined ? {} : { configHome: join(stage.home, configHome) };
    expect(await pathsOf(stage, rules)).toEqual(['b.ts', 'deep/notes/y.ts']);
    await stage.git('add', 'b.ts');
    await stage.git('commit', '-qm', 'one');
    const { leftOut } = await stage.get({ gitDiff: 'working' }, { home: stage.home, ...rules });
    expect(JSON.stringify(leftOut)).not.toContain('mine');
  });

  it('by the files that git would read, where git is not there', async () => {
    await using stage = await openStage();
    await ofUser(stage, 'dotfiles/ignore', '*.mine\n');
    await mkdir(join(stage.home, '.config/git'), { recursive: true });
    await symlink(join(stage.home, 'dotfiles/ignore'), join(stage.home, '.config/git/ignore'));
    await stage.write('.gitignore', '*.gen\n');
    for (const name of ['a.mine', 'a.gen', 'b.ts', 'sub/c.mine']) await stage.write(name, 'x');
    await stage.git('init', '-q');
    await writeFile(join(stage.project, '.git/info/exclude'), 'b.ts\n');
    expect(await pathsOf(stage, { path: '/nowhere' })).toEqual(['.gitignore']);
  });

  it('in each repository of a folder that is none itself', async () => {
    await using stage = await openStage();
    for (const name of ['one/a.ts', 'one/b.log', 'two/a.ts', 'two/b.log', 'c.log']) await stage.write(name, 'x');
    await stage.write('one/.gitignore', '*.log\n');
    await stage.write('.gitignore', 'a.ts\n');
    for (const name of ['one', 'two']) await stage.git('init', '-q', name);
    await stage.git('-C', 'two', 'add', '-A');
    expect(await pathsOf(stage, {}, ['**/*.{ts,log}'])).toEqual(['c.log', 'one/a.ts', 'two/a.ts', 'two/b.log']);
  });

  it('where a file is written in other capitals than git knows it by, on a disk that knows none', async () => {
    await using stage = await openStage();
    await stage.write('.gitignore', '*.md\n');
    await stage.write('README.md', 'x');
    await stage.git('init', '-q');
    await stage.git('config', 'core.ignorecase', 'true');
    await stage.git('add', '-f', 'README.md');
    await rename(join(stage.project, 'README.md'), join(stage.project, 'readme.md'));
    expect(await pathsOf(stage)).toEqual(['.gitignore', 'readme.md']);
  });
});
