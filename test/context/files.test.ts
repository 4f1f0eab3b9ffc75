import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CANARY, openStage } from './stage.ts';

const lines = (n: number): string => Array.from({ length: n }, (_, index) => `line ${index + 1}`).join('\n');

describe('files in a call', () => {
  it('reads like this', async () => {
    await using stage = await openStage();
    await stage.write('src/a.ts', 'export const a = 1;\n\nexport const b = 2;\n');
    await stage.write('src/b.ts', lines(20));
    await stage.write('src/logo.bin', Buffer.from([0, 1, 2]));
    const { text, sent, leftOut } = await stage.get({ files: ['src/b.ts:9-11', 'src'] });
    expect(text).toMatchInlineSnapshot(`
      "Files and changes from the user. Lines are numbered; cite them as path:line.

      === src/b.ts (lines 9-11 of 20) ===
      9|line 9
      10|line 10
      11|line 11

      === src/a.ts (3 lines) ===
      1|export const a = 1;
      2|
      3|export const b = 2;

      Not included:
      - src/logo.bin: "src/logo.bin" is no text"
    `);
    expect(sent).toEqual([
      { what: 'file', path: 'src/b.ts', root: stage.project, lines: { from: 9, to: 11, of: 20 }, bytes: 66, tokens: 17 },
      { what: 'file', path: 'src/a.ts', root: stage.project, lines: { from: 1, to: 3, of: 3 }, bytes: 73, tokens: 19 },
    ]);
    expect(leftOut).toHaveLength(1);
  });

  it.each([
    ['a.txt:2', '2|line 2'],
    ['a.txt:4-', '4|line 4\n5|line 5'],
    ['a.txt:2-3', '2|line 2\n3|line 3'],
    ['a.txt:4-99', '4|line 4\n5|line 5'],
    ['./a.txt:5', '5|line 5'],
  ])('takes the lines of %s', async (said, body) => {
    await using stage = await openStage();
    await stage.write('a.txt', lines(5));
    const { text } = await stage.get({ files: [said] });
    expect(text.split(' ===\n')[1]).toBe(body);
  });

  it('takes an absolute path inside of a root', async () => {
    await using stage = await openStage();
    const file = await stage.write('a.txt', 'fine');
    expect((await stage.get({ files: [file] })).sent).toMatchObject([{ path: 'a.txt' }]);
  });

  it('takes a file whose name looks like a pattern, before the pattern', async () => {
    await using stage = await openStage();
    await stage.write('app/[id].ts', 'of the id');
    await stage.write('app/i.ts', 'of i');
    expect((await stage.get({ files: ['app/[id].ts'] })).sent).toMatchObject([{ path: 'app/[id].ts' }]);
  });

  it('takes UTF-16 that says so, and any line breaks', async () => {
    await using stage = await openStage();
    await stage.write('le.txt', Buffer.from('\ufeffgrüße\r\nzwei', 'utf16le'));
    await stage.write('be.txt', Buffer.from('\ufeffgrüße', 'utf16le').swap16());
    const { text } = await stage.get({ files: ['le.txt', 'be.txt'] });
    expect(text).toContain('1|grüße\n2|zwei');
    expect(text).toContain('=== be.txt (1 line) ===\n1|grüße');
  });

  it('takes text in an older encoding, and says in which it was read', async () => {
    await using stage = await openStage();
    await stage.write('l.c', Buffer.from('/* caf\u00e9 */\n', 'latin1'));
    await stage.write('g.c', Buffer.from('// \u00d6\u00d0\u00ce\u00c4\n', 'latin1'));
    await stage.write('u.c', '\ufeff// grün\n');
    const { text, sent } = await stage.get({ files: ['l.c', 'g.c', 'u.c'] });
    expect(text).toContain('1|/* café */');
    expect(text).toContain('1|// 中文');
    expect(text).toContain('\n1|// grün');
    expect(sent.map(({ encoding }) => encoding)).toEqual(['Windows-1252', 'GBK', undefined]);
  });

  it('takes parentheses, bars and pluses in patterns for what they are in names', async () => {
    await using stage = await openStage();
    for (const name of ['app/(group)/a+b.ts', 'app/(group)/c.ts', 'app/group/d.ts', `${'a'.repeat(60)}.txt`])
      await stage.write(name, 'x');
    expect((await stage.get({ files: ['app/(group)/*.ts'] })).sent).toHaveLength(2);
    expect((await stage.get({ files: ['app/(group)/*+b.ts'] })).sent).toMatchObject([{ path: 'app/(group)/a+b.ts' }]);
    expect((await stage.get({ files: ['app/(group)/c.ts'] })).sent).toHaveLength(1);
    for (const slow of ['{(a+)+b,x}', '{a,a}+b', '(a|aa)+{b,c}', '{a,aa}{a,aa}+c*', '+({a,aa})b', '[a]+[a]+{b,c}']) {
      await expect(stage.get({ files: [slow] })).rejects.toThrow(/has no file that may be sent/);
    }
    await expect(stage.get({ files: Array(201).fill('app') })).rejects.toThrow(/name at most 200/);
  });

  it('finds files by patterns and leaves out by exclusions', async () => {
    await using stage = await openStage();
    for (const name of ['src/a.ts', 'src/a.test.ts', 'src/deep/b.ts', 'src/deep/c.md', 'docs/d.md']) await stage.write(name, 'x');
    const paths = async (...files: string[]) => (await stage.get({ files })).sent.map(({ path }) => path);
    expect(await paths('src/**/*.ts')).toEqual(['src/a.test.ts', 'src/a.ts', 'src/deep/b.ts']);
    expect(await paths('**/*.md', '!docs')).toEqual(['src/deep/c.md']);
    expect(await paths('{src,docs}/**', '!**/*.test.ts', '!src/deep/')).toEqual(['src/a.ts', 'docs/d.md'].toSorted());
    expect(await paths('src', '!*.test.ts', 'src/deep/b.ts')).toEqual(['src/deep/b.ts', 'src/a.ts', 'src/deep/c.md']);
    expect(await paths('!src/deep', './src/*.ts')).toEqual(['src/a.test.ts', 'src/a.ts']);
  });

  it('leaves out what an absolute path, a name like a pattern or another spelling of a letter means', async () => {
    await using stage = await openStage();
    for (const name of ['src/a.ts', 'src/b/c.ts', 'src/[id].ts', 'src/i.ts', 'src/gru\u0308n.ts']) await stage.write(name, 'x');
    const left = async (...not: string[]) => {
      const { sent, leftOut } = await stage.get({ files: ['src', ...not] });
      expect(leftOut).toEqual([]);
      return sent.map(({ path }) => path.normalize('NFC').replace('src/', ''));
    };
    expect(await left(`!${stage.project}/src/a.ts`)).toEqual(['[id].ts', 'b/c.ts', 'grün.ts', 'i.ts']);
    expect(await left(`!${stage.project}/src/b/`)).toEqual(['[id].ts', 'a.ts', 'grün.ts', 'i.ts']);
    expect(await left(`!${stage.project}/**/*.ts`, '!src/b').catch(String)).toContain('has no file that may be sent');
    expect(await left('!src/[id].ts')).toEqual(['a.ts', 'b/c.ts', 'grün.ts', 'i.ts']);
    expect(await left('!grün.ts')).toEqual(['[id].ts', 'a.ts', 'b/c.ts', 'i.ts']);
  });

  it('says of an exclusion that it matches nothing', async () => {
    await using stage = await openStage();
    for (const name of ['src/a.ts', 'node_modules/x.ts']) await stage.write(name, 'x');
    const { leftOut } = await stage.get({ files: ['src', '!src/b.ts', '!/elsewhere/*.ts', '!**/node_modules/**', '!.env'] });
    const why = 'this exclusion matches nothing that was to go along';
    expect(leftOut).toEqual(['!src/b.ts', '!/elsewhere/*.ts', '!.env'].map((path) => ({ path, why })));
  });

  it('skips what git ignores, in nested files and beside the repository, unless it is named', async () => {
    await using stage = await openStage();
    await stage.write('.gitignore', 'dist/\n*.log\n!keep.log\n/top.txt\n');
    await stage.write('pkg/.gitignore', 'gen\n!b.log\n');
    for (const name of [
      'dist/x.js',
      'a.log',
      'keep.log',
      'top.txt',
      'pkg/top.txt',
      'pkg/gen/x.ts',
      'pkg/b.log',
      'pkg/c.log',
      'private.txt',
      'ok.txt',
    ]) {
      await stage.write(name, 'x');
    }
    await stage.git('init', '-q');
    await writeFile(join(stage.project, '.git/info/exclude'), 'private.txt\n');
    const { sent } = await stage.get({ files: ['**/*.{js,log,txt,ts}'] });
    expect(sent.map(({ path }) => path)).toEqual(['keep.log', 'ok.txt', 'pkg/b.log', 'pkg/top.txt']);
    const said = (await stage.git('ls-files', '-co', '--exclude-standard'))
      .split('\n')
      .filter((name) => !name.endsWith('.gitignore'));
    expect(sent.map(({ path }) => path)).toEqual(said.toSorted());
    expect((await stage.get({ files: ['dist/x.js'] })).sent).toHaveLength(1);
    await expect(stage.get({ files: ['dist'] })).rejects.toThrow(/ignored by git/);
    await expect(stage.get({ files: ['dist/*'] })).rejects.toThrow(/ignored by git/);
  });

  it('skips what the work tree ignores where only a part of it is a root, and nothing above the work tree counts', async () => {
    await using stage = await openStage();
    for (const name of ['pkg/a/x.log', 'pkg/a/x.ts', 'pkg/a/gen/y.ts', 'pkg/a/private.ts', 'out/z.ts', 'out/z.log'])
      await stage.write(name, 'x');
    await stage.write('.gitignore', '*.log\nout\n');
    await stage.write('pkg/.gitignore', '/a/gen/\n');
    await writeFile(join(stage.home, '.gitignore'), '*.ts\n');
    await stage.git('init', '-q');
    await writeFile(join(stage.project, '.git/info/exclude'), 'private.ts\n');
    const paths = async (root: string) => {
      const { sent } = await stage.get({ files: ['**'] }, { roots: [join(stage.project, root)] });
      return sent.map(({ path }) => path);
    };
    expect(await paths('pkg/a')).toEqual(['x.ts']);
    // Allowed by the user, whatever git makes of it.
    expect(await paths('out')).toEqual(['z.log', 'z.ts']);
  });

  it('skips what is ignored beside the repository in linked work trees, submodules and repositories within', async () => {
    await using stage = await openStage();
    await stage.write('a.ts', 'x');
    await stage.write('nest/b.ts', 'x');
    await stage.write('.gitignore', 'nest\nmodule\n');
    await stage.commit();
    await stage.git('-C', 'nest', 'init', '-q');
    await mkdir(join(stage.project, '.git/modules'));
    await stage.git('init', '-q', '--separate-git-dir', '.git/modules/module', 'module');
    await stage.git('worktree', 'add', '-q', '../tree');
    const excludes = ['.git', 'nest/.git', '.git/modules/module'].map((at) => join(stage.project, at, 'info/exclude'));
    for (const exclude of excludes) await writeFile(exclude, 'private.ts\n');
    await writeFile(join(stage.project, '.gitignore'), '');
    const tree = join(stage.home, 'tree');
    for (const folder of [stage.project, tree, join(stage.project, 'nest'), join(stage.project, 'module')]) {
      await writeFile(join(folder, 'private.ts'), CANARY);
      await writeFile(join(folder, 'public.ts'), 'x');
    }
    const said = (await stage.git('-C', tree, 'ls-files', '-o', '--exclude-standard')).split('\n');
    const paths = async (root: string) => {
      const { gathered, all } = await stage.ask({ files: ['.'] }, { roots: [root] });
      expect(all).not.toContain(CANARY);
      return gathered?.sent.map(({ path }) => path).filter((path) => !path.startsWith('.git'));
    };
    expect(said).toEqual(['public.ts']);
    expect(await paths(tree)).toEqual(['a.ts', 'public.ts']);
    expect(await paths(stage.project)).toEqual(['a.ts', 'module/public.ts', 'nest/b.ts', 'nest/public.ts', 'public.ts']);
    expect(await paths(join(stage.project, 'nest'))).toEqual(['b.ts', 'public.ts']);
  });

  it('takes no rules from where a .git of more than one line or a link points', async () => {
    await using stage = await openStage();
    await mkdir(join(stage.home, 'elsewhere/info'), { recursive: true });
    await writeFile(join(stage.home, 'elsewhere/info/exclude'), '*.ts\n');
    for (const name of ['one/a.ts', 'two/a.ts', 'three/a.ts']) await stage.write(name, 'x');
    await stage.write('one/.git', 'gitdir: ../../elsewhere\nand more\n');
    await symlink(join(stage.home, 'elsewhere'), join(stage.project, 'two/.git'));
    await stage.write('three/.git', 'gitdir: ../../elsewhere\n');
    expect((await stage.get({ files: ['*/*.ts'] })).sent).toMatchObject([{ path: 'one/a.ts' }, { path: 'two/a.ts' }]);
  });

  it('keeps all rules of a .gitignore in which one byte is of another encoding', async () => {
    await using stage = await openStage();
    await stage.write('.gitignore', Buffer.from('gr\u00fc\u00dfe\n*.log\n', 'latin1'));
    for (const name of ['a.log', 'b.txt']) await stage.write(name, 'x');
    expect((await stage.get({ files: ['**/*.{log,txt}'] })).sent).toMatchObject([{ path: 'b.txt' }]);
  });

  it('cuts a named file at a line, leaves out a found one, and says both', async () => {
    await using stage = await openStage();
    await stage.write('named.txt', lines(100));
    await stage.write('found.txt', lines(100));
    const { text, sent, leftOut } = await stage.get({ files: ['*.txt', 'named.txt'] }, { maxTokens: 200 });
    expect(sent).toHaveLength(1);
    const last = sent[0]?.lines?.to ?? 0;
    expect(last).toBeGreaterThan(20);
    expect(text).toContain(`[cut here: lines ${last + 1}-100 do not fit; they are named.txt:${last + 1}-100]`);
    expect(leftOut.map(({ path }) => path)).toEqual([`named.txt:${last + 1}-100`, 'found.txt']);
    expect(sent.reduce((sum, { tokens = 0 }) => sum + tokens, 0)).toBeLessThanOrEqual(200);
  });

  it('names what it passes over, as far as there are few', async () => {
    await using stage = await openStage();
    for (const name of ['src/a.ts', 'src/keys/.ssh/id', 'src/.env', 'src/out/b.js', 'src/node_modules/x.ts'])
      await stage.write(name, 'x');
    await stage.write('src/.gitignore', 'out\n');
    for (let n = 1; n <= 5; n += 1) await symlink('a.ts', join(stage.project, `src/l${n}`));
    const { leftOut } = await stage.get({ files: ['src/**', '!.gitignore'] });
    expect(leftOut.map(({ why }) => why)).toEqual([
      'src/.env and src/keys/.ssh/: may hold credentials',
      'src/l1, src/l2, src/l3 and 2 more: links are not followed',
      '1 folder: in node_modules',
      'src/out/: ignored by git',
    ]);
  });

  it.skipIf(process.platform === 'darwin' || process.platform === 'win32')(
    'says of a folder that it cannot be opened, as where its name is no UTF-8',
    async () => {
      await using stage = await openStage();
      await stage.write('src/a.ts', 'x');
      const odd = Buffer.concat([Buffer.from(join(stage.project, 'src/odd')), Buffer.from([0xff])]);
      await mkdir(odd);
      await writeFile(Buffer.concat([odd, Buffer.from('/b.ts')]), 'x');
      const { sent, leftOut } = await stage.get({ files: ['src'] });
      expect(sent).toHaveLength(1);
      expect(leftOut).toEqual([{ path: 'src', why: 'src/odd\uFFFD/: cannot be opened' }]);
    },
  );

  // root opens everything.
  it.skipIf(process.platform === 'win32' || process.getuid?.() === 0)(
    'says of a folder that its user may not open it',
    async () => {
      await using stage = await openStage();
      for (const name of ['src/a.ts', 'src/shut/b.ts']) await stage.write(name, 'x');
      await chmod(join(stage.project, 'src/shut'), 0);
      const { leftOut } = await stage.get({ files: ['src'] });
      await chmod(join(stage.project, 'src/shut'), 0o700);
      expect(leftOut).toEqual([{ path: 'src', why: 'src/shut/: cannot be opened' }]);
    },
  );

  it('sends each file once, by whatever names it is asked for', async () => {
    await using stage = await openStage();
    await stage.write('a.txt', lines(9));
    await stage.write('src/b.txt', 'b');
    await symlink('a.txt', join(stage.project, 'l.txt'));
    const said = async (...files: string[]) =>
      (await stage.get({ files })).sent.map(({ path, lines: at }) => `${path}:${at?.from}-${at?.to}`);
    expect(await said('a.txt', './a.txt', 'a.txt', join(stage.project, 'a.txt'), 'l.txt', '*.txt')).toEqual(['a.txt:1-9']);
    expect(await said('a.txt:2-4', 'src', 'a.txt:7-8', 'a.txt:4-5')).toEqual(['a.txt:2-5', 'a.txt:7-8', 'src/b.txt:1-1']);
    expect(await said('a.txt:2-3', 'a.txt:7-8', './a.txt:3-7')).toEqual(['a.txt:2-8']);
    expect(await said('a.txt:8-', 'a.txt:2', 'a.txt:6-8')).toEqual(['a.txt:6-9', 'a.txt:2-2']);
    expect(await said('a.txt:2-4', 'a.txt')).toEqual(['a.txt:1-9']);
  });

  it('sends a file once that two roots have', async () => {
    await using stage = await openStage();
    await stage.write('sub/b.txt', 'b');
    const roots = [stage.project, join(stage.project, 'sub')];
    const { sent } = await stage.get({ files: ['b.txt', 'sub/b.txt', '**/*.txt'] }, { roots });
    expect(sent).toHaveLength(1);
  });

  it('stops at its bounds and says so', async () => {
    await using stage = await openStage();
    for (let n = 0; n < 12; n += 1) await stage.write(`many/${String(n).padStart(2, '0')}.txt`, 'x');
    const { sent, leftOut } = await stage.get({ files: ['many'] }, { bounds: { maxFiles: 5, maxEntries: 100, maxMs: 5000 } });
    expect(sent).toHaveLength(5);
    expect(leftOut).toEqual([{ path: 'many', why: 'the rest: more than 5 files match; name a narrower pattern' }]);
  });

  it('says of several roots which one had it', async () => {
    await using stage = await openStage();
    await stage.write('a.txt', 'one');
    const other = join(stage.home, 'other');
    await mkdir(other);
    await writeFile(join(other, 'b.txt'), 'two');
    const { text, sent } = await stage.get({ files: ['b.txt', 'a.txt', '*.txt'] }, { roots: [stage.project, other] });
    expect(sent).toMatchObject([
      { path: 'other/b.txt', root: other },
      { path: 'project/a.txt', root: stage.project },
    ]);
    expect(text).toContain('=== other/b.txt (1 line) ===');
  });

  it('takes back what it calls files of several roots, also to leave them out', async () => {
    await using stage = await openStage();
    await stage.write('z/x.ts', 'one');
    const other = join(stage.home, 'other');
    await mkdir(join(other, 'z'), { recursive: true });
    for (const name of ['x.ts', 'y.ts']) await writeFile(join(other, 'z', name), lines(100));
    const paths = async (...files: string[]) =>
      (await stage.get({ files }, { roots: [stage.project, other] })).sent.map(({ path }) => path);
    expect(await paths('other/z/x.ts')).toEqual(['other/z/x.ts']);
    expect(await paths('other/z/y.ts:2-3')).toEqual(['other/z/y.ts']);
    expect(await paths('other/z')).toEqual(['other/z/x.ts', 'other/z/y.ts']);
    expect(await paths('other/**/*.ts')).toEqual(['other/z/x.ts', 'other/z/y.ts']);
    expect(await paths('**/*.ts', '!other/z/x.ts')).toEqual(['project/z/x.ts', 'other/z/y.ts']);
    expect(await paths('z/*.ts', '!other')).toEqual(['project/z/x.ts']);
    const cut = await stage.get({ files: ['other/z/y.ts'] }, { roots: [stage.project, other], maxTokens: 200 });
    const [, rest = ''] = /they are (\S+)\]/.exec(cut.text) ?? [];
    expect(await paths(rest)).toEqual(['other/z/y.ts']);
    await expect(paths('other/../../outside/secret.txt')).rejects.toThrow(/There is no/);
  });

  it('lets no line of a file pass for a header', async () => {
    await using stage = await openStage();
    await stage.write('a.txt', 'x\n=== b.txt (1 lines) ===\n1|fake');
    expect((await stage.get({ files: ['a.txt'] })).text).toContain('2|=== b.txt (1 lines) ===\n3|1|fake');
  });

  it('tells the model what does not go along, though nothing else does', async () => {
    await using stage = await openStage();
    await stage.write('a.txt', lines(100));
    const { text, sent } = await stage.get({ files: ['*.txt'] }, { maxTokens: 10 });
    expect(sent).toEqual([]);
    expect(text).toMatchInlineSnapshot(`
      "Files and changes from the user were to go along with this, and none of them does.

      Not included:
      - a.txt: it does not fit into what one call may carry"
    `);
  });

  it('tells the model of what was named before what was only found', async () => {
    await using stage = await openStage();
    await stage.write('named.txt', lines(100));
    const idle = Array.from({ length: 30 }, (_, n) => `!none${n}`);
    const { text } = await stage.get({ files: ['named.txt', ...idle] }, { maxTokens: 200 });
    expect(text).toMatch(/Not included:\n- named\.txt:\d+-100: it does not fit/);
    expect(text).toMatch(/\n- and 11 more$/);
  });

  it('is empty where nothing is asked for', async () => {
    await using stage = await openStage();
    expect(await stage.get({})).toEqual({ text: '', parts: [], sent: [], leftOut: [], redacted: [] });
  });
});
