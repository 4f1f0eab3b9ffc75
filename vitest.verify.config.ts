import { defineConfig } from 'vitest/config';
import { CLOCK } from './test/support/clock.ts';

const common = { execArgv: ['--require', CLOCK], provide: { contractRows: 'all' as const } };
const patient = { testTimeout: 300_000, hookTimeout: 60_000 };

/** What measures, or keeps the whole machine busy: each has it for itself. */
const ALONE = ['cap', 'clock', 'growth', 'survival', 'waiting'].map((name) => `test/verify/${name}.test.ts`);

/**
 * What `npm run verify` runs, which takes too long for every change: the contract of every provider, walks through processes and
 * repositories, and what counts or lasts.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...common,
          name: 'contract',
          include: ['test/contract/**/*.test.ts', 'test/replay/**/*.test.ts'],
          // Each file has a process of its own, so that a variable shows that an SDK reads when it is loaded.
          isolate: true,
          maxWorkers: 2,
          maxConcurrency: 10,
          testTimeout: 15_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          ...common,
          name: 'walks',
          include: ['test/walks/**/*.test.ts'],
          isolate: false,
          maxWorkers: 2,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          ...common,
          ...patient,
          name: 'verify',
          include: ['test/verify/**/*.test.ts'],
          exclude: ALONE,
          maxWorkers: 2,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: { ...common, ...patient, name: 'alone', include: ALONE, maxWorkers: 1, sequence: { groupOrder: 3 } },
      },
    ],
  },
});
