import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Rules, Wanted } from '../../src/context/gather.ts';
import { CANARY, openStage, type Stage } from './stage.ts';

/** A project with a private file in a folder to which a link leads, and a link to the project itself beside it. */
async function linked(): Promise<Stage> {
  const stage = await openStage();
  await stage.write('ok.md', 'fine');
  await stage.write('real/ok.md', 'fine');
  await stage.write('real/priv.txt', CANARY);
  await symlink('real', join(stage.project, 'lnk'));
  await symlink('real/priv.txt', join(stage.project, 'l.txt'));
  await symlink('project', join(stage.home, 'work'));
  return stage;
}

const sentBy = async (stage: Stage, wanted: Wanted, rules: Partial<Rules> = {}): Promise<string[]> => {
  const { gathered, failure, all } = await stage.ask(wanted, rules);
  expect(failure?.message).toBeUndefined();
  expect(all).not.toContain(CANARY);
  return gathered?.sent.map(({ path }) => path) ?? [];
};

describe('an exclusion holds', () => {
  it.each([
    ['{work}', '!{work}/real/priv.txt'],
    ['{work}', '!{work}/real/*.txt'],
    ['{work}', '!{work}/**/priv.txt'],
    ['{work}', '!{work}/lnk/*.txt'],
    ['{work}', '!{home}/w*/real/*.txt'],
    ['{project}', '!{work}/**/*.txt'],
    ['{work}', '!{project}/**/*.txt'],
    ['.', '!{home}/**/priv.txt'],
    ['lnk', '!lnk/priv.txt'],
    ['lnk', '!lnk/p*.txt'],
    ['lnk', '!l*/priv.txt'],
    ['lnk', '!real/priv.txt'],
    ['real', '!lnk/priv.txt'],
    ['real', '!lnk/*.txt'],
    ['real', '!l.txt'],
    ['lnk/*', '!**/priv.*'],
    ['ok.md', 'l.txt', '!l.txt'],
    ['ok.md', 'l.txt', '!l.*'],
    ['ok.md', 'lnk/priv.txt', '!lnk'],
    ['ok.md', 'lnk/priv.txt', '!lnk/'],
    ['ok.md', 'lnk/priv.txt', '!/lnk'],
    ['.', '!/real'],
    ['.', '!/real/'],
    ['.', '!/real/*.txt'],
    ['real/**', '!/real/priv.txt'],
  ])('%s %s %s', async (...files) => {
    await using stage = await linked();
    const { home, project } = stage;
    const written = files
      .filter((said) => typeof said === 'string')
      .map((said) => said.replace('{work}', join(home, 'work')).replace('{project}', project).replace('{home}', home));
    expect(await sentBy(stage, { files: written })).not.toHaveLength(0);
  });

  it('where a folder is reached by another root’s link', async () => {
    await using stage = await linked();
    const other = join(stage.home, 'other');
    await mkdir(other);
    await symlink(join(stage.project, 'real'), join(other, 'lnk'));
    const roots = [other, stage.project];
    expect(await sentBy(stage, { files: ['lnk', '!lnk/priv.txt'] }, { roots })).toEqual(['project/real/ok.md']);
    expect(await sentBy(stage, { files: ['project/real', '!other/lnk/*.txt'] }, { roots })).toEqual(['project/real/ok.md']);
  });

  it('where one root lies in another one', async () => {
    await using stage = await linked();
    await stage.write('x1/sub/priv.txt', CANARY);
    const roots = [stage.project, join(stage.project, 'x1/sub')];
    for (const not of ['!x*', `!${stage.project}/x*`, '!x1']) {
      const files = ['x1/sub/priv.txt', 'priv.txt', '**/*.md', not];
      expect(await sentBy(stage, { files }, { roots })).toEqual(['project/ok.md', 'project/real/ok.md']);
    }
  });

  it('of a folder at the top, and of that name alone: not further down, and not for the folder in which the project lies', async () => {
    await using stage = await openStage();
    for (const name of ['dist/a.md', 'src/dist/b.md', 'project/c.md']) await stage.write(name, 'x');
    expect(await sentBy(stage, { files: ['.', '!/dist'] })).toEqual(['project/c.md', 'src/dist/b.md']);
    expect(await sentBy(stage, { files: ['.', '!dist'] })).toEqual(['project/c.md']);
    const above = stage.home.split('/')[1] ?? '';
    await stage.write(`${above}/d.md`, 'x');
    expect(await sentBy(stage, { files: ['.', `!/${above}`] })).toEqual(['dist/a.md', 'project/c.md', 'src/dist/b.md']);
  });
});

describe('what an exclusion leaves out', () => {
  it('is not looked into, so that nothing in it is named to the model', async () => {
    await using stage = await openStage();
    for (const name of ['a.md', 'private/.ssh/customer', 'private/node_modules/x.js', 'private/b.md', '.env']) {
      await stage.write(name, 'x');
    }
    const { text, sent, leftOut } = await stage.get({ files: ['.', '!private', '!.env'] });
    expect(sent).toMatchObject([{ path: 'a.md' }]);
    expect(leftOut).toEqual([]);
    expect(text).not.toContain('private');
  });
});

describe('a pattern', () => {
  it('is read through the links on its way', async () => {
    await using stage = await linked();
    expect((await stage.get({ files: [join(stage.home, 'work/*.md')] })).sent).toMatchObject([{ path: 'ok.md' }]);
    expect((await stage.get({ files: ['lnk/*.md'] })).sent).toMatchObject([{ path: 'real/ok.md' }]);
    await expect(stage.get({ files: [join(stage.home, 'nowhere/*.md')] })).rejects.toThrow(/outside of the allowed folders/);
  });
});

describe('an exclusion that matches nothing', () => {
  it.each([
    ['!src/secert.ts', 'src/secret.ts'],
    ['!src/Secret.ts', 'src/secret.ts'],
    ['!secrets.ts', 'src/secret.ts'],
    ['!project/src/secret.ts', 'src/secret.ts'],
    ['!/elsewhere/project/src/secret.ts', 'src/secret.ts'],
    ['!intrenal/', 'internal'],
    ['!internals/notes.md', 'internal/notes.md'],
  ])('%s stops the call when %s would go along', async (not, meant) => {
    await using stage = await openStage();
    for (const name of ['src/secret.ts', 'src/b.ts', 'internal/notes.md']) await stage.write(name, 'x');
    const { failure } = await stage.ask({ files: ['.', not] });
    expect(failure?.message).toContain(`matches nothing that was to go along, and ${meant} would be sent: correct the exclusion`);
  });

  it.each([
    '!**/*.snap',
    '!dist',
    '!generated/',
    '!vendor',
    '!parst2.ts',
    '!src/a.ts',
    '!part2.ts',
    '!docs/secret.md',
    '!src/generate',
    '!lib/secret.ts',
  ])('%s is only told of when nothing that goes along is called nearly so', async (not) => {
    await using stage = await openStage();
    for (const name of ['src/secret.ts', 'src/b.ts', 'part1.ts', 'src/generated.ts', 'docs/sender/c.md'])
      await stage.write(name, 'x');
    await stage.write('lib/secret.ts', 'there, and not asked for');
    await stage.write('src/.gitignore', '.gitignore\nparts2.ts\n');
    await stage.write('src/parts2.ts', 'does not go along');
    const { sent, leftOut } = await stage.get({ files: ['src', 'part1.ts', 'docs', not] });
    expect(sent).toHaveLength(5);
    expect(leftOut.filter(({ path }) => path.startsWith('!')).map(({ why }) => why)).toEqual([
      'this exclusion matches nothing that was to go along',
    ]);
  });
});

describe('an exclusion and a diff', () => {
  async function changed(): Promise<Stage> {
    const stage = await openStage();
    for (const name of ['a.txt', 's.txt', 'sub/t.txt']) await stage.write(name, 'one\n');
    await stage.commit();
    await stage.write('a.txt', 'two\n');
    for (const name of ['s.txt', 'sub/t.txt']) await stage.write(name, CANARY);
    return stage;
  }

  it('leaves out of the diff what it leaves out of files, and says so', async () => {
    await using stage = await changed();
    const wanted = { files: ['a.txt', '!s.txt', '!sub'], gitDiff: 'working' };
    expect(await sentBy(stage, wanted)).toEqual(['a.txt', 'a.txt']);
    expect((await stage.get(wanted)).leftOut).toEqual([
      { path: 's.txt', why: 'an exclusion (!) matches it' },
      { path: 'sub/t.txt', why: 'an exclusion (!) matches it' },
    ]);
  });

  it('leaves out of what is said of untracked files, too', async () => {
    await using stage = await changed();
    for (const name of ['new.ts', 'secret-plan.txt', 'drafts/d.txt']) await stage.write(name, 'new');
    const { leftOut } = await stage.get({ files: ['!secret-*', '!drafts', '!s.txt', '!sub'], gitDiff: 'working' });
    const told = leftOut.filter(({ path }) => path === 'git_diff').map(({ why }) => why);
    expect(told).toEqual(['1 untracked file not in a diff (new.ts): name them in files']);
    expect(leftOut.map(({ path }) => path)).not.toContain('!drafts');
  });

  it('needs no files that are wanted', async () => {
    await using stage = await changed();
    expect(await sentBy(stage, { files: ['!/s.txt', `!${stage.project}/sub/*`], gitDiff: 'working' })).toEqual(['a.txt']);
    await expect(stage.get({ files: ['!s.txt'] })).rejects.toThrow(/only exclusions/);
  });

  it('is said to match nothing where it matches neither, and stops the call where it is a slip', async () => {
    await using stage = await changed();
    const { leftOut } = await stage.get({ files: ['!s.txt', '!sub', '!*.snap'], gitDiff: 'working' });
    expect(leftOut.map(({ path }) => path)).toEqual(['s.txt', 'sub/t.txt', '!*.snap']);
    await writeFile(join(stage.project, 'private.txt'), CANARY);
    await stage.git('add', 'private.txt');
    await expect(stage.get({ files: ['!s.txt', '!sub', '!privat.txt'], gitDiff: 'staged' })).rejects.toThrow(
      /"!privat\.txt" matches nothing that was to go along, and private\.txt would be sent/,
    );
  });
});
