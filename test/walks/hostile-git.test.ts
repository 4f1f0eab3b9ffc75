import { chmod, chown, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CANARY, openStage, type Stage } from '../context/stage.ts';

/** What runs leaves a file here. */
const marks = (stage: Stage): string => join(stage.home, 'marks');

/** A program that leaves a mark and passes on what it is given. */
async function trap(stage: Stage): Promise<string> {
  await mkdir(marks(stage), { recursive: true });
  const file = join(stage.home, 'trap.sh');
  await writeFile(file, `#!/bin/sh\n: > '${marks(stage)}'/"ran-$$"\necho '${CANARY}'\nexec cat\n`);
  await chmod(file, 0o755);
  return file;
}

type Config = { name: string; config: (trap: string) => readonly (readonly [string, string])[]; attributes?: string };

const CONFIGS: Config[] = [
  { name: 'diff.external', config: (t) => [['diff.external', t]] },
  { name: 'a driver’s command', config: (t) => [['diff.x.command', t]], attributes: '* diff=x' },
  { name: 'textconv', config: (t) => [['diff.x.textconv', t]], attributes: '* diff=x' },
  {
    name: 'textconv with a cache',
    config: (t) => [
      ['diff.x.textconv', t],
      ['diff.x.cachetextconv', 'true'],
    ],
    attributes: '* diff=x',
  },
  { name: 'fsmonitor', config: (t) => [['core.fsmonitor', t]] },
  { name: 'a clean filter', config: (t) => [['filter.x.clean', t]], attributes: '* filter=x' },
  {
    name: 'a required clean filter',
    config: (t) => [
      ['filter.x.clean', t],
      ['filter.x.required', 'true'],
    ],
    attributes: '* filter=x',
  },
  {
    name: 'a filter process',
    config: (t) => [
      ['filter.x.process', t],
      ['filter.x.required', 'true'],
    ],
    attributes: '* filter=x',
  },
  { name: 'a filter whose name holds "="', config: (t) => [['filter.a=b.clean', t]], attributes: '* filter=a=b' },
  { name: 'a filter in capitals', config: (t) => [['FILTER.X.CLEAN', t]], attributes: '* filter=X' },
  { name: 'a filter with dots', config: (t) => [['filter.a.clean.clean', t]], attributes: '* filter=a.clean' },
  {
    name: 'core.sshCommand and a lazy fetch',
    config: (t) => [
      ['core.sshCommand', t],
      ['remote.o.url', 'ssh://h/x'],
      ['remote.o.promisor', 'true'],
      ['extensions.partialClone', 'o'],
    ],
  },
  {
    name: 'a helper of a remote',
    config: (t) => [
      ['remote.o.url', `ext::${t}`],
      ['remote.o.promisor', 'true'],
      ['protocol.ext.allow', 'always'],
    ],
  },
  {
    name: 'core.pager',
    config: (t) => [
      ['core.pager', t],
      ['pager.diff', t],
    ],
  },
  { name: 'core.hooksPath', config: () => [['core.hooksPath', 'hooks']] },
  {
    name: 'core.editor and core.askPass',
    config: (t) => [
      ['core.editor', t],
      ['core.askPass', t],
    ],
  },
  {
    name: 'aliases',
    config: (t) => [
      ['alias.diff', `!${t}`],
      ['alias.rev-parse', `!${t}`],
      ['alias.config', `!${t}`],
    ],
  },
  { name: 'credential.helper', config: (t) => [['credential.helper', t]] },
  {
    name: 'gpg.program',
    config: (t) => [
      ['gpg.program', t],
      ['log.showSignature', 'true'],
    ],
  },
];

describe('what a repository configures is not run', () => {
  it.each(CONFIGS)('$name', async ({ config, attributes }) => {
    await using stage = await openStage();
    const program = await trap(stage);
    await stage.write('a.txt', 'one\n');
    await stage.write('hooks/post-index-change', `#!/bin/sh\n: > '${marks(stage)}/hook'\n`);
    await chmod(join(stage.project, 'hooks/post-index-change'), 0o755);
    await stage.commit();
    for (const [key, value] of config(program)) await stage.git('config', '--local', key, value);
    await stage.write('.gitattributes', `${attributes ?? ''}\n`);
    await stage.write('.git/info/attributes', `${attributes ?? ''}\n`);
    await stage.write('a.txt', 'two\n');
    expect((await stage.get({ files: ['**/*.txt'] }, { home: stage.home })).sent).toMatchObject([{ path: 'a.txt' }]);
    for (const gitDiff of ['working', 'staged', 'HEAD', 'HEAD..HEAD']) {
      const { all, gathered } = await stage.ask({ gitDiff });
      expect(all).not.toContain(CANARY);
      if (gitDiff === 'working') expect(gathered?.text).toContain('-one\n+two');
    }
    expect(await readdir(marks(stage))).toEqual([]);
  });

  it('in a file that the settings include', async () => {
    await using stage = await openStage();
    const program = await trap(stage);
    await stage.write('a.txt', 'one\n');
    await stage.commit();
    await stage.git('config', '--local', 'include.path', '../extra');
    await stage.write('extra', `[filter "x"]\n\tclean = ${program}\n`);
    await stage.write('.git/info/attributes', '* filter=x\n');
    await stage.write('a.txt', 'two\n');
    expect((await stage.ask({ gitDiff: 'working' })).gathered?.text).toContain('+two');
    expect(await readdir(marks(stage))).toEqual([]);
  });

  it('nor what a submodule configures, where the submodule has moved', async () => {
    await using stage = await openStage();
    const program = await trap(stage);
    await stage.write('a.txt', 'one\n');
    await stage.write('sub/x.txt', 'one\n');
    for (const args of [
      ['init', '-q'],
      ['add', '-A'],
      ['commit', '-qm', 'x'],
    ])
      await stage.git('-C', 'sub', ...args);
    await stage.commit();
    await stage.write('sub/x.txt', 'two\n');
    await stage.git('-C', 'sub', 'commit', '-qam', 'y');
    await stage.write('.gitmodules', '[submodule "sub"]\n\tpath = sub\n\turl = ../x\n\tignore = none\n');
    const config = {
      'core.fsmonitor': program,
      'filter.x.clean': program,
      'diff.external': program,
      'alias.status': `!${program}`,
    };
    for (const [key, value] of Object.entries(config)) await stage.git('-C', 'sub', 'config', '--local', key, value);
    await stage.write('sub/.git/info/attributes', '* filter=x\n');
    await stage.write('sub/x.txt', `${CANARY}\n`);
    const { all, gathered } = await stage.ask({ gitDiff: 'working' });
    expect(gathered?.text).toContain('+Subproject commit ');
    expect(all).not.toContain(CANARY);
    expect((await stage.get({ files: ['**/*.txt'] })).sent).toMatchObject([{ path: 'a.txt' }, { path: 'sub/x.txt' }]);
    expect(await readdir(marks(stage))).toEqual([]);
  });

  it('nor anything of the user’s settings but the few that are read', async () => {
    await using stage = await openStage();
    const program = await trap(stage);
    await stage.write('a.txt', 'one\n');
    await stage.commit();
    for (const { config } of CONFIGS)
      for (const [key, value] of config(program)) await stage.git('config', '--file', join(stage.home, '.gitconfig'), key, value);
    await stage.write('.git/info/attributes', '* filter=x diff=x\n');
    await stage.write('a.txt', 'two\n');
    expect((await stage.ask({ gitDiff: 'working' }, { home: stage.home })).gathered?.text).toContain('-one\n+two');
    expect(await readdir(marks(stage))).toEqual([]);
  });

  it('nor a git that the repository brings along', async () => {
    await using stage = await openStage();
    const program = await trap(stage);
    await stage.write('a.txt', 'one\n');
    await stage.commit();
    for (const place of ['git', 'node_modules/.bin/git']) {
      await stage.write(place, await readFile(program));
      await chmod(join(stage.project, place), 0o755);
    }
    const path = `.:${stage.project}:${stage.project}/node_modules/.bin:${process.env['PATH'] ?? ''}`;
    for (const wanted of [{ gitDiff: 'working' }, { files: ['*.txt'] }])
      expect((await stage.ask(wanted, { path })).failure).toBeUndefined();
    expect(await readdir(marks(stage))).toEqual([]);
  });
});

const REFS = [
  '--output=/tmp/x',
  '-O',
  '-O/etc/passwd',
  '--no-index',
  '--no-index /etc/passwd /dev/null',
  '--ext-diff',
  '--upload-pack=x',
  '-',
  '',
  'HEAD --output=x',
  'HEAD;id',
  '$(id)',
  '`id`',
  'HEAD:.env',
  ':/one',
  ':a.txt',
  'HEAD..--output=x',
  '--output=x..HEAD',
  '-x...HEAD',
  '../..',
  'HEAD\0x',
  'HEAD\nx',
  'nope',
  'HEAD...nope',
  '/etc/passwd',
  'a.txt',
  'refs/heads/../../HEAD:x',
  '..',
  'a'.repeat(300),
];

describe('git_diff takes revisions and nothing else', () => {
  it.each(REFS)('not %j', async (gitDiff) => {
    await using stage = await openStage();
    await stage.write('a.txt', 'one\n');
    await stage.write('.env', CANARY);
    await stage.commit();
    const before = await readdir(stage.project);
    const { all, failure, gathered } = await stage.ask({ gitDiff });
    expect(all).not.toContain(CANARY);
    // ".." is HEAD..HEAD, as git has it.
    if (gitDiff === '..') expect(gathered?.sent).toEqual([]);
    else expect(failure?.message).toMatch(/is no commit of this repository: write working, staged/);
    expect(await readdir(stage.project)).toEqual(before);
  });
});

// Only root can give a folder to somebody else.
describe.runIf(process.getuid?.() === 0)('a repository of another user', () => {
  it('is read where the user’s git trusts it, and nowhere else', async () => {
    await using stage = await openStage();
    await stage.write('a.txt', 'one\n');
    await stage.commit();
    await stage.write('a.txt', 'two\n');
    for (const name of ['', '.git']) await chown(join(stage.project, name), 12345, 12345);
    const ask = () => stage.ask({ gitDiff: 'working' }, { home: stage.home });
    expect((await ask()).failure?.message).toMatch(/belongs to another user: .+ --add safe\.directory/);
    const trust = (folder: string) => writeFile(join(stage.home, '.gitconfig'), `[safe]\n\tdirectory = ${folder}\n`);
    await trust('/elsewhere');
    expect((await ask()).failure?.message).toMatch(/belongs to another user/);
    for (const folder of [stage.project, '~/project', '*']) {
      await trust(folder);
      expect((await ask()).gathered?.text).toContain('-one\n+two');
    }
    await trust('*\n\tdirectory =');
    expect((await ask()).failure?.message).toMatch(/belongs to another user/);
  });
});
