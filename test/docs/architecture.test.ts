import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ARCHITECTURE, ROOT } from './documents.ts';

const SRC = join(ROOT, 'src');

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'));

/** The folder of a file of src, or the file itself where it stands in none. */
const partOf = (path: string): string => path.split(sep)[0] ?? path;

const parts = [...new Set(files.map(partOf))];

/** `from part` to `part`, for every import between parts that there is. */
const imports = files.flatMap((path) =>
  [...readFileSync(join(SRC, path), 'utf8').matchAll(/(?:from|import\()\s*'(\.[^']+\.ts)'/g)].map((match) => ({
    path,
    from: partOf(path),
    to: partOf(normalize(join(dirname(path), match[1] ?? ''))),
  })),
);

/** The import table of the document: part to the parts that it may import. */
const section = ARCHITECTURE.text.split('## What may import what')[1]?.split('\n## ')[0] ?? '';
const allowed = new Map(
  [...section.matchAll(/^\| `([\w.]+)` \| (.+) \|$/gm)].map((match) => [
    match[1] ?? '',
    [...(match[2] ?? '').matchAll(/`([\w.]+)`/g)].map((code) => code[1] ?? ''),
  ]),
);

describe('ARCHITECTURE.md', () => {
  it('has a row for every part of src, in the map and in the import table', () => {
    expect(
      parts.filter((part) => !ARCHITECTURE.text.includes(`| \`src/${part.endsWith('.ts') ? part : `${part}/`}\` |`)),
    ).toEqual([]);
    expect([...allowed.keys()].toSorted()).toEqual(parts.toSorted());
  });

  it('tells the imports that there are', () => {
    expect(imports.length).toBeGreaterThan(100);
    const others = imports.filter(({ from, to }) => from !== to && !allowed.get(from)?.includes(to));
    expect(others.map(({ path, to }) => `${path} imports ${to}`)).toEqual([]);
  });
});
