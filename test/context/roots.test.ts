import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findRoots, type RootSources } from '../../src/context/gate/roots.ts';
import { type Home, makeHome } from '../support/home.ts';
import { openStage } from './stage.ts';

type Case = {
  name: string;
  sources: (home: Home) => Partial<RootSources>;
  dirs?: (home: Home) => string[];
  here?: (home: Home) => string;
  refused?: RegExp;
};

/** The server runs in a repository in each of these cases, and nobody offered that one. */
const OFFERS_NONE = /the host names no folder of this machine as its workspace.+--allow-dir FOLDER/;

const CASES: Case[] = [
  { name: '--allow-dir', sources: (h) => ({ allowDirs: [h.project] }), dirs: (h) => [h.project] },
  {
    name: '--allow-dir and the config together',
    sources: (h) => ({ allowDirs: [h.project], configDirs: ['~/other'] }),
    dirs: (h) => [h.project, join(h.path, 'other')],
  },
  {
    name: 'what the user named over the host',
    sources: (h) => ({ configDirs: ['~/other'], hostRoots: [h.project] }),
    dirs: (h) => [join(h.path, 'other')],
  },
  { name: 'the home folder by the user’s wish', sources: () => ({ allowDirs: ['~'] }), dirs: (h) => [h.path] },
  {
    name: 'a link by its real path',
    sources: () => ({ allowDirs: ['~/link'] }),
    dirs: (h) => [join(h.path, 'other')],
  },
  {
    name: 'a relative folder',
    sources: () => ({ allowDirs: ['src'] }),
    dirs: (h) => [join(h.project, 'src')],
  },
  {
    name: 'a folder that is not there',
    sources: () => ({ allowDirs: ['~/no'] }),
    refused: /"~\/no" is not there or is no folder: correct --allow-dir/,
  },
  {
    name: 'what is there of the config',
    sources: () => ({ configDirs: ['~/no', '~/other', '~/file'] }),
    dirs: (h) => [join(h.path, 'other')],
  },
  {
    name: '--allow-dir beside a config of nothing that is there',
    sources: (h) => ({ allowDirs: [h.project], configDirs: ['~/no'] }),
    dirs: (h) => [h.project],
  },
  {
    name: 'a config of nothing that is there, and then neither workspace nor repository',
    sources: (h) => ({ configDirs: ['~/no', '~/file'], hostRoots: [h.project] }),
    refused: /of files\.allow_dirs \("~\/no" and "~\/file"\) none is there/,
  },
  { name: 'a file', sources: (h) => ({ allowDirs: [join(h.path, 'file')] }), refused: /is no folder/ },
  {
    name: 'the host’s workspace',
    sources: (h) => ({ hostRoots: [join(h.path, 'other')], projectDir: h.project }),
    dirs: (h) => [join(h.path, 'other')],
  },
  {
    name: 'the project of the host',
    sources: (h) => ({ projectDir: join(h.path, 'other') }),
    dirs: (h) => [join(h.path, 'other')],
  },
  {
    name: 'the project of the host where its workspace is empty',
    sources: (h) => ({ hostRoots: [], projectDir: join(h.path, 'other') }),
    dirs: (h) => [join(h.path, 'other')],
  },
  { name: 'an empty workspace', sources: () => ({ hostRoots: [] }), refused: OFFERS_NONE },
  { name: 'a workspace that is gone', sources: (h) => ({ hostRoots: [join(h.path, 'gone')] }), refused: OFFERS_NONE },
  { name: 'a file as the workspace', sources: (h) => ({ hostRoots: [join(h.path, 'file')] }), refused: OFFERS_NONE },
  { name: 'the home folder as the workspace', sources: (h) => ({ hostRoots: [h.path] }), refused: OFFERS_NONE },
  { name: '/ as the workspace', sources: () => ({ hostRoots: ['/'] }), refused: OFFERS_NONE },
  {
    name: 'the repository’s top',
    sources: (h) => ({ cwd: join(h.project, 'src') }),
    dirs: (h) => [h.project],
    here: (h) => join(h.project, 'src'),
  },
  {
    name: 'what the user named, and the folder in it in which the call was typed',
    sources: (h) => ({ allowDirs: ['~'], cwd: join(h.project, 'src'), typed: true }),
    dirs: (h) => [h.path],
    here: (h) => join(h.project, 'src'),
  },
  {
    name: 'what the user named, and not a folder beside it in which the call was typed',
    sources: () => ({ allowDirs: ['~/other'], typed: true }),
    dirs: (h) => [join(h.path, 'other')],
  },
  {
    name: 'the working folder outside of any repository',
    sources: (h) => ({ cwd: join(h.path, 'other') }),
    dirs: (h) => [join(h.path, 'other')],
    here: (h) => join(h.path, 'other'),
  },
  {
    name: 'the home folder in which a host started the server',
    sources: (h) => ({ cwd: h.path }),
    refused: /start the host in the folder of your project, or start the server with --allow-dir FOLDER, or list folders/,
  },
  { name: '/ in which a host started the server', sources: () => ({ cwd: '/' }), refused: /too wide to be one/ },
  {
    name: 'the home folder in which the call was typed',
    sources: (h) => ({ cwd: h.path, typed: true }),
    dirs: (h) => [h.path],
    here: (h) => h.path,
  },
  {
    name: 'a working folder that was deleted',
    sources: (h) => ({ cwd: join(h.path, 'gone'), typed: true }),
    refused: /because the working folder is not there or may not be read; start the server with --allow-dir/,
  },
  { name: 'no working folder', sources: () => ({ cwd: '' }), refused: /because the working folder is not there/ },
  {
    name: 'what holds the home folder',
    sources: (h) => ({ cwd: join(h.path, 'other'), hostRoots: [join(h.path, '..')] }),
    refused: /No folder may be read/,
  },
  {
    name: 'HTTP with --allow-dir',
    sources: (h) => ({ http: true, allowDirs: [h.project], configDirs: ['~/other'] }),
    dirs: (h) => [h.project],
  },
  {
    name: 'HTTP with the config alone',
    sources: (h) => ({ http: true, configDirs: ['~/other'], hostRoots: [h.project], projectDir: h.project }),
    refused: /over HTTP: start the server with --allow-dir/,
  },
];

describe('the folders that may be read', () => {
  it.each(CASES)('$name', async ({ sources, dirs, here, refused }) => {
    await using home = await makeHome();
    await mkdir(join(home.path, 'other'));
    await mkdir(join(home.project, '.git'));
    await mkdir(join(home.project, 'src'));
    await home.write('file', '');
    await symlink('other', join(home.path, 'link'));
    const all = { allowDirs: [], configDirs: [], cwd: home.project, home: home.path, http: false, ...sources(home) };
    const found = findRoots(all);
    if (refused !== undefined)
      return expect(found).rejects.toMatchObject({ kind: 'config', message: expect.stringMatching(refused) });
    expect(await found).toEqual({ roots: dirs?.(home), ...(here && { here: here(home) }) });
  });

  it('is not the home folder, though a repository lies there', async () => {
    await using home = await makeHome();
    await mkdir(join(home.path, '.git'));
    const sources = { allowDirs: [], configDirs: [], cwd: home.project, home: home.path, http: false };
    expect(await findRoots(sources)).toEqual({ roots: [home.project], here: home.project });
  });

  it('is none, and then no file is read, but an address is passed on', async () => {
    await using stage = await openStage();
    await stage.write('a.txt', 'x');
    await expect(stage.get({ files: ['a.txt'] }, { roots: [] })).rejects.toThrow(/No folder may be read, so "a\.txt" cannot be/);
    expect((await stage.get({ images: ['https://cdn.site.org/a.png'] }, { roots: [] })).parts).toHaveLength(1);
  });
});
