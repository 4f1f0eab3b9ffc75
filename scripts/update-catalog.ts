import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { loadCatalog } from '../src/catalog/catalog.ts';
import { today } from '../src/core/day.ts';
import { buildCatalog } from './catalog/build.ts';
import { updatesNeeded } from './catalog/check.ts';
import { EXAMPLES } from './catalog/named-models.ts';
import { differencesText, priceDifferences } from './catalog/price-data.ts';
import { readSource } from './catalog/source.ts';

/**
 * Writes src/catalog/models.json: `jiti scripts/update-catalog.ts [data folder]`. The facts are models.dev's, in the MIT
 * copy that this npm package carries; to bring the catalogue up to date, raise its version and read the rules in
 * scripts/catalog again. With `--check` it only says what needs an update, by what lies in the repository, and fails where
 * something does.
 */
const PACKAGE = '@earendil-works/pi-ai@1.5.2';
const DATA = join('package', 'dist', 'providers', 'data');
const TARGET = join(import.meta.dirname, '..', 'src', 'catalog', 'models.json');

const run = promisify(execFile);

/** Downloads and unpacks the package, hands its data folder to `use`, and leaves nothing behind. */
async function withPackage(use: (directory: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'catalog-'));
  try {
    await run('npm', ['pack', PACKAGE, '--ignore-scripts'], { cwd: folder });
    const archive = (await readdir(folder)).find((name) => name.endsWith('.tgz'));
    if (!archive) throw new Error(`npm pack ${PACKAGE} left no archive.`);
    await run('tar', ['-xzf', archive], { cwd: folder });
    await use(join(folder, DATA));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function update(directory: string): Promise<void> {
  const source = await readSource(directory);
  await writeFile(TARGET, buildCatalog(source, `models.dev, as published in ${PACKAGE}`));
}

/** Tells where the two sources of prices differ, and what needs an update. */
async function check(): Promise<void> {
  const catalog = await loadCatalog();
  const needed = updatesNeeded(catalog, EXAMPLES, today());
  const told = needed.length === 0 ? ['Nothing needs an update.'] : ['This needs an update:', ...needed.map((one) => `- ${one}`)];
  process.stdout.write([...differencesText(priceDifferences(catalog, new Date())), ...told, ''].join('\n'));
  if (needed.length > 0) process.exitCode = 1;
}

const [given] = process.argv.slice(2);
if (given !== '--check') await (given === undefined ? withPackage(update) : update(given));
await check();
