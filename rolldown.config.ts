import { defineConfig } from 'rolldown';

/** One entry, and a chunk for whatever is imported lazily: a vendor's SDK is parsed when that vendor is first called. */
export default defineConfig({
  input: { cli: 'src/cli.ts' },
  platform: 'node',
  output: { dir: 'dist', format: 'esm', minify: true, cleanDir: true, chunkFileNames: '[name]-[hash].js' },
});
