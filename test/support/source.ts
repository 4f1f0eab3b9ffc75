import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's folder. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** One import: what the file says, and where in `src` that is; packages and Node's own modules have no place. */
type Import = { said: string; path?: string; typeOnly: boolean };

export type SourceFile = { path: string; text: string; code: string; imports: readonly Import[] };

const IMPORT =
  /(?:^|\n)\s*(?:import|export)\s+(type\s+)?(?:[\w*{}\s,$]+?\s+from\s+)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/g;

/** The text without comments. Good enough for sources whose strings hold no `/*` and no ` //`. */
const codeOf = (text: string): string => text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/(^|\s)\/\/.*$/gm, '$1');

function importsOf(path: string, code: string): Import[] {
  return Array.from(code.matchAll(IMPORT), ([, type, named, dynamic]) => {
    const said = named ?? dynamic ?? '';
    const place = said.startsWith('.') ? { path: posix.join(dirname(path), said) } : {};
    return { said, typeOnly: type !== undefined, ...place };
  });
}

/** Every TypeScript file below `src`, with its path in it. */
export function sourceFiles(): SourceFile[] {
  const src = join(ROOT, 'src');
  return readdirSync(src, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => {
      const file = join(entry.parentPath, entry.name);
      const path = relative(src, file);
      const text = readFileSync(file, 'utf8');
      const code = codeOf(text);
      return { path, text, code, imports: importsOf(path, code) };
    });
}
