import { defineConfig } from 'vitest/config';
import { CLOCK } from './test/support/clock.ts';

const common = { maxWorkers: 2, testTimeout: 15_000, hookTimeout: 15_000, execArgv: ['--require', CLOCK] };

/** Tests that change their process's environment, or look at what comes out of it: each file has a process of its own. */
const APART = ['auth', 'contract', 'replay', 'support'].map((folder) => `test/${folder}/**/*.test.ts`);

/** What `npm test` runs: behaviour and counts. What takes longer is `npm run verify`. */
export default defineConfig({
  test: {
    projects: [
      // What runs concurrently there waits for timeouts, which takes no processor.
      { test: { ...common, name: 'apart', include: APART, maxConcurrency: 10 } },
      {
        test: {
          ...common,
          name: 'together',
          include: ['test/**/*.test.ts'],
          exclude: ['test/verify/**', '**/node_modules/**', ...APART],
          // Modules are loaded once for all of these.
          isolate: false,
        },
      },
    ],
  },
});
