import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Plugin } from 'rolldown';

/** Where the licences of what is bundled stand, in `dist`. */
const FILE = 'THIRD-PARTY-NOTICES.txt';

const HEAD = 'Switchboard contains the following packages, each under the licence that its authors gave it.';
const RULE = '-'.repeat(80);

const LICENCE = /^(?:licen[cs]e|copying|notice)(?:[.-].*)?$/i;

type Manifest = { name?: unknown; version?: unknown; license?: unknown; author?: unknown };

/** The folder of the package that a module belongs to; undefined for our own. A folder within may have a nameless package.json. */
function packageOf(module: string): string | undefined {
  if (!module.includes('/node_modules/')) return undefined;
  for (let at = dirname(module); !at.endsWith('/node_modules'); at = dirname(at)) {
    const manifest = join(at, 'package.json');
    if (existsSync(manifest) && manifestOf(at).name !== undefined && manifestOf(at).version !== undefined) return at;
  }
  throw new Error(`${module} belongs to no package: its licence cannot be told`);
}

function manifestOf(folder: string): Manifest {
  const manifest: Manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return manifest;
}

function noticeOf(folder: string): string {
  const { name, version, license, author } = manifestOf(folder);
  const by = typeof author === 'string' ? author : Object(author).name;
  const texts = readdirSync(folder)
    .filter((file) => LICENCE.test(file))
    .toSorted()
    .map((file) => readFileSync(join(folder, file), 'utf8').trim());
  // Some publish no text of their licence: then its name and the author's are what there is.
  const facts = [
    `${String(name)} ${String(version)}`,
    `Licence: ${String(license)}`,
    ...(by === undefined ? [] : [`Author: ${by}`]),
  ];
  return [facts.join('\n'), ...texts].join('\n\n');
}

/** Writes the licences of all packages of which a module is in the bundle. */
export const notices = (): Plugin => ({
  name: 'third-party-notices',
  generateBundle(_, bundle) {
    const modules = Object.values(bundle).flatMap((file) => (file.type === 'chunk' ? file.moduleIds : []));
    const paths = modules.map((id) => id.replaceAll('\\', '/').replace(/^\0+/, '').replace(/\?.*$/, ''));
    const folders = [...new Set(paths.flatMap((path) => packageOf(path) ?? []))];
    const all = folders.map(noticeOf).toSorted((a, b) => a.localeCompare(b, 'en'));
    this.emitFile({ type: 'asset', fileName: FILE, source: `${[HEAD, ...new Set(all)].join(`\n\n${RULE}\n\n`)}\n` });
  },
});
