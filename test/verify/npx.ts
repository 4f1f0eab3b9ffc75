import { delimiter, join } from 'node:path';
import { z } from 'zod';
import { makeHome, type Vars } from '../support/home.ts';
import { runProgram } from './run-program.ts';

/** What npx has brought: the Node among the packages (ours where there is none), and the programs of the others. */
export type Brought = { node: string; program: (name: string) => string };

/** A first download may be slow. */
const TIMEOUT_MS = 150_000;

/** How this machine reaches its registry, and where it keeps what it has downloaded. */
const HOW_TO_DOWNLOAD = /^(?:npm_config_\w+|https?_proxy|no_proxy|node_extra_ca_certs|ssl_cert_file|home|path)$/i;

const downloading = (): Vars =>
  Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]): [string, string][] =>
      value !== undefined && HOW_TO_DOWNLOAD.test(name) ? [[name, value]] : [],
    ),
  );

const WHERE = z.tuple([z.string(), z.string()]);

/**
 * Has npx download packages, and finds out where they are, so that they can be run without npx around them and without the
 * environment that npx needs.
 */
export async function bring(...packages: readonly string[]): Promise<Brought> {
  await using elsewhere = await makeHome();
  const ended = await runProgram(
    'npx',
    ['-y', ...packages.flatMap((name) => ['-p', name]), 'node', '-p', 'JSON.stringify([process.execPath, process.env.PATH])'],
    { env: downloading(), cwd: elsewhere.project, timeoutMs: TIMEOUT_MS },
  );
  if (ended.code !== 0) throw new Error(`npx did not bring ${packages.join(', ')}: ${ended.stderr || ended.stdout}`);
  const [node, path] = WHERE.parse(JSON.parse(ended.stdout));
  const [programs = ''] = path.split(delimiter);
  return { node, program: (name) => join(programs, name) };
}

/** Has npm download a package of another system, which it would not install here, and unpacks it into a folder. */
export async function unpack(name: string, folder: string): Promise<string> {
  const how = { env: downloading(), cwd: folder, timeoutMs: TIMEOUT_MS };
  const packed = await runProgram('npm', ['pack', name, '--silent'], how);
  const file = packed.stdout.trim().split('\n').at(-1);
  if (packed.code !== 0 || !file) throw new Error(`npm did not bring ${name}: ${packed.stderr || packed.stdout}`);
  const { code, stderr } = await runProgram('tar', ['xzf', file], how);
  if (code !== 0) throw new Error(`${file} cannot be unpacked: ${stderr}`);
  return join(folder, 'package');
}
