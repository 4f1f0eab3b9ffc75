import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findSecrets } from '../../src/context/secrets/secrets.ts';
import { ROOT } from '../support/source.ts';

/** So much is read of each kind of source, in bytes, and no larger file. */
const MOST = 12_000_000;
const LARGEST = 1_000_000;

function* sourcesIn(path: string, kind: RegExp): Generator<string> {
  for (const entry of readdirSync(path, { withFileTypes: true }).toSorted((a, b) => a.name.localeCompare(b.name, 'en'))) {
    const inner = join(path, entry.name);
    if (entry.isDirectory() && entry.name !== '.cache') yield* sourcesIn(inner, kind);
    else if (entry.isFile() && kind.test(entry.name) && statSync(inner).size < LARGEST) yield readFileSync(inner, 'utf8');
  }
}

describe('a search of ordinary source', () => {
  it.each([
    ['programs', /(?<!\.min)\.(?:[cm]?js|[cm]?ts)$/],
    ['documents', /\.(?:md|txt|html)$/],
    ['data', /\.json$/],
  ])('finds less than one secret in a megabyte of the %s that packages bring', async (_name, kind) => {
    let [bytes, found] = [0, 0];
    for (const source of sourcesIn(join(ROOT, 'node_modules'), kind)) {
      if (bytes > MOST) break;
      bytes += source.length;
      found += (await findSecrets(source)).length;
    }
    expect(found).toBeLessThan(Math.max(1, bytes / 1e6));
  });
});
