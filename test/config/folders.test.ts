import { describe, expect, it } from 'vitest';
import { userFolders } from '../../src/config/folders.ts';
import { expandPath, unexpandedIn } from '../../src/core/expand-path.ts';
import { configured } from './configured.ts';

describe('the user’s folders', () => {
  it.each([
    [
      'linux',
      { HOME: '/h/me' },
      { home: '/h/me', config: ['/h/me/.config/switchboard'], data: '/h/me/.local/share/switchboard' },
    ],
    [
      'linux',
      { HOME: '/h/me', XDG_CONFIG_HOME: '/x/c', XDG_DATA_HOME: '~/d' },
      { home: '/h/me', config: ['/x/c/switchboard'], data: '/h/me/d/switchboard' },
    ],
    // A relative path would be another in each folder, and anyone's.
    [
      'linux',
      { HOME: '/h/me', XDG_CONFIG_HOME: '.config', XDG_DATA_HOME: '' },
      { home: '/h/me', config: ['/h/me/.config/switchboard'], data: '/h/me/.local/share/switchboard' },
    ],
    ['linux', { HOME: 'me' }, { home: '', config: [] }],
    ['linux', { HOME: '', XDG_DATA_HOME: '/d' }, { home: '', config: [], data: '/d/switchboard' }],
    [
      'darwin',
      { HOME: '/Users/me' },
      {
        home: '/Users/me',
        config: ['/Users/me/Library/Preferences/switchboard', '/Users/me/.config/switchboard'],
        data: '/Users/me/Library/Application Support/switchboard',
      },
    ],
    [
      'win32',
      { USERPROFILE: 'C:\\Users\\me', HOME: '/c/Users/me' },
      {
        home: 'C:\\Users\\me',
        config: ['C:\\Users\\me\\AppData\\Roaming\\switchboard\\Config', 'C:\\Users\\me\\.config\\switchboard'],
        data: 'C:\\Users\\me\\AppData\\Local\\switchboard\\Data',
      },
    ],
    [
      'win32',
      { USERPROFILE: 'C:\\Users\\me', APPDATA: 'D:\\r', LOCALAPPDATA: '%USERPROFILE%\\l' },
      {
        home: 'C:\\Users\\me',
        config: ['D:\\r\\switchboard\\Config', 'C:\\Users\\me\\.config\\switchboard'],
        data: 'C:\\Users\\me\\l\\switchboard\\Data',
      },
    ],
  ] as const)('on %s with %j', (platform, env, folders) => {
    expect(userFolders({ platform, env })).toEqual(folders);
  });

  it('are in the home that the system knows where the environment names none', () => {
    expect(userFolders({ platform: 'linux', env: {}, systemHome: '/root' }).home).toBe('/root');
    expect(userFolders({ platform: 'win32', env: { HOME: '/c/me' }, systemHome: 'C:\\me' }).home).toBe('C:\\me');
    expect(userFolders({ platform: 'linux', env: {}, systemHome: 'nowhere' })).toEqual({ home: '', config: [] });
  });
});

describe('a path that was written by hand', () => {
  const around = { env: { HOME: '/h/me', SB_DIR: '/sb', UserProfile: 'C:\\me', EMPTY: '' }, home: '/h/me' };

  it.each([
    ['~', '/h/me'],
    ['~/a', '/h/me/a'],
    ['~\\a', '/h/me\\a'],
    [' ~/a ', '/h/me/a'],
    ['$HOME/a', '/h/me/a'],
    ['${HOME}/a', '/h/me/a'],
    ['${env:HOME}/a', '/h/me/a'],
    ['$env:HOME/a', '/h/me/a'],
    ['%USERPROFILE%\\a', 'C:\\me\\a'],
    ['/x/$SB_DIR/y', '/x//sb/y'],
    ['$SB_DIR', '/sb'],
    ['/plain/~/a', '/plain/~/a'],
    ['a~/b', 'a~/b'],
    ['~bob/a', '~bob/a'],
    ['$NOPE/a', '$NOPE/a'],
    ['$EMPTY/a', '$EMPTY/a'],
    ['$constructor/a', '$constructor/a'],
    ['100%/x%/', '100%/x%/'],
  ])('%j is %j', (written, path) => {
    expect(expandPath(written, around)).toBe(path);
  });

  it.each([
    ['~bob/a', '~bob'],
    ['~', '~'],
    ['$NOPE/a', '$NOPE'],
    ['%NOPE%\\a', '%NOPE%'],
    ['${NOPE}', '${NOPE}'],
    ['/a/$NOPE', undefined],
    ['a~b/c', undefined],
    ['$5/x', '$5'],
  ])('%j still begins with %j', (path, left) => {
    expect(unexpandedIn(path)).toBe(left);
  });

  it('is made whole wherever a configuration takes one', () => {
    const { files, programs } = configured({ env: { HOME: '/h/me' }, user: 'files: { allow_dirs: [~/code, $HOME/x, "/y"] }' });
    expect(files.allowDirs).toEqual(['/h/me/code', '/h/me/x', '/y']);
    expect(programs.expand('~/bin/op')).toBe('/h/me/bin/op');
  });
});
