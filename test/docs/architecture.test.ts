import { describe, expect, it } from 'vitest';
import { ARCHITECTURE } from '../../scripts/docs/documents.ts';
import { MAY_IMPORT } from '../house/parts.ts';

/** The import table of the document: part to the parts that it may import, those of which only types in brackets. */
const section = ARCHITECTURE.text.split('## What may import what')[1]?.split('\n## ')[0] ?? '';
const told = Object.fromEntries(
  [...section.matchAll(/^\| `([\w./]+)` \| (.+) \|$/gm)].map((row) => [
    row[1],
    [...(row[2] ?? '').matchAll(/`([\w./]+)`( \(types only\))?/g)].map((cell) =>
      cell[2] === undefined ? cell[1] : `(${cell[1]})`,
    ),
  ]),
);

describe('ARCHITECTURE.md', () => {
  it('has a row for every part of src in its map', () => {
    const parts = Object.keys(MAY_IMPORT).map((part) => (part.endsWith('.ts') ? part : `${part}/`));
    expect(parts.filter((part) => !ARCHITECTURE.text.includes(`| \`src/${part}\` |`))).toEqual([]);
  });

  it('tells the import table that the tests hold the code to', () => {
    expect(told).toEqual(MAY_IMPORT);
  });
});
