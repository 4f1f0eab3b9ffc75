import { mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Step } from '../../src/context/gate/open.ts';
import { CANARY, openStage, type Stage } from './stage.ts';

/** What is done to the disk at a step of a read; done once, and put back at the next where that is said. */
type Swap = {
  name: string;
  at: Parameters<Step>[0];
  swap: (stage: Stage) => Promise<void>;
  back?: (stage: Stage) => Promise<void>;
};

const file = (stage: Stage): string => join(stage.project, 'd/a.txt');
const folder = (stage: Stage): string => join(stage.project, 'd');

const toLink = async (stage: Stage): Promise<void> => {
  await rm(file(stage));
  await symlink(stage.outside, file(stage));
};
const toOther = async (stage: Stage): Promise<void> => {
  await rename(file(stage), `${file(stage)}.old`);
  await writeFile(file(stage), CANARY);
};
const folderToLink = async (stage: Stage): Promise<void> => {
  await rename(folder(stage), `${folder(stage)}.old`);
  await symlink(join(stage.home, 'elsewhere'), folder(stage));
};
const folderBack = async (stage: Stage): Promise<void> => {
  await rm(folder(stage));
  await rename(`${folder(stage)}.old`, folder(stage));
};

const SWAPS: Swap[] = [
  { name: 'the file becomes a link after it was checked', at: 'checked', swap: toLink },
  { name: 'the file becomes another after it was checked', at: 'checked', swap: toOther },
  { name: 'the file becomes a link after it was opened', at: 'opened', swap: toLink },
  { name: 'the file is gone after it was checked', at: 'checked', swap: (stage) => rm(file(stage)) },
  { name: 'the folder becomes a link after it was checked', at: 'checked', swap: folderToLink },
  { name: 'the folder becomes a link and is put back', at: 'checked', swap: folderToLink, back: folderBack },
  { name: 'the folder becomes a link after it was opened', at: 'opened', swap: folderToLink },
];

async function prepared(): Promise<Stage> {
  const stage = await openStage();
  await mkdir(join(stage.home, 'elsewhere'));
  await writeFile(join(stage.home, 'elsewhere/a.txt'), CANARY);
  await stage.write('d/a.txt', 'fine\n');
  await stage.write('d/b.txt', 'fine, too\n');
  return stage;
}

const stepOf = (stage: Stage, { at, swap, back }: Swap): Step => {
  const todo =
    back === undefined
      ? [{ at, act: swap }]
      : [
          { at, act: swap },
          { at: 'opened', act: back },
        ];
  return async (now) => {
    if (todo[0]?.at === now) await todo.shift()?.act(stage);
  };
};

describe('between the check and the read', () => {
  it.each(SWAPS)('$name: nothing of it is sent when it was named', async (swap) => {
    await using stage = await prepared();
    const { failure, all } = await stage.ask({ files: ['d/a.txt'] }, { step: stepOf(stage, swap) });
    expect(all).not.toContain(CANARY);
    expect(failure?.message).toMatch(/changed while it was being read|cannot be opened/);
  });

  it.each(SWAPS)('$name: nothing of it is sent when it was found', async (swap) => {
    await using stage = await prepared();
    const { gathered, all } = await stage.ask({ files: ['d/*.txt'] }, { step: stepOf(stage, swap) });
    expect(all).not.toContain(CANARY);
    expect(gathered?.leftOut.map(({ path }) => path)).toContain('d/a.txt');
  });

  it('a file that changes places with a link all the time sends itself or nothing', async () => {
    await using stage = await prepared();
    const end = new AbortController();
    const swapping = (async () => {
      await symlink(stage.outside, `${file(stage)}.link`);
      while (!end.signal.aborted) {
        await rename(file(stage), `${file(stage)}.old`);
        await rename(`${file(stage)}.link`, file(stage));
        await rename(file(stage), `${file(stage)}.link`);
        await rename(`${file(stage)}.old`, file(stage));
      }
    })();
    for (let times = 0; times < 300; times += 1) expect((await stage.ask({ files: ['d/a.txt'] })).all).not.toContain(CANARY);
    end.abort();
    await swapping;
  });
});
