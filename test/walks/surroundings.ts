import { execFileSync } from 'node:child_process';
import { chmod, mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { Home, Vars } from '../support/home.ts';

/** An odd place to start the program in: what is done to its home, and what its environment says. */
export type Surroundings = {
  name: string;
  prepare?: (home: Home) => Promise<unknown>;
  /** Variables in place of the usual ones; undefined: the variable is not there. */
  vars: (home: Home) => Record<string, string | undefined>;
  /** The folder that it is started in; absent: the project. */
  removed?: boolean;
};

const only = (
  name: string,
  vars: (home: Home) => Record<string, string | undefined>,
  prepare?: Surroundings['prepare'],
): Surroundings => ({
  name,
  vars,
  ...(prepare === undefined ? {} : { prepare }),
});

const same = (name: string, vars: Record<string, string | undefined>): Surroundings => only(name, () => vars);

const at = (home: Home, name: string): string => join(home.path, name);

const file = (name: string, text: string) => (home: Home) => home.write(name, text);

/** The ledger's home is a file, cannot be made, or holds something else than a ledger. */
const LEDGERS: readonly Surroundings[] = [
  only('SWITCHBOARD_HOME is a file', (home) => ({ SWITCHBOARD_HOME: at(home, 'f') }), file('f', 'x')),
  only('SWITCHBOARD_HOME is below a file', (home) => ({ SWITCHBOARD_HOME: at(home, 'f/g') }), file('f', 'x')),
  same('SWITCHBOARD_HOME is where no folder can be made', { SWITCHBOARD_HOME: '/proc/nope' }),
  same('SWITCHBOARD_HOME is deep where no folder can be made', { SWITCHBOARD_HOME: '/proc/nope/a/b' }),
  same('SWITCHBOARD_HOME is a device', { SWITCHBOARD_HOME: '/dev/null' }),
  same('SWITCHBOARD_HOME is a disk that is full', { SWITCHBOARD_HOME: '/dev/full' }),
  same('SWITCHBOARD_HOME is the home of nobody', { SWITCHBOARD_HOME: '~nobody-here/x' }),
  same('SWITCHBOARD_HOME names a variable that is not set', { SWITCHBOARD_HOME: '$NOT_SET/x' }),
  same('SWITCHBOARD_HOME has a name that is too long', { SWITCHBOARD_HOME: `/tmp/${'x'.repeat(5000)}` }),
  only(
    'SWITCHBOARD_HOME is a link that leads nowhere',
    (home) => ({ SWITCHBOARD_HOME: at(home, 'l') }),
    (home) => symlink('/no/such', at(home, 'l')),
  ),
  only(
    'the ledger is a folder',
    (home) => ({ SWITCHBOARD_HOME: at(home, 'h') }),
    (home) => mkdir(at(home, 'h/switchboard.db'), { recursive: true }),
  ),
  only('the ledger is a text', (home) => ({ SWITCHBOARD_HOME: at(home, 'h') }), file('h/switchboard.db', 'text '.repeat(500))),
  only(
    'the ledger is a pipe',
    (home) => ({ SWITCHBOARD_HOME: at(home, 'h') }),
    async (home) => {
      await mkdir(at(home, 'h'));
      execFileSync('mkfifo', [at(home, 'h/switchboard.db')]);
    },
  ),
  only('the lists of models are a file', (home) => ({ SWITCHBOARD_HOME: at(home, 'h') }), file('h/models', 'x')),
  only('a list of models is no JSON', (home) => ({ SWITCHBOARD_HOME: at(home, 'h') }), file('h/models/openai.json', '{')),
  only(
    'a list of models is a folder',
    (home) => ({ SWITCHBOARD_HOME: at(home, 'h') }),
    (home) => mkdir(at(home, 'h/models/openai.json'), { recursive: true }),
  ),
];

/** Without a home of its own, a program finds that of whoever runs the tests: nothing is read or written there. */
const elsewhere = (home: Home) => ({ XDG_CONFIG_HOME: at(home, '.config'), SWITCHBOARD_HOME: at(home, 'h') });

/** The home folder is not what it should be. */
const HOMES: readonly Surroundings[] = [
  only('HOME is not set', (home) => ({ ...elsewhere(home), HOME: undefined })),
  only('HOME is empty', (home) => ({ ...elsewhere(home), HOME: '' })),
  same('HOME is not there', { HOME: '/no/such/home' }),
  only('HOME is relative', (home) => ({ ...elsewhere(home), HOME: 'here' })),
  same('HOME is where no folder can be made', { HOME: '/proc/self' }),
  only('HOME is a file', (home) => ({ HOME: at(home, 'f') }), file('f', 'x')),
  same('XDG_CONFIG_HOME is a device', { XDG_CONFIG_HOME: '/dev/null' }),
  same('XDG_DATA_HOME is a file', { XDG_DATA_HOME: '/etc/passwd' }),
  only(
    'the user’s file is a folder',
    () => ({}),
    (home) => mkdir(at(home, '.config/switchboard/config.yaml'), { recursive: true }),
  ),
  only(
    'the user has two files',
    () => ({}),
    async (home) => {
      await home.write('.config/switchboard/config.yaml', 'retries: 1\n');
      await home.write('.config/switchboard/config.yml', 'retries: 2\n');
    },
  ),
  only(
    'the user’s file may not be read',
    () => ({}),
    async (home) => chmod(await home.write('.config/switchboard/config.yaml', ''), 0),
  ),
];

/** Variables with values that nobody means. */
const VARIABLES: readonly Surroundings[] = [
  same('PATH is empty', { PATH: '' }),
  same('PATH is not set', { PATH: undefined }),
  same('PATH is not a list of folders', { PATH: '::.:/etc/passwd' }),
  same('TMPDIR is not there', { TMPDIR: '/no/such/tmp' }),
  same('TZ is none', { TZ: 'Mars/Olympus' }),
  same('LANG is none', { LANG: 'xx_YY.nope', LC_ALL: 'nope' }),
  same('a proxy is no address', { HTTPS_PROXY: '::::', HTTP_PROXY: 'http://' }),
  same('a proxy is a SOCKS one', { ALL_PROXY: 'socks5://127.0.0.1:1' }),
  same('NO_PROXY is odd', { NO_PROXY: ',,*,[::1,', HTTPS_PROXY: 'http://127.0.0.1:9' }),
  same('extra certificates are not there', { NODE_EXTRA_CA_CERTS: '/no/such.pem' }),
  only('extra certificates are a text', (home) => ({ NODE_EXTRA_CA_CERTS: at(home, 'ca.pem') }), file('ca.pem', 'x')),
  same('SWITCHBOARD_CONFIG is not there', { SWITCHBOARD_CONFIG: '/no/such.yaml' }),
  same('SWITCHBOARD_CONFIG is a folder', { SWITCHBOARD_CONFIG: '/tmp' }),
  same('SWITCHBOARD_CONFIG is the home of nobody', { SWITCHBOARD_CONFIG: '~nobody-here/x.yaml' }),
  same('SWITCHBOARD_CONFIG is a device', { SWITCHBOARD_CONFIG: '/dev/zero' }),
  same('SWITCHBOARD_DEFAULT_MODEL is a name of all objects', { SWITCHBOARD_DEFAULT_MODEL: 'constructor' }),
  same('an endpoint’s address is none', { SWITCHBOARD_CUSTOM_X_BASE_URL: '::::' }),
  same('an endpoint’s wire is none', { SWITCHBOARD_CUSTOM_X_BASE_URL: 'http://127.0.0.1:9', SWITCHBOARD_CUSTOM_X_WIRE: 'smtp' }),
  same('an endpoint has no name', { SWITCHBOARD_CUSTOM__BASE_URL: 'http://127.0.0.1:9' }),
  same('a key holds line breaks', { OPENAI_API_KEY: 'a\nb' }),
  same('an address of a local server is none', { OLLAMA_HOST: 'http://[' }),
  same('CLAUDE_PROJECT_DIR is not there', { CLAUDE_PROJECT_DIR: '/no/such' }),
  only(
    'a key’s variable is a name of all objects',
    (home) => ({ SWITCHBOARD_CONFIG: at(home, 'c.yaml') }),
    file('c.yaml', 'providers: { openai: { key_env: constructor } }\n'),
  ),
  only(
    'a program for a key is not there',
    (home) => ({ SWITCHBOARD_CONFIG: at(home, 'c.yaml') }),
    file('c.yaml', 'providers: { groq: { key_command: [nope] } }\n'),
  ),
  { name: 'the working folder is gone', vars: () => ({}), removed: true },
  only(
    'the project’s file is a pipe',
    () => ({}),
    async (home) => execFileSync('mkfifo', [at(home, 'project/switchboard.yaml')]),
  ),
];

export const SURROUNDINGS: readonly Surroundings[] = [...LEDGERS, ...HOMES, ...VARIABLES];

/** The environment of a program there, with nothing but what is said. */
export const varsIn = (surroundings: Surroundings, home: Home, vars: Vars): Record<string, string | undefined> => ({
  ...home.env(vars),
  ...surroundings.vars(home),
});
