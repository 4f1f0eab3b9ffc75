import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openStage, type Stage } from './stage.ts';

const SIGNATURE = Buffer.from('GIF89a\u0001\0', 'latin1');

/** A project in whose folder `docs` the caller stands. */
async function standing(): Promise<{ stage: Stage; paths: (...files: string[]) => Promise<string[]> } & AsyncDisposable> {
  const stage = await openStage();
  for (const name of ['README.md', 'a.txt', 'src/b.md', 'docs/README.md', 'docs/c.txt', 'docs/deep/d.md']) {
    await stage.write(name, name);
  }
  const here = join(stage.project, 'docs');
  return {
    stage,
    paths: async (...files) => (await stage.get({ files }, { here })).sent.map(({ path }) => path),
    [Symbol.asyncDispose]: () => stage[Symbol.asyncDispose](),
  };
}

describe('where the caller stands in a folder of a root', () => {
  it.each([
    [['README.md'], ['docs/README.md']],
    [['c.txt'], ['docs/c.txt']],
    [['../README.md'], ['README.md']],
    [['.'], ['docs/README.md', 'docs/c.txt', 'docs/deep/d.md']],
    [['*.md'], ['docs/README.md']],
    [['**/*.md'], ['docs/README.md', 'docs/deep/d.md']],
    [['deep/*.md'], ['docs/deep/d.md']],
    // What is not there is looked for from the top.
    [['a.txt'], ['a.txt']],
    [['src/*.md'], ['src/b.md']],
    [['docs/c.txt'], ['docs/c.txt']],
    [['.', '!deep', '!/c.txt'], ['docs/README.md']],
    [
      ['..', '!docs', '!a.txt'],
      ['README.md', 'src/b.md'],
    ],
  ])('%j is %j', async (files, sent) => {
    await using at = await standing();
    expect(await at.paths(...files)).toEqual(sent);
  });

  it('no pattern takes files from above because there are none below', async () => {
    await using at = await standing();
    await expect(at.paths('*.ts')).rejects.toThrow(/has no file that may be sent/);
    await at.stage.write('x.ts', 'x');
    await expect(at.paths('*.ts')).rejects.toThrow(/has no file that may be sent/);
  });

  it('nothing outside of the root is reached, and the failure names both folders', async () => {
    await using at = await standing();
    await expect(at.paths('../../outside/secret.txt')).rejects.toThrow(/in the working folder .+\/docs or in the allowed folder/);
  });

  it('pictures begin there too, and an agent’s files do not', async () => {
    await using at = await standing();
    await at.stage.write('docs/a.gif', SIGNATURE);
    const rules = { here: join(at.stage.project, 'docs') };
    expect((await at.stage.get({ images: ['a.gif'] }, rules)).sent).toMatchObject([{ path: 'docs/a.gif' }]);
    const bringers = new Map([['README.md', 'reviewer']]);
    expect((await at.stage.get({ files: ['README.md'], bringers }, rules)).sent).toMatchObject([{ path: 'README.md' }]);
    const both = await at.stage.get({ files: ['README.md', 'README.md'], bringers }, rules);
    expect(both.sent).toMatchObject([{ path: 'README.md' }, { path: 'docs/README.md' }]);
  });

  it('that folder comes before every root', async () => {
    await using at = await standing();
    const other = join(at.stage.home, 'other');
    await mkdir(other);
    await writeFile(join(other, 'README.md'), 'other');
    const rules = { roots: [other, at.stage.project], here: at.stage.project };
    const { sent } = await at.stage.get({ files: ['README.md', '*.md', 'other/*.md'] }, rules);
    expect(sent.map(({ path }) => path)).toEqual(['project/README.md', 'other/README.md']);
  });
});
