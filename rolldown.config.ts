import { defineConfig } from 'rolldown';
import { notices } from './scripts/notices.ts';

/**
 * One entry, and a chunk for whatever is imported lazily: a vendor's SDK is parsed when that vendor is first called. The SDKs of
 * two clouds stay outside: they are large, and only who uses those clouds installs them.
 */
export default defineConfig({
  input: { cli: 'src/cli.ts' },
  platform: 'node',
  external: ['@azure/identity', '@aws-sdk/client-bedrock-runtime'],
  plugins: [notices()],
  output: { dir: 'dist', format: 'esm', minify: true, cleanDir: true, chunkFileNames: '[name]-[hash].js' },
});
