import { existsSync, readFileSync } from 'node:fs';
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { deadline } from '../../src/core/deadline.ts';
import { until } from '../support/until.ts';
import { openStage, type Stage } from './stage.ts';

/** A git that does not come to an end, and says its number. */
async function slowGit(stage: Stage): Promise<{ path: string; pid: () => number }> {
  const folder = join(stage.home, 'bin');
  await stage.write('../bin/git', `#!/bin/sh\necho $$ > '${stage.home}/pid'\nexec sleep 60\n`);
  await chmod(join(folder, 'git'), 0o755);
  const file = join(stage.home, 'pid');
  const pid = (): number => (existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0);
  return { path: `${folder}:${process.env['PATH']}`, pid };
}

const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe('reading what goes along', () => {
  it.each([
    ['a folder', { files: ['.'] }],
    ['a diff', { gitDiff: 'working' }],
  ])('of %s ends with the call, and so does its git', async (_, wanted) => {
    await using stage = await openStage();
    await stage.write('a.ts', 'x');
    await stage.commit();
    const { path, pid } = await slowGit(stage);
    const cancel = new AbortController();
    const limit = deadline({ totalMs: 60_000 }, [cancel.signal]);
    const reading = stage.ask(wanted, { path, home: stage.home, signal: limit.signal });
    await until(
      () => pid() > 0,
      () => 'git to run',
    );
    cancel.abort();
    expect((await reading).failure).toMatchObject({ kind: 'cancelled' });
    limit.end();
    await until(
      () => !isRunning(pid()),
      () => 'git to end',
    );
  });

  it('stops between two files, and what was left out by then is no result', async () => {
    await using stage = await openStage();
    for (let n = 1; n <= 5; n += 1) await stage.write(`${n}.ts`, 'x');
    const over = new AbortController();
    const read: string[] = [];
    const step = async (at: string, real: string): Promise<void> => {
      if (at === 'checked') read.push(real);
      if (read.length === 2) over.abort(new Error('over'));
    };
    await expect(stage.get({ files: ['.'] }, { step, signal: over.signal })).rejects.toThrow('over');
    expect(read).toHaveLength(2);
  });

  it('lets others have their turn, however much there is to match', async () => {
    await using stage = await openStage();
    for (let n = 1; n <= 100; n += 1) await stage.write(`${'deep/'.repeat(n % 20)}${n}.ts`, 'x');
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 1);
    const not = Array.from({ length: 60 }, (_, n) => `!**/*${'{a,b}'.repeat(40)}${n}*`);
    await stage.get({ files: ['**/{1,2}.ts', ...not] });
    clearInterval(timer);
    expect(turns).toBeGreaterThan(3);
  });

  it('does not begin where the call is over', async () => {
    await using stage = await openStage();
    await writeFile(join(stage.project, 'a.ts'), 'x');
    const over = AbortSignal.abort(new Error('over'));
    await expect(stage.get({ files: ['a.ts'] }, { signal: over })).rejects.toThrow('over');
  });
});
