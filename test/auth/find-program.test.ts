import { chmod, mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findProgram, placesOf, startOf } from '../../src/auth/find-program.ts';
import { programsOf } from '../../src/config/programs.ts';
import { makeHome } from '../support/home.ts';

const onWindows = programsOf({
  platform: 'win32',
  env: {
    Path: 'C:\\Tools;"C:\\Program Files\\X";.;bin;C:\\repo\\node_modules\\.bin;D:\\y',
    PATHEXT: '.EXE;.CMD',
    COMSPEC: 'C:\\Windows\\cmd.exe',
  },
  home: 'C:\\Users\\me',
  project: 'C:\\repo',
});

const onLinux = (path: string, project = '/repo', home = '/home/me') =>
  programsOf({ platform: 'linux', env: { PATH: path }, home, project });

const WHAT = 'The key_command for Groq';

describe('a program of the user’s', () => {
  it('is looked for in the folders of PATH, none of which is relative or in the project', () => {
    expect(placesOf('op', onLinux('/usr/bin:.::bin:/repo/node_modules/.bin:/repo/..tools:/repo:/opt/x'))).toEqual([
      '/usr/bin/op',
      '/opt/x/op',
    ]);
  });

  it('may lie in the home folder, also where that is what the user works in', () => {
    expect(placesOf('op', onLinux('/home/me/bin', '/home/me'))).toEqual(['/home/me/bin/op']);
    expect(placesOf('op', onLinux('/home/me/bin', '/home'))).toEqual(['/home/me/bin/op']);
  });

  it('has the endings of Windows there', () => {
    const inEach = (name: string) => ['C:\\Tools', 'C:\\Program Files\\X', 'D:\\y'].map((folder) => `${folder}\\${name}`);
    expect(placesOf('op.exe', onWindows)).toEqual(inEach('op.exe'));
    expect(placesOf('gcloud', onWindows).toSorted()).toEqual([...inEach('gcloud.CMD'), ...inEach('gcloud.EXE')].toSorted());
    expect(placesOf('C:\\x\\op', onWindows)).toEqual(['C:\\x\\op.EXE', 'C:\\x\\op.CMD']);
  });

  it.each(['./op', 'bin/op', '..\\op', 'bin\\op'])('is not %s, which is another in each folder', async (program) => {
    await expect(findProgram(program, onLinux('/usr/bin'), WHAT)).rejects.toMatchObject({
      kind: 'auth',
      message: expect.stringContaining(`${WHAT} names a program by the relative path "${program}"`),
    });
  });

  it('is none that a link of PATH brings in from the project', async () => {
    await using home = await makeHome();
    await home.write('project/tools/op', '#!/bin/sh\necho x\n');
    await chmod(join(home.project, 'tools/op'), 0o755);
    await symlink(join(home.project, 'tools'), join(home.path, 'linked'));
    const programs = onLinux(join(home.path, 'linked'), home.project, home.path);
    await expect(findProgram('op', programs, WHAT)).rejects.toMatchObject({
      message: expect.stringContaining('which is not there'),
    });
  });

  it('is a file that may be run', async () => {
    await using home = await makeHome();
    await mkdir(join(home.path, 'a/op'), { recursive: true });
    await home.write('b/op', '#!/bin/sh\n');
    await home.write('c/op', '#!/bin/sh\n');
    await chmod(join(home.path, 'c/op'), 0o755);
    const path = ['a', 'b', 'c'].map((name) => join(home.path, name)).join(':');
    expect(await findProgram('op', onLinux(path, home.project, home.path), WHAT)).toBe(join(home.path, 'c/op'));
  });
});

describe('how a program is started', () => {
  it('needs no shell', () => {
    expect(startOf('C:\\x\\op.exe', ['a b', '"&|'], onWindows, WHAT)).toEqual({
      file: 'C:\\x\\op.exe',
      args: ['a b', '"&|'],
      verbatim: false,
    });
    expect(startOf('/bin/x.cmd', ['%'], onLinux('/bin'), WHAT)).toMatchObject({ file: '/bin/x.cmd', verbatim: false });
  });

  it('is by way of the shell for batch files on Windows, with every argument between quotes', () => {
    expect(startOf('C:\\Program Files\\g.cmd', ['read', 'op://a b&c', 'D:\\x\\'], onWindows, WHAT)).toEqual({
      file: 'C:\\Windows\\cmd.exe',
      args: ['/d', '/v:off', '/s', '/c', '""C:\\Program Files\\g.cmd" "read" "op://a b&c" "D:\\x\\\\""'],
      verbatim: true,
    });
  });

  it.each(['a"b', '%PATH%', 'x!y', 'a\nb', 'a\rb'])('is refused for a batch file that would read %j anew', (argument) => {
    expect(() => startOf('C:\\x\\g.BAT', [argument], onWindows, WHAT)).toThrow(/hands a batch file \(g\.BAT\)/);
  });
});
