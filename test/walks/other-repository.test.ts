import { createHash } from 'node:crypto';
import { chmod, copyFile, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { CANARY, openStage, type Stage } from '../context/stage.ts';

/** A repository of the user's outside of the root, whose contents hold the canary. */
async function secretRepository(stage: Stage, name = 'private'): Promise<string> {
  const top = join(stage.home, name);
  await mkdir(top);
  await writeFile(join(top, 'x.txt'), CANARY);
  await stage.git('init', '-q', top);
  await stage.git('-C', top, 'add', '-A');
  await stage.git('-C', top, 'commit', '-q', '-m', 'x');
  return top;
}

/** A repository whose `commondir` says something. */
async function commonDir(stage: Stage, said: string | Buffer): Promise<void> {
  await stage.commit();
  await stage.write('.git/commondir', said);
}

/** A repository that borrows objects and stands at the commit of the one at `target`. */
async function borrow(stage: Stage, target: string, said: string | Buffer): Promise<void> {
  await stage.commit();
  await stage.write('.git/objects/info/alternates', said);
  await stage.write('.git/refs/heads/main', await stage.git('-C', target, 'rev-parse', 'HEAD'));
}

/** A repository whose data lies in the folder `name` of the project. */
async function separate(stage: Stage, name: string): Promise<void> {
  await stage.git('init', '-q', '--separate-git-dir', join(stage.project, name));
  await stage.git('add', 'a.txt');
  await stage.git('commit', '-q', '-m', 'x');
}

/** What a repository may have that is a link. */
const PARTS = ['HEAD', 'index', 'packed-refs', 'config', 'objects/info/commit-graph', 'worktrees/w/HEAD', 'refs/heads/main'];

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
  {
    name: 'a .git file that names a submodule of another',
    point: async (s, t) => {
      const library = await secretRepository(s, 'library');
      await s.git('-C', t, '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', library, 'sub');
      await s.write('.git', `gitdir: ${t}/.git/modules/sub\n`);
    },
  },
  {
    name: 'a .git file that ends in a blank',
    point: async (s, t) => {
      await separate(s, 'meta');
      await s.write('.git', 'gitdir: meta \n');
      await symlink(join(t, '.git'), join(s.project, 'meta '));
    },
  },
  {
    name: 'a .git file that leads up from a link',
    point: async (s, t) => {
      await separate(s, 'meta');
      await s.write('.git', 'gitdir: meta/link/..\n');
      await symlink(join(t, '.git/refs'), join(s.project, 'meta/link'));
    },
  },
  { name: 'a commondir with a NUL', point: (s, t) => commonDir(s, `${t}/.git\0x\n`) },
  {
    name: 'a commondir that is no UTF-8',
    point: async (s, t) => {
      await commonDir(s, Buffer.from([0xff, 0x0a]));
      await symlink(join(t, '.git'), Buffer.concat([Buffer.from(join(s.project, '.git/')), Buffer.from([0xff])]));
      // What that name looks like once it is decoded.
      await s.git('init', '-q', '--bare', '.git/\uFFFD');
    },
  },
  {
    name: 'a commondir that begins with a blank',
    point: async (s, t) => {
      await commonDir(s, ' foo\n');
      await symlink(join(t, '.git'), join(s.project, '.git/ foo'));
      await mkdir(join(s.project, '.git/foo'));
    },
  },
  {
    name: 'a commondir that leads up from a link',
    point: async (s, t) => {
      await commonDir(s, 'link/..\n');
      await symlink(join(t, '.git/refs'), join(s.project, '.git/link'));
    },
  },
  {
    name: 'objects borrowed after a line that is no UTF-8',
    point: (s, t) => borrow(s, t, Buffer.from(`# \u00ff\n${t}/.git/objects\n`, 'latin1')),
  },
  {
    name: 'objects borrowed after a very long line',
    point: (s, t) => borrow(s, t, `#${'x'.repeat(70_000)}\n${t}/.git/objects\n`),
  },
  {
    name: 'objects borrowed by a name in quotes',
    point: async (s, t) => {
      await borrow(s, t, `"${t}/.git/objects"\n`);
      await mkdir(join(s.project, `.git/objects/"${t}/.git/objects"`), { recursive: true });
    },
  },
  {
    name: 'objects borrowed by a name in quotes that holds a line break',
    point: async (s, t) => {
      await borrow(s, t, '"../a\\nb"\n');
      await symlink(join(t, '.git/objects'), join(s.project, '.git/a\nb'));
    },
  },
  {
    name: 'objects borrowed by a name that begins with a blank',
    point: async (s, t) => {
      await borrow(s, t, ' foo/bar\n');
      await mkdir(join(s.project, '.git/objects/ foo'));
      await mkdir(join(s.project, '.git/objects/foo/bar'), { recursive: true });
      await symlink(join(t, '.git/objects'), join(s.project, '.git/objects/ foo/bar'));
    },
  },
  {
    name: 'objects borrowed by a name that leads up from a link',
    point: async (s, t) => {
      await borrow(s, t, '../link/../objects\n');
      await symlink(join(t, '.git/refs'), join(s.project, '.git/link'));
    },
  },
  {
    name: 'objects that are links one by one',
    point: async (s, t) => {
      await borrow(s, t, '');
      const objects = join(t, '.git/objects');
      for (const name of await readdir(objects, { recursive: true })) {
        if (!/^[0-9a-f]{2}.[0-9a-f]+$/.test(name)) continue;
        await mkdir(dirname(join(s.project, '.git/objects', name)), { recursive: true });
        await symlink(join(objects, name), join(s.project, '.git/objects', name)).catch(() => undefined);
      }
    },
  },
  {
    name: 'packs that are links whose names are no UTF-8',
    point: async (s, t) => {
      await borrow(s, t, '');
      await s.git('-C', t, 'repack', '-adq');
      const packs = '.git/objects/pack';
      for (const name of await readdir(join(t, packs)))
        await symlink(join(t, packs, name), Buffer.from(`${join(s.project, packs)}/p\u00ff${extname(name)}`, 'latin1'));
    },
  },
  ...PARTS.map((part): Pointing => ({
    name: `a link as ${part}`,
    point: async (s, t) => {
      await s.commit();
      await s.git('-C', t, 'worktree', 'add', '-q', join(t, 'w'));
      await s.git('-C', t, 'commit-graph', 'write', '--reachable');
      await s.git('-C', t, 'pack-refs');
      const link = join(s.project, '.git', part);
      await rm(link, { force: true });
      await mkdir(dirname(link), { recursive: true });
      await symlink(join(t, '.git', part), link);
    },
  })),
  {
    name: 'core.worktree of one work tree',
    point: async (s, t) => {
      await s.commit();
      await s.git('config', '--local', 'extensions.worktreeConfig', 'true');
      await s.write('.git/config.worktree', `[core]\n\tworktree = ${t}\n`);
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
        /git_diff does not read the repository at .*, because (?:.*: files of another repository could leave with it|.*git says: “not a git repository)/,
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

  it('by a name in its index that leads out', async () => {
    await using stage = await openStage();
    await secretRepository(stage);
    await stage.write('d', 'one\n');
    await stage.commit();
    const name = 'd/../../private/x.txt';
    const [stand, index] = [name.replaceAll('..', 'AA'), join(stage.project, '.git/index')];
    const empty = await stage.git('hash-object', '-w', '/dev/null');
    await stage.git('update-index', '--add', '--replace', '--cacheinfo', `100644,${empty},${stand}`);
    await rm(join(stage.project, 'd'));
    await mkdir(join(stage.project, 'd'));
    const bytes = (await readFile(index)).subarray(0, -20);
    bytes.write(name, bytes.indexOf(stand));
    await writeFile(index, Buffer.concat([bytes, createHash('sha1').update(bytes).digest()]));
    const { all, failure } = await stage.ask({ gitDiff: 'working' });
    expect(all).not.toContain(CANARY);
    expect(failure?.message).toMatch(/because it lists files by names that lead elsewhere/);
  });

  it('by a list of packs that names one of another', async () => {
    await using stage = await openStage();
    const target = await secretRepository(stage);
    await stage.git('-C', target, 'repack', '-adq');
    await stage.write('a.txt', 'one\n');
    await stage.commit();
    const pack = (await readdir(join(target, '.git/objects/pack'))).find((name) => name.endsWith('.pack')) ?? '';
    const out = `../../../../private/.git/objects/pack/${basename(pack, '.pack')}`;
    const packs = join(stage.project, '.git/objects/pack');
    const stand = 'p'.repeat(out.length);
    for (const end of ['.pack', '.idx'])
      await copyFile(join(target, '.git/objects/pack', pack.replace('.pack', end)), join(packs, stand + end));
    await stage.git('multi-pack-index', 'write');
    const bytes = await readFile(join(packs, 'multi-pack-index'));
    bytes.write(out, bytes.indexOf(stand));
    await rm(packs, { recursive: true });
    await stage.write('.git/objects/pack/multi-pack-index', bytes);
    const commit = await stage.git('-C', target, 'rev-parse', 'HEAD');
    // Git by itself takes it from there.
    expect(await stage.git('show', commit)).toContain(CANARY);
    const { all, failure } = await stage.ask({ gitDiff: commit });
    expect(all).not.toContain(CANARY);
    expect(failure?.message).toMatch(/is no commit of this repository/);
  });

  it('by what a submodule says it stands at', async () => {
    await using stage = await openStage();
    const secret = '0123456789abcdef'.repeat(3).slice(0, 40);
    await stage.write('a.txt', 'one\n');
    await stage.write('sub/x.txt', 'one\n');
    await stage.git('init', '-q', 'sub');
    await stage.git('-C', 'sub', 'add', '-A');
    await stage.git('-C', 'sub', 'commit', '-q', '-m', 'x');
    await stage.commit();
    await writeFile(stage.outside, `${secret}\n`);
    await rm(join(stage.project, 'sub/.git/refs/heads/main'));
    await symlink(stage.outside, join(stage.project, 'sub/.git/refs/heads/main'));
    expect(await stage.git('diff', '--ignore-submodules=dirty')).toContain(secret);
    const { all, gathered } = await stage.ask({ gitDiff: 'working' });
    expect(all).not.toContain(secret);
    expect(gathered?.leftOut).toEqual([
      { path: 'sub (diff)', why: expect.stringMatching(/^does not read the repository at .*sub, because /) },
    ]);
  });

  it('by variables that git would read', async () => {
    await using stage = await openStage();
    const target = await secretRepository(stage);
    await stage.write('a.txt', 'one\n');
    await stage.commit();
    await stage.write('a.txt', 'two\n');
    const variables = {
      GIT_DIR: join(target, '.git'),
      GIT_WORK_TREE: target,
      GIT_COMMON_DIR: join(target, '.git'),
      GIT_OBJECT_DIRECTORY: join(target, '.git/objects'),
      GIT_ALTERNATE_OBJECT_DIRECTORIES: join(target, '.git/objects'),
      GIT_INDEX_FILE: join(target, '.git/index'),
      GIT_EXTERNAL_DIFF: `cat ${stage.outside} #`,
      GIT_CONFIG_PARAMETERS: `'core.worktree=${target}'`,
      GIT_TRACE: '2',
    };
    const commit = await stage.git('-C', target, 'rev-parse', 'HEAD');
    for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
    try {
      const { all, gathered } = await stage.ask({ gitDiff: 'working' });
      expect(gathered?.text).toContain('-one\n+two');
      expect(all).not.toContain(CANARY);
      expect((await stage.ask({ gitDiff: commit })).failure?.message).toMatch(/is no commit of this repository/);
    } finally {
      vi.unstubAllEnvs();
    }
  });

  // Root may list every folder.
  it.runIf(process.getuid?.() !== 0)('by links in a folder that may be entered and not listed', async () => {
    await using stage = await openStage();
    await stage.write('a.txt', 'one\n');
    await stage.commit();
    const folder = join(stage.project, '.git/refs/heads');
    await chmod(folder, 0o300);
    const { failure } = await stage.ask({ gitDiff: 'working' });
    await chmod(folder, 0o700);
    expect(failure?.message).toMatch(/a folder in its \.git \(heads\) cannot be listed/);
  });
});
