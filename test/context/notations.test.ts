import { mkdir, writeFile } from 'node:fs/promises';
import { join, win32 } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readingsOf } from '../../src/context/gate/readings.ts';
import { wrongWithPath } from '../../src/context/gate/spelling.ts';
import { namesFile, writingsOf } from '../../src/context/gate/writings.ts';
import { within } from '../../src/core/within.ts';
import { openStage, type Stage } from './stage.ts';

const NUMBERED = Array.from({ length: 60 }, (_, n) => `line ${n + 1}`).join('\n');

async function project(): Promise<Stage> {
  const stage = await openStage();
  await stage.write('src/a.ts', NUMBERED);
  await stage.write('src/with space.ts', NUMBERED);
  await stage.write('src/b.ts', NUMBERED);
  return stage;
}

/** Paths and lines that are sent: `src/a.ts`, `src/a.ts:2-5`. */
const sentFor = async (stage: Stage, files: string[]): Promise<string[]> => {
  const { sent } = await stage.get({ files }, { home: stage.home });
  return sent.map(({ path, lines }) =>
    lines?.of === lines?.to && lines?.from === 1 ? path : `${path}:${lines?.from}-${lines?.to}`,
  );
};

describe('a file may be named', () => {
  it.each([
    [['src\\a.ts'], ['src/a.ts']],
    [['.\\src\\a.ts:2-5'], ['src/a.ts:2-5']],
    [['src\\*.ts'], ['src/a.ts', 'src/b.ts', 'src/with space.ts']],
    [['@src/a.ts'], ['src/a.ts']],
    [['@src/*.ts', '!@src/a.ts', '!src\\b.ts'], ['src/with space.ts']],
    [['@src/a.ts#L2-L5'], ['src/a.ts:2-5']],
    [['src/a.ts#L3'], ['src/a.ts:3-3']],
    [['src/a.ts#L2-5'], ['src/a.ts:2-5']],
    [['src/a.ts#2-5'], ['src/a.ts:2-5']],
    [['src/a.ts#L2C4-L5C9'], ['src/a.ts:2-5']],
    [['src/a.ts:2:5'], ['src/a.ts:2-2']],
    [['src/a.ts:2:5:'], ['src/a.ts:2-2']],
    [['src/a.ts:2:'], ['src/a.ts:2-2']],
    [['src/a.ts:2:5-7:1'], ['src/a.ts:2-7']],
    [['src/a.ts(2,5)'], ['src/a.ts:2-2']],
    [['src/a.ts(2)'], ['src/a.ts:2-2']],
    [['src\\a.ts(2,5):'], ['src/a.ts:2-2']],
    [['src/a.ts '], ['src/a.ts']],
    [['\tsrc/a.ts:5\n'], ['src/a.ts:5-5']],
    [['"src/a.ts"'], ['src/a.ts']],
    [['`src/a.ts`'], ['src/a.ts']],
    [['~/project/src/a.ts'], ['src/a.ts']],
    [['~/project/src/*.ts:1'], []],
    [['src/a.ts, src/b.ts'], ['src/a.ts', 'src/b.ts']],
    [['src/a.ts:2-5,10-12, src/b.ts'], ['src/a.ts:2-5', 'src/a.ts:10-12', 'src/b.ts']],
    [['src/{a,b}.ts,!src/a.ts'], ['src/b.ts']],
    [['src/a.ts\nsrc/b.ts\n'], ['src/a.ts', 'src/b.ts']],
  ])('%j', async (files, sent) => {
    await using stage = await project();
    if (sent.length > 0) return expect(await sentFor(stage, files)).toEqual(sent);
    await expect(sentFor(stage, files)).rejects.toThrow(/names lines of a pattern/);
  });

  it.each([
    ['file://', ''],
    ['file:', ''],
    ['file://localhost', ''],
    ['file://', '#L2-L5'],
    ['@', ':2-5'],
  ])('%s and its whole path%s', async (start, end) => {
    await using stage = await project();
    const path = `${stage.project}/src/with space.ts`;
    const said = `${start}${start.startsWith('file') ? encodeURI(path) : path}${end}`;
    expect(await sentFor(stage, [said])).toEqual([`src/with space.ts${end === '' ? '' : ':2-5'}`]);
    expect(await sentFor(stage, ['src', `!${start}${stage.project}/src/a.ts`])).toEqual(['src/b.ts', 'src/with space.ts']);
  });

  it('by its very name, whatever that could mean otherwise', async () => {
    await using stage = await openStage();
    const names = [
      '@a.ts',
      'a.ts#L2',
      'b.ts:2',
      'c(2).ts',
      'd.ts(2)',
      'run-2026-11-30T10:15:00Z.json',
      'x,y.ts',
      'back\\slash.ts',
      'trailing ',
      '~tilde',
      'CON',
      'aux/nul',
    ];
    for (const name of [...names, 'a.ts', 'b.ts', 'd.ts', 'x', 'y.ts', 'trailing']) await stage.write(name, 'one\ntwo\n');
    for (const name of names) expect(await sentFor(stage, [name])).toEqual([name]);
    expect(await sentFor(stage, ['run-2026-11-30T10:15:00Z.json:2'])).toEqual(['run-2026-11-30T10:15:00Z.json:2-2']);
    expect(await sentFor(stage, ['b.ts:2:1'])).toEqual(['b.ts:2-2']);
    expect((await sentFor(stage, ['.'])).toSorted()).toEqual(expect.arrayContaining(names.toSorted()));
  });

  it('so that what may not be sent is not sent', async () => {
    await using stage = await openStage();
    for (const name of ['.env', '.env ', '.env.', 'ok.txt']) await stage.write(name, 'x');
    for (const said of [
      '.env',
      '@.env',
      '.env ',
      '.env.',
      '"./.env"',
      '.\\.env',
      '.env#L1',
      '.env(1,1)',
      `file://${stage.project}/.env`,
    ])
      expect((await stage.ask({ files: [said] })).failure?.message).toMatch(/never sent/);
    expect(await sentFor(stage, ['.'])).toEqual(['ok.txt']);
  });

  it('as an image, too', async () => {
    await using stage = await openStage();
    await stage.write('pics/a b.gif', Buffer.from('GIF89a\u0001\0', 'latin1'));
    const said = ['@pics/a b.gif', 'pics\\a b.gif', ' pics/a b.gif\n', `file://${encodeURI(stage.project)}/pics/a%20b.gif`];
    for (const image of said) {
      expect(namesFile(image)).toBe(true);
      expect((await stage.get({ images: [image] })).sent).toMatchObject([{ path: 'pics/a b.gif' }]);
    }
    for (const image of ['https://cdn.site.org/a.gif', ' data:image/gif;base64,AA==']) expect(namesFile(image)).toBe(false);
  });

  it('which fails in the words of who named it', async () => {
    await using stage = await project();
    const message = async (...files: string[]) => (await stage.ask({ files })).failure?.message;
    expect(await message('src/c.ts:2:5')).toMatch(/^There is no "src\/c\.ts" in the allowed folder/);
    expect(await message('C:\\repo\\src\\a.ts')).toMatch(/^There is no "C:\\repo\\src\\a\.ts" in the allowed folder/);
    expect(await message('src/a.ts:9-2')).toMatch(/do not count upwards/);
    expect(await message('src#L1-L2')).toMatch(/names lines of a folder/);
    expect(await message('https://site.org/a.ts')).toMatch(/is a URL, and none is fetched/);
  });
});

describe('a path on Windows', () => {
  const ROOT = 'C:\\repo';
  const starts = { roots: [ROOT], here: 'C:\\repo\\src' };

  it.each([
    ['src\\a.ts', 'C:\\repo\\src\\a.ts'],
    ['src/a.ts', 'C:\\repo\\src\\a.ts'],
    ['C:\\repo\\src\\a.ts', 'C:\\repo\\src\\a.ts'],
    ['c:\\Repo\\src\\a.ts', 'c:\\Repo\\src\\a.ts'],
    ['c:/repo/src/a.ts', 'c:\\repo\\src\\a.ts'],
    ['/c/repo/src/a.ts', 'C:\\repo\\src\\a.ts'],
    ['/mnt/c/repo/src/a.ts', 'C:\\repo\\src\\a.ts'],
    ['file:///C:/repo/src/a.ts', 'C:\\repo\\src\\a.ts'],
    ['@src\\a.ts', 'C:\\repo\\src\\a.ts'],
  ])('%s lies below its root, in either case of the drive', (said, meant) => {
    const places = writingsOf(said, { windows: true })
      .filter((one) => wrongWithPath(one, true) === undefined)
      .flatMap((one) => readingsOf(starts, one, win32))
      .map(({ top, way }) => win32.resolve(top, way));
    expect(places.map((place) => place.toLowerCase())).toContain(meant.toLowerCase());
    expect(within(ROOT, meant, win32)).toBe(true);
  });

  it.each([
    ['C:\\other\\a.ts', false],
    ['D:\\repo\\a.ts', false],
    ['C:\\repo-2\\a.ts', false],
    ['C:\\repo\\..\\other', false],
    ['\\\\server\\share\\a.ts', false],
    ['C:\\REPO\\..a\\b', true],
  ])('%s is below the root: %s', (path, below) => {
    expect(within(ROOT, path, win32)).toBe(below);
  });

  it.each([
    ['a.txt:secret', /colon/],
    ['C:\\repo\\a.txt::$DATA', /colon/],
    ['c:secret.txt', /no folder on it/],
    ['src\\CON', /device/],
    ['nul', /device/],
    ['.env.', /ends in a dot or a space/],
    ['.env \\x', /ends in a dot or a space/],
    ['...\\secret.txt', /ends in a dot or a space/],
    ['a\nb', /control character/],
    ['\\\\server\\share\\secret.txt', /network or device path/],
    ['//server/share/secret.txt', /network or device path/],
    ['\\\\?\\C:\\secret.txt', /network or device path/],
    ['\\\\.\\pipe\\x', /network or device path/],
  ])('%j is refused, because it may be another spelling of something', (path, what) => {
    expect(wrongWithPath(path, true)).toMatch(what);
  });

  it.each(['src\\a.ts', 'C:\\repo\\a.ts', 'c:/repo/a.ts', '..\\a.ts', '.', 'a b.ts'])('%s is plain', (path) => {
    expect(wrongWithPath(path, true)).toBeUndefined();
  });
});

it('a name with a brace or a comma in a folder is no list', async () => {
  await using stage = await openStage();
  await mkdir(join(stage.project, 'a,b'));
  await writeFile(join(stage.project, 'a,b/c.ts'), 'x');
  expect(await sentFor(stage, ['a,b'])).toEqual(['a,b/c.ts']);
  expect(await sentFor(stage, ['a,b/c.ts:1'])).toEqual(['a,b/c.ts']);
});
