import { execFile } from 'node:child_process';
import { link, mkdir, open, symlink } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Rules, Wanted } from '../../src/context/gather.ts';
import { CANARY, openStage, type Stage } from '../context/stage.ts';

/** One try to get something out: what is prepared, what is asked for, and what has to be said of it. */
type Escape = {
  name: string;
  prepare?: (stage: Stage) => Promise<unknown>;
  ask: (stage: Stage) => Wanted;
  rules?: Partial<Rules>;
  /** What the failure says, or the account of what is left out. */
  says: RegExp;
};

const files = (...said: string[]): Pick<Escape, 'ask'> => ({ ask: () => ({ files: said }) });
const run = promisify(execFile);
const leads =
  (name: string, target: (stage: Stage) => string) =>
  async (stage: Stage): Promise<void> => {
    await mkdir(join(stage.project, 'src'), { recursive: true });
    await symlink(target(stage), join(stage.project, name));
  };

const OUTSIDE = /There is no .* in the allowed folder/;
const NOTHING = /has no file that may be sent/;

const PATHS: Escape[] = [
  { name: 'one folder up', ...files('../outside/secret.txt'), says: OUTSIDE },
  { name: 'up in the middle of a path', ...files('src/../../outside/secret.txt'), says: OUTSIDE },
  { name: 'up through a folder that is not there', ...files('no/../../outside/secret.txt'), says: OUTSIDE },
  { name: 'an absolute path', ask: ({ outside }) => ({ files: [outside] }), says: OUTSIDE },
  { name: 'an absolute path with lines', ask: ({ outside }) => ({ files: [`${outside}:1-2`] }), says: OUTSIDE },
  {
    name: 'an absolute path out of the root',
    ask: ({ project }) => ({ files: [`${project}/../outside/secret.txt`] }),
    says: OUTSIDE,
  },
  {
    name: 'a neighbour whose name begins like the root',
    ask: ({ project }) => ({ files: [`${project}-2/secret.txt`] }),
    says: OUTSIDE,
  },
  { name: 'encoded traversal', ...files('%2e%2e/outside/secret.txt'), says: OUTSIDE },
  { name: 'doubly encoded traversal', ...files('%252e%252e%252foutside/secret.txt'), says: OUTSIDE },
  { name: 'dots of another script', ...files('‥/outside/secret.txt'), says: OUTSIDE },
  { name: 'a folder outside', ...files('../outside'), says: OUTSIDE },
  { name: 'the root’s parent', ...files('..'), says: OUTSIDE },
  { name: '/etc/passwd', ...files('/etc/passwd'), says: OUTSIDE },
  { name: 'backslashes', ...files('..\\outside\\secret.txt'), says: OUTSIDE },
  { name: 'a NUL byte', ...files('ok.txt\0../outside/secret.txt'), says: /NUL byte/ },
  { name: 'a line break', ...files('ok.txt\n../outside/secret.txt'), says: OUTSIDE },
  { name: 'a drive', ...files('C:/outside/secret.txt'), says: OUTSIDE },
  { name: 'a drive without a slash', ...files('c:secret.txt'), says: OUTSIDE },
  { name: 'a share', ...files('\\\\server\\share\\secret.txt'), says: /network or device path/ },
  { name: 'a share with slashes', ...files('//server/share/secret.txt'), says: /network or device path/ },
  { name: 'a raw device path', ...files('\\\\?\\C:\\secret.txt'), says: /network or device path/ },
  { name: 'an alternate data stream', ...files('ok.txt:secret'), says: OUTSIDE },
  { name: 'an alternate data stream by type', ...files('ok.txt::$DATA'), says: OUTSIDE },
  { name: 'a reserved name', ...files('src/CON'), says: OUTSIDE },
  { name: 'another reserved name', ...files('nul'), says: OUTSIDE },
  { name: 'a trailing dot', ...files('.env.'), says: OUTSIDE },
  { name: 'a trailing space', ...files('.env '), says: OUTSIDE },
  { name: 'three dots', ...files('.../secret.txt'), says: OUTSIDE },
  { name: 'the home folder', ...files('~/outside/secret.txt'), says: OUTSIDE },
  { name: 'another user’s home', ...files('~root/.profile'), says: OUTSIDE },
  { name: 'a file URL', ask: ({ outside }) => ({ files: [`file://${outside}`] }), says: OUTSIDE },
  { name: 'a file URL in short', ask: ({ outside }) => ({ files: [`file:${outside}`] }), says: OUTSIDE },
  { name: 'a file URL of another machine', ...files('file://server/share/secret.txt'), says: /is a URL/ },
  {
    name: 'a file URL with encoded dots',
    ask: ({ project }) => ({ files: [`file://${project}/%2e%2e/outside/secret.txt`] }),
    says: OUTSIDE,
  },
  { name: 'a file URL with a NUL', ...files('file:///ok%00.txt'), says: /is a URL/ },
  { name: 'a mention', ...files('@../outside/secret.txt'), says: OUTSIDE },
  { name: 'a mention of the home folder', ...files('@~/outside/secret.txt#L1-L2'), rules: { home: '/nowhere' }, says: OUTSIDE },
  { name: 'a quoted path', ...files('"../outside/secret.txt"'), says: OUTSIDE },
  { name: 'a list in one text', ...files('ok.txt, ../outside/secret.txt'), says: OUTSIDE },
  { name: 'lines as a compiler prints them', ...files('../outside/secret.txt(1,2)'), says: OUTSIDE },
  { name: 'an https URL', ...files('https://x.org/secret.txt'), says: /is a URL/ },
  { name: 'the environment of the process', ...files('/proc/self/environ'), says: /a file of the system/ },
  {
    name: 'the root of the process',
    ask: ({ outside }) => ({ files: [`/proc/self/root${outside}`] }),
    says: /a file of the system/,
  },
  { name: 'standard input', ...files('/dev/stdin'), says: /a file of the system/ },
  { name: 'a descriptor', ...files('/dev/fd/0'), says: /a file of the system/ },
  { name: 'an empty path', ...files(''), says: /is empty/ },
  { name: 'a path without end', ...files(`${'a/'.repeat(600)}b`), says: /is too long/ },
  { name: 'lines that count down', ...files('ok.txt:9-1'), says: /do not count upwards/ },
  { name: 'a line 0', ...files('ok.txt:0'), says: /do not count upwards/ },
  { name: 'only exclusions', ...files('!ok.txt'), says: /only exclusions/ },
];

const LINKS: Escape[] = [
  { name: 'a link to a file outside', prepare: leads('l', (s) => s.outside), ...files('l'), says: OUTSIDE },
  {
    name: 'a link to a folder outside',
    prepare: leads('l', (s) => join(s.home, 'outside')),
    ...files('l/secret.txt'),
    says: OUTSIDE,
  },
  { name: 'a folder that is such a link', prepare: leads('l', (s) => join(s.home, 'outside')), ...files('l'), says: OUTSIDE },
  { name: 'a relative link', prepare: leads('src/l', () => '../../outside/secret.txt'), ...files('src/l'), says: OUTSIDE },
  {
    name: 'a chain of links',
    prepare: async (s) => {
      await leads('a', (stage) => join(stage.project, 'b'))(s);
      await leads('b', (stage) => join(stage.project, 'c'))(s);
      await leads('c', (stage) => stage.outside)(s);
    },
    ...files('a'),
    says: OUTSIDE,
  },
  {
    name: 'a loop of links',
    prepare: async (s) => {
      await leads('a', () => 'b')(s);
      await leads('b', () => 'a')(s);
    },
    ...files('a'),
    says: OUTSIDE,
  },
  { name: 'a link to /proc', prepare: leads('l', () => '/proc/self/environ'), ...files('l'), says: OUTSIDE },
  { name: 'a link to a device', prepare: leads('l', () => '/dev/zero'), ...files('l'), says: OUTSIDE },
  {
    name: 'a link to the root of the disk',
    prepare: leads('l', () => '/'),
    ask: ({ outside }) => ({ files: [`l${outside}`] }),
    says: OUTSIDE,
  },
  { name: 'a link found by a glob', prepare: leads('src/l.txt', (s) => s.outside), ...files('src/*.txt'), says: NOTHING },
  {
    name: 'a linked folder in a glob',
    prepare: leads('src/l', (s) => join(s.home, 'outside')),
    ...files('src/**'),
    says: NOTHING,
  },
  {
    name: 'a linked folder that a glob names',
    prepare: leads('l', (s) => join(s.home, 'outside')),
    ...files('l/*.txt'),
    says: NOTHING,
  },
  {
    name: 'a link found in a folder',
    prepare: leads('src/l.txt', (s) => s.outside),
    ...files('src'),
    says: /links are not followed/,
  },
  {
    name: 'a harmless name that leads to a key',
    prepare: async (s) => {
      await s.write('.env', CANARY);
      await symlink('.env', join(s.project, 'notes.txt'));
    },
    ...files('notes.txt'),
    says: /an environment file and is never sent/,
  },
  {
    name: 'a .gitignore that is a link',
    prepare: leads('.gitignore', (s) => s.outside),
    ...files('../outside/*'),
    says: /reaches above/,
  },
];

const GLOBS: Escape[] = [
  { name: 'up by a glob', ...files('../**'), says: /reaches above its folder/ },
  { name: 'up by a glob in the middle', ...files('src/../../outside/*'), says: /reaches above its folder/ },
  { name: 'an absolute glob', ...files('/etc/*'), says: /outside of the allowed folders/ },
  {
    name: 'a glob beside the root',
    ask: ({ home }) => ({ files: [`${home}/outside/*`] }),
    says: /outside of the allowed folders/,
  },
  { name: 'up by braces', ...files('{..,src}/outside/*'), says: /reaches above its folder/ },
  { name: 'an absolute path in braces', ...files('{/etc,src}/passwd'), says: NOTHING },
  { name: 'dots from braces', ...files('{.,x}{.,x}/outside/secret.txt'), says: NOTHING },
  { name: 'dots from a class', ...files('[.][.]/outside/secret.txt'), says: NOTHING },
  { name: 'dots from question marks', ...files('??/outside/secret.txt'), says: NOTHING },
  { name: 'an extended glob', ...files('@(..|src)/outside/*'), says: /reaches above its folder/ },
  {
    name: 'a double negation',
    ...files('ok.txt', '!!../outside/secret.txt'),
    says: /ends in a dot or a space|more than one "!"/,
  },
  { name: 'an exclusion that reaches out', ...files('ok.txt', '!../outside/*'), says: /reaches above its folder/ },
  { name: 'a negated class', ...files('[!a]nv'), says: NOTHING },
  { name: 'a glob for credentials', prepare: (s) => s.write('.env', CANARY), ...files('.en*'), says: /may hold credentials/ },
  {
    name: 'a glob for all',
    prepare: (s) => s.write('deep/.env.local', CANARY),
    ...files('deep/**'),
    says: /may hold credentials/,
  },
  {
    name: 'the repository by a glob',
    prepare: (s) => s.write('.git/config', CANARY),
    ...files('.git/*'),
    says: /inside of a repository/,
  },
  { name: 'the repository by a wide glob', prepare: (s) => s.write('.git/config', CANARY), ...files('**/config'), says: NOTHING },
  { name: 'a glob of many stars', ...files('*a*a*a*a*a*a*b'), says: /wildcards/ },
  { name: 'a glob of many folders', ...files('**/**/**/**/**/**/**/**/**/x'), says: /wildcards/ },
  { name: 'a glob without end', ...files(`${'a'.repeat(400)}*`), says: /longer than 300/ },
  { name: 'a glob with a drive', ...files('C:/*'), says: NOTHING },
  { name: 'a glob of /proc', ...files('/proc/*/environ'), says: /file of the system/ },
];

const KINDS: Escape[] = [
  { name: 'a pipe', prepare: (s) => run('mkfifo', [join(s.project, 'pipe')]), ...files('pipe'), says: /no regular file/ },
  {
    name: 'a pipe in a folder',
    prepare: async (s) => {
      await s.write('d/a.bin', Buffer.from([0, 1]));
      await run('mkfifo', [join(s.project, 'd/pipe')]);
    },
    ...files('d'),
    says: /no regular file/,
  },
  {
    name: 'a pipe as .gitignore',
    prepare: async (s) => {
      await s.write('d/a.bin', Buffer.from([0, 1]));
      await run('mkfifo', [join(s.project, 'd/.gitignore')]);
    },
    ...files('d/*.bin'),
    says: /is no text/,
  },
  {
    name: 'a pipe as .git',
    prepare: (s) => run('mkfifo', [join(s.project, '.git')]),
    ask: () => ({ gitDiff: 'working' }),
    says: /is a link/,
  },
  {
    name: 'a pipe as an image',
    prepare: (s) => run('mkfifo', [join(s.project, 'a.png')]),
    ask: () => ({ images: ['a.png'] }),
    says: /no regular file/,
  },
  {
    name: 'a socket',
    prepare: (s) =>
      new Promise<void>((resolve) => {
        const server = createServer();
        server.unref().listen(join(s.project, 'sock'), resolve);
      }),
    ...files('sock'),
    says: /no regular file/,
  },
  {
    name: 'a device',
    prepare: (s) => run('mknod', [join(s.project, 'zero'), 'c', '1', '5']).catch(() => s.write('zero', Buffer.from([0]))),
    ...files('zero'),
    says: /no regular file|no text/,
  },
  { name: 'a pattern with lines', ...files('*.txt:1-2'), says: /names lines of a pattern: name lines of one file/ },
  { name: 'a folder with lines', prepare: (s) => s.write('d/a', 'a'), ...files('d:1-2'), says: /names lines of a folder/ },
  { name: 'a folder as an image', prepare: (s) => s.write('d/a', 'a'), ask: () => ({ images: ['d'] }), says: /no regular file/ },
  {
    name: 'a large file',
    prepare: (s) => s.write('big.txt', `${CANARY}${'a'.repeat(6e6)}`),
    ...files('big.txt'),
    says: /the limit is 5 MB/,
  },
  {
    name: 'a sparse file of a terabyte',
    prepare: async (s) => {
      await using file = await open(join(s.project, 'sparse'), 'w');
      await file.truncate(1e12);
    },
    ...files('sparse'),
    says: /the limit is 5 MB/,
  },
  { name: 'a binary file', prepare: (s) => s.write('a.bin', Buffer.from(`\0${CANARY}`)), ...files('a.bin'), says: /is no text/ },
  {
    name: 'a file of broken UTF-8',
    prepare: (s) => s.write('a.txt', Buffer.concat([Buffer.from(CANARY), Buffer.from([0xff])])),
    ...files('a.txt'),
    says: /is no text/,
  },
  { name: 'lines after the end', prepare: (s) => s.write('a.txt', 'a'), ...files('a.txt:5-9'), says: /line 5 is not in it/ },
];

/** By their names alone, whatever they hold. */
const CREDENTIALS = [
  '.env',
  '.env.local',
  '.env.production',
  'app/.ENV',
  'prod.env',
  '.envrc',
  '.npmrc',
  'app/.NpmRc',
  '.yarnrc.yml',
  '.pypirc',
  '.netrc',
  '_netrc',
  '.git-credentials',
  '.htpasswd',
  '.pgpass',
  '.my.cnf',
  'id_rsa',
  'keys/ID_ED25519',
  'id_ecdsa.bak',
  'ssh_host_rsa_key',
  'server.pem',
  'deep/a/b/tls.KEY',
  'cert.p12',
  'cert.pfx',
  'store.jks',
  'release.keystore',
  'putty.ppk',
  'vault.kdbx',
  '.aws/config',
  '.ssh/known_hosts',
  '.gnupg/pubring.kbx',
  '.kube/config',
  '.docker/config.json',
  '.azure/token.json',
  '.config/gcloud/x.json',
  'credentials',
  'credentials.json',
  'CREDENTIALS.yml',
  'client_secret_1.json',
  'service-account.json',
  'my-firebase-adminsdk-1.json',
  'application_default_credentials.json',
  'terraform.tfstate',
  'terraform.tfstate.backup',
  'prod.tfvars',
  'prod.auto.tfvars.json',
  '.terraformrc',
  'secrets.yml',
  '.secrets.toml',
  '.vault-token',
  'master.key',
  '.git/config',
  '.git/HEAD',
  '.hg/hgrc',
  '.bash_history',
  '.zsh_history',
  '.psql_history',
  '.node_repl_history',
  'wallet.dat',
  'UTC--2016-01-01',
  'login.keychain-db',
  'logins.json',
  'switchboard.db',
  'switchboard/config.yaml',
  '.claude/.credentials.json',
  '.codex/auth.json',
  '.composer/auth.json',
  '.config/composer/auth.json',
  '.dev.vars',
] as const;

const PICTURES: Escape[] = [
  ['http', 'http://example.org/a.png', /uses http instead of https: name/],
  ['a file URL', 'file:///etc/passwd', OUTSIDE],
  ['ftp', 'ftp://example.org/a.png', /uses ftp instead of https/],
  ['a login in the address', 'https://bob:s3cret@cdn.example.org/a.png', /user name or password/],
  ['loopback', 'https://127.0.0.1/a.png', /IP address/],
  ['loopback of IPv6', 'https://[::1]/a.png', /IP address/],
  ['a private address', 'https://10.1.2.3/a.png', /IP address/],
  ['another private address', 'https://192.168.0.1/a.png', /IP address/],
  ['the metadata service', 'https://169.254.169.254/latest/meta-data/', /IP address/],
  ['a decimal address', 'https://2130706433/a.png', /IP address/],
  ['an octal address', 'https://0177.0.0.1/a.png', /IP address/],
  ['a hexadecimal address', 'https://0x7f000001/a.png', /IP address/],
  ['a short address', 'https://127.1/a.png', /IP address/],
  ['a mapped address', 'https://[::ffff:127.0.0.1]/a.png', /IP address/],
  ['a link-local address', 'https://[fe80::1]/a.png', /IP address/],
  ['a unique local address', 'https://[fd00::1]/a.png', /IP address/],
  ['full-width digits', 'https://１２７.０.０.１/a.png', /IP address/],
  ['localhost', 'https://localhost/a.png', /private network/],
  ['localhost in capitals with a dot', 'https://LOCALHOST./a.png', /private network/],
  ['a name below localhost', 'https://a.localhost/a.png', /private network/],
  ['the metadata service by name', 'https://metadata.google.internal/a', /private network/],
  ['a name of a local network', 'https://printer.local/a.png', /private network/],
  ['a name without a dot', 'https://intranet/a.png', /private network/],
  ['a name that spells an address', 'https://127.0.0.1.nip.io/a.png', /private network/],
  ['a name that spells a private address with dashes', 'https://ip-10-0-0-1.site.org/a.png', /private network/],
  ['a name that spells an address in the middle', 'https://a.192.168.0.1.site.org/a.png', /private network/],
  ['a name that spells an address in hexadecimal', 'https://7f000001.site.org/a.png', /private network/],
  ['a name that changes its answer', 'https://7f000001.c0a80001.rbndr.us/a.png', /private network/],
  ['a name that leads to the machine', 'https://app.lvh.me/a.png', /private network/],
  ['another metadata service', 'https://metadata.tencentyun.com/latest', /private network/],
  ['a service of a cluster', 'https://api.default.svc/a.png', /private network/],
  ['a machine of a private network of its own', 'https://nas.tail1234.ts.net/a.png', /private network/],
  ['a name in an octal form with a dot', 'https://0177.0.0.1./a.png', /IP address/],
  ['a mapped address in hexadecimal', 'https://[::ffff:a9fe:a9fe]/a.png', /IP address/],
  ['a redirect without a scheme', 'https://go.site.org/?to=//169.254.169.254/', /behind its host/],
  ['a redirect to a bare address', 'https://go.site.org/?to=127.0.0.1:8080/x', /behind its host/],
  ['a redirect to localhost', 'https://go.site.org/?to=localhost:8080', /behind its host/],
  ['a redirect to a name nearby', 'https://go.site.org/?to=%2F%2Fmetadata.google.internal%2F', /behind its host/],
  ['a redirect with a login', 'https://go.site.org/?to=x@10.0.0.1', /behind its host/],
  ['a redirect to an address in hexadecimal', 'https://go.site.org/?to=0x7f.0.0.1', /behind its host/],
  ['a redirect to the metadata service', 'https://go.site.org/?to=http://169.254.169.254/', /uses http instead of https: name/],
  ['an encoded redirect', 'https://go.site.org/?to=https%3A%2F%2F169.254.169.254%2F', /IP address/],
  ['a redirect behind a % that encodes nothing', 'https://go.site.org/?a=100%&to=http%3A%2F%2F127.0.0.1%2F', /uses http instead/],
  ['a redirect behind bytes that are no text', 'https://go.site.org/?a=%FF&to=%2F%2F10.0.0.1%2F', /behind its host/],
  ['a redirect to an address as one number', 'https://go.site.org/?to=//2130706433/', /behind its host/],
  ['the same in hexadecimal', 'https://go.site.org/?to=//0x7f000001/x', /behind its host/],
  ['a doubly encoded redirect', 'https://go.site.org/r/https%253A%252F%252Flocalhost%252F', /private network/],
  ['a key in the address', 'https://cdn.site.org/a.png?key=AIzaSyA1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q', /holds a secret/],
  ['a PDF by address', 'https://cdn.site.org/a.pdf', /is not fetched/],
  ['no address', 'https://', /is no URL/],
  ['a data URI of text', `data:text/plain;base64,${Buffer.from(CANARY).toString('base64')}`, /no picture or PDF by its content/],
  [
    'a data URI of text that says image',
    `data:image/png;base64,${Buffer.from(CANARY).toString('base64')}`,
    /no picture or PDF by its content/,
  ],
  ['a data URI without base64', 'data:image/svg+xml,<svg/>', /in base64/],
  ['a data URI of broken base64', 'data:image/png;base64,***', /in base64/],
  ['a file that is no picture', 'ok.txt', /no picture or PDF by its content/],
  ['a picture outside', '../outside/secret.txt', OUTSIDE],
  ['a key as a picture', '.env', /never sent/],
].map(([name, url, says]) => ({
  name: `an image from ${String(name)}`,
  ...(url === '.env' ? { prepare: (s: Stage) => s.write('.env', CANARY) } : {}),
  ask: () => ({ images: [String(url)] }),
  says: says instanceof RegExp ? says : /./,
}));

async function attempt({ prepare, ask, rules, says }: Escape): Promise<void> {
  await using stage = await openStage();
  await stage.write('ok.txt', 'fine\n');
  await prepare?.(stage);
  const { gathered, failure, all } = await stage.ask(ask(stage), rules);
  expect(all).not.toContain(CANARY);
  expect(failure?.message ?? gathered?.leftOut.map(({ why }) => why).join('\n')).toMatch(says);
  if (failure !== undefined) expect(['input', 'config']).toContain(failure.kind);
}

describe('nothing leaves by', () => {
  describe('paths', () => {
    it.each(PATHS)('$name', attempt);
  });
  describe('links', () => {
    it.each(LINKS)('$name', attempt);
  });
  describe('globs', () => {
    it.each(GLOBS)('$name', attempt);
  });
  describe('files that are none', () => {
    it.each(KINDS)('$name', attempt);
  });
  describe('pictures', () => {
    it.each(PICTURES)('$name', attempt);
  });

  it.each(CREDENTIALS)('the file %s, by name, in a folder and by a glob', async (name) => {
    await using stage = await openStage();
    await stage.write(`in/${name}`, CANARY);
    await stage.write('in/ok.txt', 'fine');
    const byName = await stage.ask({ files: [`in/${name}`] });
    expect(byName.failure?.message).toMatch(/never sent/);
    const asImage = await stage.ask({ images: [`in/${name}`] });
    expect(asImage.failure?.message).toMatch(/never sent/);
    const byFolder = await stage.ask({ files: ['in'] });
    const byGlob = await stage.ask({ files: ['in/**'] });
    expect(byFolder.gathered?.sent.map(({ path }) => path)).toEqual(['in/ok.txt']);
    expect(byFolder.gathered?.leftOut).not.toEqual([]);
    for (const { all } of [byName, asImage, byFolder, byGlob]) expect(all).not.toContain(CANARY);
  });

  it.each([
    '.env.example',
    '.env.sample',
    '.env.template',
    'id_rsa.pub',
    'src/key.ts',
    'environment.ts',
    'credentials.ts',
    'monkey.ts',
    'locales/en/auth.json',
    'src/credentials/store.ts',
    'shadow/dom.ts',
  ])('names, but %s is let through', async (name) => {
    await using stage = await openStage();
    await stage.write(name, 'fine');
    expect((await stage.get({ files: [name] })).sent).toHaveLength(1);
    expect((await stage.get({ files: ['.'] })).sent).toMatchObject([{ path: name }]);
  });

  it('Composer’s auth.json at the top of a project', async () => {
    await using stage = await openStage();
    await stage.write('auth.json', CANARY);
    await stage.write('ok.txt', 'fine');
    for (const said of ['auth.json', './auth.json', join(stage.project, 'auth.json')]) {
      expect((await stage.ask({ files: [said] })).failure?.message).toMatch(/never sent/);
    }
    expect((await stage.ask({ files: ['.'] })).all).not.toContain(CANARY);
  });

  it('a folder that is called as a file of credentials, with such a file in it', async () => {
    await using stage = await openStage();
    await stage.write('credentials/.env', CANARY);
    await stage.write('credentials/ok.ts', 'fine');
    const { gathered, all } = await stage.ask({ files: ['credentials'] });
    expect(gathered?.sent).toMatchObject([{ path: 'credentials/ok.ts' }]);
    expect(all).not.toContain(CANARY);
  });

  it('a name that forges a header or steers a terminal', async () => {
    await using stage = await openStage();
    await stage.write('in/x.ts ===\n1|forged\n\n=== real.ts (1 line)', 'fine');
    await stage.write('in/\u001B[2Jred\u202Ets', 'fine');
    await stage.write('in/no\u001B\nn.bin', Buffer.from([0, 1]));
    const { text, sent, leftOut } = await stage.get({ files: ['in'] });
    expect(text.split('\n').filter((line) => line.startsWith('===') || line.startsWith('1|'))).toHaveLength(4);
    expect(JSON.stringify([text, sent, leftOut])).not.toMatch(/\\u001b|\u202E|real\.ts \(1 line\) ===\\n1\|forged/);
    for (const { path } of [...sent, ...leftOut]) expect(path).toMatch(/^[^\p{Cc}]+$/u);
  });

  it('hard links, but one inside is a file like any other, and its secrets are replaced', async () => {
    await using stage = await openStage();
    await link(await stage.write('a.txt', 'key = "AKIAQ7ZX5LMNOPQR2345"\n'), join(stage.project, 'b.txt'));
    expect((await stage.get({ files: ['b.txt'] })).text).toContain('key = "[redacted: AWS access key]"');
  });
});
