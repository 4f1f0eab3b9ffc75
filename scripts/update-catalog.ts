import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { buildCatalog } from './catalog/build.ts';
import { readSource } from './catalog/source.ts';

/**
 * Writes src/catalog/models.json: `jiti scripts/update-catalog.ts [data folder]`. The facts are models.dev's, in the MIT
 * copy that this npm package carries; to bring the catalogue up to date, raise its version and read the rules in
 * scripts/catalog again.
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

const given = process.argv[2];
await (given === undefined ? withPackage(update) : update(given));
