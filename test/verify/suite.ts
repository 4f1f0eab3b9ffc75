import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { makeHome } from '../support/home.ts';
import { bring, type Brought } from './npx.ts';
import { runProgram } from './run-program.ts';

const TIMEOUT_MS = 90_000;

const checks = z.array(
  z.object({
    id: z.string(),
    status: z.enum(['SUCCESS', 'FAILURE', 'WARNING', 'SKIPPED', 'INFO']),
    description: z.string(),
    errorMessage: z.string().optional(),
  }),
);

type Check = z.infer<typeof checks>[number];

/** What the suite found: its checks by scenario, its exit code, and its own words. */
export type Verdict = { scenarios: ReadonlyMap<string, Check[]>; code: number | null; words: string };

/** The suite names a folder after its subcommand, the scenario and the time. */
const FOLDER = /^server-(?<scenario>.+)-\d{4}-\d{2}-\d{2}T[\d-]+Z$/;

async function readScenarios(folder: string): Promise<Map<string, Check[]>> {
  const found = new Map<string, Check[]>();
  for (const name of await readdir(folder)) {
    const scenario = FOLDER.exec(name)?.groups?.['scenario'];
    if (scenario === undefined) throw new Error(`The suite has left something else: ${name}`);
    found.set(scenario, checks.parse(JSON.parse(await readFile(join(folder, name, 'checks.json'), 'utf8'))));
  }
  return found;
}

/** The suite, and the Node that it wants. */
export const bringSuite = (): Promise<Brought> => bring('node@22', '@modelcontextprotocol/conformance@0.2.0-alpha.12');

/** Runs the suite for servers of a revision against the server at `url`. */
export async function runSuite({ node, program }: Brought, url: string, revision: string): Promise<Verdict> {
  await using home = await makeHome();
  const results = join(home.path, 'results');
  const { code, stdout, stderr } = await runProgram(
    node,
    [program('conformance'), 'server', '--url', url, '--requirements', revision, '--output-dir', results],
    { env: home.env(), cwd: home.project, timeoutMs: TIMEOUT_MS },
  );
  const words = stdout.slice(Math.max(0, stdout.indexOf('=== SUMMARY ===')));
  if (!words.includes('Total:')) throw new Error(`The suite has come to no end: ${stdout.slice(-2000)}\n${stderr.slice(-2000)}`);
  return { scenarios: await readScenarios(results), code, words };
}
