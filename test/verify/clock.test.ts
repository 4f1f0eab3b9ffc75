import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { loadCatalog } from '../../src/catalog/catalog.ts';
import { dayOf } from '../../src/core/day.ts';
import { clockVars } from '../support/clock.ts';
import { ROOT } from '../support/source.ts';
import { runProgram } from './run-program.ts';

const DAY_MS = 86_400_000;

/** The whole suite takes two minutes, and a machine that is busy several times that. */
const SUITE_MS = 540_000;

const REPORT = z.object({
  success: z.boolean(),
  numPassedTests: z.number(),
  testResults: z.array(z.object({ assertionResults: z.array(z.object({ status: z.string(), fullName: z.string() })) })),
});

/** The environment of these tests without what vitest put there, and with another clock. */
const environment = (aheadMs: number) => ({
  ...Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      value === undefined || /^(?:VITEST|NODE_ENV|TEST$|DEV$|PROD$|MODE$)/.test(name) ? [] : [[name, value] as const],
    ),
  ),
  ...clockVars(aheadMs),
});

it(
  'npm test passes 400 days from now: no test depends on the day',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'switchboard-clock-'));
    const file = join(folder, 'report.json');
    const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs');
    try {
      const args = [vitest, 'run', '--reporter=json', `--outputFile=${file}`];
      const ended = await runProgram(process.execPath, args, { env: environment(400 * DAY_MS), cwd: ROOT, timeoutMs: SUITE_MS });
      expect(ended.signal, 'the suite took too long').toBeNull();
      const report = REPORT.parse(JSON.parse(await readFile(file, 'utf8')));
      const results = report.testResults.flatMap(({ assertionResults }) => assertionResults);
      expect(results.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName)).toEqual([]);
      expect(report).toMatchObject({ success: true });
      expect(report.numPassedTests).toBeGreaterThan(4000);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
  SUITE_MS + 20_000,
);

/** Runs `npm run catalog -- --check` on a day. */
async function checkOn(day: string) {
  const args = [join(ROOT, 'node_modules/jiti/lib/jiti-cli.mjs'), 'scripts/update-catalog.ts', '--check'];
  const env = environment(Date.parse(day) - Date.now());
  return await runProgram(process.execPath, args, { env, cwd: ROOT, timeoutMs: 60_000 });
}

it('npm run catalog -- --check is content on the day of the catalogue, and fails when it is old', async () => {
  const { date } = await loadCatalog();
  expect(await checkOn(date)).toMatchObject({ code: 0, stdout: expect.stringContaining('\nNothing needs an update.\n') });
  const late = await checkOn(dayOf(Date.parse(date) + 400 * DAY_MS));
  expect(late).toMatchObject({ code: 1, stdout: expect.stringContaining('This needs an update:\n- The catalogue is of ') });
});
