import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readIgnoreRules } from '../../src/context/files/ignore-rules.ts';
import { openStage } from './stage.ts';

const LINES = [
  ['*.log', '!keep.log'],
  ['/top.txt', 'a/b', 'gen/'],
  ['doc/**/*.md', '!doc/**/keep.md'],
  ['**/cache', 'x/**', '!x/keep'],
  ['# a comment', '\\#file', '\\!file', 'trailing   ', 'space\\ '],
  ['[ab].txt', '[!a].md', '?.js', 'a?b'],
  ['*', '!*/', '!*.ts'],
  ['{a,b}.txt', 'a**b', '/', '!', '  '],
  ['doc/', '!doc', 'a/*', '!a/keep.log'],
];

const NAMES = [
  'a.log',
  'keep.log',
  'a/keep.log',
  'a/b',
  'top.txt',
  'a/top.txt',
  'gen/x',
  'b/gen',
  'doc/x.md',
  'doc/deep/er/y.md',
  'doc/deep/keep.md',
  'x/y',
  'x/keep',
  'cache/z',
  'c/cache/z',
  '#file',
  '!file',
  'trailing',
  'space ',
  'a.txt',
  'b.txt',
  'c.md',
  'a.md',
  'j.js',
  'jj.js',
  '{a,b}.txt',
  'axxb',
  'main.ts',
  'deep/er/main.ts',
];

describe('the lines of a .gitignore', () => {
  it.each(LINES.map((lines) => [lines.join(' | '), lines] as const))('%s are read as git reads them', async (_, lines) => {
    await using stage = await openStage();
    for (const name of NAMES) {
      await mkdir(join(stage.project, name, '..'), { recursive: true });
      await stage.write(name, 'x');
    }
    await stage.git('init', '-q');
    await writeFile(join(stage.project, '.git/info/exclude'), lines.join('\n'));
    const kept = (await stage.git('-c', 'core.quotePath=false', 'ls-files', '-oz', '--exclude-standard'))
      .split('\0')
      .slice(0, -1);
    const isIgnored = readIgnoreRules(lines.join('\r\n'));
    const ours = NAMES.filter((name) => {
      const folders = name.split('/').slice(0, -1);
      const above = folders.map((__, index) => folders.slice(0, index + 1).join('/'));
      return !above.some((folder) => isIgnored(folder, true) === true) && isIgnored(name, false) !== true;
    });
    expect(ours.toSorted()).toEqual(kept.toSorted());
  });

  it('come to an end, however long they are and whatever they hold', () => {
    const isIgnored = readIgnoreRules(
      ['a'.repeat(40_000), `${'a/**/'.repeat(12)}b`, '*a*a*a*a*a*a*a*a*b', '[a'.repeat(2000), '*.log'].join('\n'),
    );
    expect(isIgnored('a/'.repeat(500), false)).toBeUndefined();
    expect(isIgnored('a'.repeat(255), false)).toBeUndefined();
    expect(isIgnored('a/x.log', false)).toBe(true);
  });
});
