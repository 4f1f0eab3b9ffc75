import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Writes src/context/secrets/letter-pairs.ts: `jiti scripts/letter-pairs.ts FOLDER…`, with folders of ordinary source. It was last
 * made of Debian 12's /usr/lib/python3.11, /usr/lib/python3, /usr/share/perl, /usr/share/perl5, /usr/include and /usr/share/doc and
 * of this project's node_modules, at most 25 MB of each.
 */
const TARGET = join(import.meta.dirname, '..', 'src', 'context', 'secrets', 'letter-pairs.ts');

const SOURCES = /\.(?:[cm]?[jt]s|py|p[lm]|pod|h|c|md|txt|ya?ml)$/;

/** At most this much is read of a folder, so that none of them outweighs the rest, in bytes. */
const MOST = 25_000_000;

/** Larger files are bundles and data. */
const LARGEST = 1_000_000;

/** A name, path or address as it stands in source. */
const WORD = /(?<![\w$./:+=-])[\w$./:-]{4,40}(?![\w$./:+=-])/g;

/** A digest is none of the words that are counted. */
const DIGEST = /^[0-9a-f]{8,}$/i;

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
/** One class for signs and the ends of a word, one for digits, one for each letter. */
const CLASSES = `-0${LETTERS}${LETTERS.toUpperCase()}`;

/** Every pair is counted half a time more, so that none is impossible. */
const UNSEEN = 0.5;

/** The highest digit in base 36, as which the half bits of a pair are written. */
const HIGHEST = 35;

function* sourcesIn(path: string): Generator<string> {
  const found = statSync(path);
  if (found.isFile() && found.size < LARGEST && SOURCES.test(path)) yield readFileSync(path, 'latin1');
  if (!found.isDirectory()) return;
  for (const entry of readdirSync(path, { withFileTypes: true }))
    if (!entry.isSymbolicLink()) yield* sourcesIn(join(path, entry.name));
}

function timesOfWords(folders: readonly string[]): Map<string, number> {
  const times = new Map<string, number>();
  for (const folder of folders) {
    let bytes = 0;
    for (const source of sourcesIn(folder)) {
      for (const [word] of source.matchAll(WORD)) times.set(word, (times.get(word) ?? 0) + 1);
      bytes += source.length;
      if (bytes > MOST) break;
    }
  }
  return times;
}

const classOf = (char: string): number => Math.max(0, CLASSES.indexOf(/\d/.test(char) ? '0' : char));

/** Counts how often each class follows each other one. A word counts once, and not if it was seen once only: it may be data. */
function countPairs(times: ReadonlyMap<string, number>): number[][] {
  const counts = Array.from(CLASSES, () => Array.from(CLASSES, () => UNSEEN));
  for (const [word, n] of times) {
    if (n < 2 || DIGEST.test(word)) continue;
    const classes = [0, ...Array.from(word, classOf), 0];
    for (const [index, to] of classes.slice(1).entries()) {
      const row = counts[classes[index] ?? 0];
      if (row !== undefined) row[to] = (row[to] ?? 0) + 1;
    }
  }
  return counts;
}

function surprises(row: readonly number[]): string {
  const all = row.reduce((sum, n) => sum + n, 0);
  return row.map((n) => Math.min(HIGHEST, Math.round(-2 * Math.log2(n / all))).toString(36)).join('');
}

const rows = countPairs(timesOfWords(process.argv.slice(2))).map(surprises);
writeFileSync(
  TARGET,
  `/**
 * The surprise of each character after another one in names, paths and addresses of ordinary source, in half bits as digits of
 * base 36. A row for each character that goes before and a place for each that follows, in the order of \`CLASSES\`. Counted by
 * scripts/letter-pairs.ts.
 */
export const LETTER_PAIRS: readonly string[] = [
${rows.map((row) => `  '${row}',`).join('\n')}
];

/** Signs and the ends of a word, digits, and each letter. */
export const CLASSES = '${CLASSES}';
`,
);
