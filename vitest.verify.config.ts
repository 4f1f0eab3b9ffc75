import { defineConfig } from 'vitest/config';
import { CLOCK } from './test/support/clock.ts';

/** What `npm run verify` runs: what takes too long for every change, one file after another so that figures mean something. */
export default defineConfig({
  test: {
    include: ['test/verify/**/*.test.ts'],
    testTimeout: 300_000,
    hookTimeout: 60_000,
    fileParallelism: false,
    execArgv: ['--require', CLOCK],
  },
});
