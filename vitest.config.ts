import { defineConfig } from 'vitest/config';
import { CLOCK } from './test/support/clock.ts';

/** What `npm test` runs: behaviour and counts. What takes longer is `npm run verify`. */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/verify/**', 'test/walks/**', 'test/replay/**', '**/node_modules/**'],
    maxWorkers: 2,
    testTimeout: 15_000,
    hookTimeout: 15_000,
    execArgv: ['--require', CLOCK],
    // Modules are loaded once for all files: a test gives back what it lends itself of its process.
    isolate: false,
    provide: { contractRows: 'first of each wire' },
  },
});
