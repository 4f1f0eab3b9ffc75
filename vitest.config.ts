import { defineConfig } from 'vitest/config';

/** What `npm test` runs: behaviour and counts. What takes longer is `npm run verify`. */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/verify/**', '**/node_modules/**'],
    maxWorkers: 2,
    // What runs concurrently waits for timeouts, which takes no processor.
    maxConcurrency: 16,
    testTimeout: 15_000,
    hookTimeout: 15_000,
  },
});
