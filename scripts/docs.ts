import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fillRegions } from './docs/regions.ts';
import { README_REGIONS } from './docs/tables.ts';

/** Writes the generated tables of README.md: `npm run docs`; with `-- --check` it only says whether they are current. */
const README = join(import.meta.dirname, '..', 'README.md');

const written = await readFile(README, 'utf8');
const current = fillRegions(written, README_REGIONS);
if (process.argv.includes('--check')) {
  if (written !== current) {
    process.stderr.write('README.md has tables that are out of date: run `npm run docs`.\n');
    process.exitCode = 1;
  }
} else {
  await writeFile(README, current);
}
