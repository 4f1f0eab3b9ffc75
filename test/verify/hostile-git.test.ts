import { chmod, chown, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
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
    expect(await readdir(marks(stage))).toEqual([]);
  });

  it('nor anything of the user’s settings but two that are read', async () => {
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
    expect((await stage.ask({ gitDiff: 'working' }, { path })).failure).toBeUndefined();
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

/** A repository of the user's outside of the root, whose contents hold the canary. */
async function secretRepository(stage: Stage): Promise<string> {
  const top = join(stage.home, 'private');
  await mkdir(top);
  await writeFile(join(top, 'x.txt'), CANARY);
  await stage.git('init', '-q', top);
  await stage.git('-C', top, 'add', '-A');
  await stage.git('-C', top, 'commit', '-q', '-m', 'x');
  return top;
}

type Pointing = { name: string; point: (stage: Stage, target: string) => Promise<unknown> };

const POINTERS: Pointing[] = [
  { name: 'a .git file that names another repository', point: (s, t) => s.write('.git', `gitdir: ${t}/.git\n`) },
  { name: 'a .git that is a link', point: (s, t) => symlink(join(t, '.git'), join(s.project, '.git')) },
  {
    name: 'a .git file that names a worktree of another',
    point: async (s, t) => {
      await s.git('-C', t, 'worktree', 'add', '-q', join(s.home, 'tree'));
      await s.write('.git', `gitdir: ${t}/.git/worktrees/tree\n`);
    },
  },
  {
    name: 'a commondir that leads out',
    point: async (s, t) => {
      await s.commit();
      await s.write('.git/commondir', `${t}/.git\n`);
    },
  },
  {
    name: 'objects that are a link',
    point: async (s, t) => {
      await s.commit();
      await rm(join(s.project, '.git/objects'), { recursive: true });
      await symlink(join(t, '.git/objects'), join(s.project, '.git/objects'));
      await s.write('.git/refs/heads/main', await s.git('-C', t, 'rev-parse', 'HEAD'));
    },
  },
  {
    name: 'references that are a link',
    point: async (s, t) => {
      await s.commit();
      await rm(join(s.project, '.git/refs'), { recursive: true });
      await symlink(join(t, '.git/refs'), join(s.project, '.git/refs'));
    },
  },
  {
    name: 'borrowed objects',
    point: async (s, t) => {
      await s.commit();
      await s.write('.git/objects/info/alternates', `${t}/.git/objects\n`);
      await s.write('.git/refs/heads/main', await s.git('-C', t, 'rev-parse', 'HEAD'));
    },
  },
  {
    name: 'objects borrowed by those who lend',
    point: async (s, t) => {
      await s.commit();
      await s.write('.git/objects/info/alternates', '../lender\n');
      await s.write('.git/lender/info/alternates', `${t}/.git/objects\n`);
      await s.write('.git/refs/heads/main', await s.git('-C', t, 'rev-parse', 'HEAD'));
    },
  },
  {
    name: 'a folder of objects that is a link',
    point: async (s, t) => {
      await s.commit();
      for (const name of await readdir(join(t, '.git/objects'))) {
        await symlink(join(t, '.git/objects', name), join(s.project, '.git/objects', name)).catch(() => undefined);
      }
      await s.write('.git/refs/heads/main', await s.git('-C', t, 'rev-parse', 'HEAD'));
    },
  },
  {
    name: 'core.worktree',
    point: async (s, t) => {
      await s.commit();
      await s.write('x.txt', 'x\n');
      await s.git('add', '-A');
      await s.git('config', '--local', 'core.worktree', t);
    },
  },
  {
    name: 'core.worktree of a .git file',
    point: async (s, t) => {
      await s.git('init', '-q', '--separate-git-dir', join(s.project, 'meta'));
      await s.git('config', '--local', 'core.worktree', t);
    },
  },
];

describe('a diff does not reach another repository', () => {
  it.each(POINTERS)('by $name', async ({ point }) => {
    await using stage = await openStage();
    await stage.write('a.txt', 'one\n');
    await point(stage, await secretRepository(stage));
    for (const gitDiff of ['working', 'staged', 'HEAD', 'main']) {
      const { all, failure } = await stage.ask({ gitDiff });
      expect(all).not.toContain(CANARY);
      expect(failure?.message).toMatch(
        /git_diff does not read the repository at .*, because .*: files of another repository could leave with it/,
      );
    }
  });

  it('by a link in its work tree', async () => {
    await using stage = await openStage();
    await stage.write('a.txt', 'one\n');
    await stage.write('d/secret.txt', 'one\n');
    await stage.commit();
    await rm(join(stage.project, 'a.txt'));
    await symlink(stage.outside, join(stage.project, 'a.txt'));
    await rm(join(stage.project, 'd'), { recursive: true });
    await symlink(join(stage.home, 'outside'), join(stage.project, 'd'));
    expect((await stage.ask({ gitDiff: 'working' })).all).not.toContain(CANARY);
  });

  it('by a submodule', async () => {
    await using stage = await openStage();
    await stage.write('a.txt', 'one\n');
    await stage.commit();
    const target = await secretRepository(stage);
    await stage.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', target, 'sub');
    await stage.write('sub/x.txt', `${CANARY} changed`);
    const { all, failure } = await stage.ask({ gitDiff: 'working' });
    expect(failure).toBeUndefined();
    expect(all).not.toContain(CANARY);
  });

  it('by a repository above or below the root', async () => {
    await using stage = await openStage();
    await stage.write('sub/a.txt', CANARY);
    await stage.commit();
    const below = await stage.ask({ gitDiff: 'HEAD' }, { roots: [join(stage.project, 'sub')] });
    expect(below.failure?.message).toMatch(/finds no git repository/);
    const above = await stage.ask({ gitDiff: 'HEAD' }, { roots: [stage.home] });
    expect(above.failure?.message).toMatch(/finds no git repository/);
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
