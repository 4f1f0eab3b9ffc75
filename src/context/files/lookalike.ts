import leven from 'leven';

/** A name up to its first dot, and its endings. */
function parts(name: string): { stem: string; endings: string } {
  const [, stem = '', endings = ''] = /^(\.?[^.]*)(.*)$/.exec(name.normalize('NFC').toLowerCase()) ?? [];
  return { stem, endings };
}

/** Shorter names are near to each other by chance. */
const LONG_ENOUGH = 6;

const letters = (text: string): string => Array.from(text).toSorted().join('');
const digits = (text: string): string => text.replaceAll(/\D/g, '');

/** Whether one name looks like the other one misspelt. Numbers are no slips: `part1` and `part2` are both meant. */
function misspelt(one: string, other: string): boolean {
  const [a, b] = [parts(one), parts(other)];
  if (a.endings !== b.endings) return false;
  if (a.stem === b.stem) return true;
  if (Math.min(a.stem.length, b.stem.length) < LONG_ENOUGH || digits(a.stem) !== digits(b.stem)) return false;
  const slips = leven(a.stem, b.stem);
  // Two letters that changed places are one slip: "secert" is a secret, and a vendor is no sender.
  return slips <= 1 || (slips === 2 && letters(a.stem) === letters(b.stem));
}

/** Whether the longer way ends with the shorter one, as when a folder in front is missing or too much. */
function endsAlike(one: readonly string[], other: readonly string[]): boolean {
  const length = Math.min(one.length, other.length);
  return one.length !== other.length && one.slice(-length).join('/') === other.slice(-length).join('/');
}

/** Which part of a file's way (the file, or a folder above it) is the way `said` with one name misspelt. */
function misspeltIn(said: readonly string[], file: readonly string[]): readonly string[] | undefined {
  const [only, more] = said;
  if (only !== undefined && more === undefined) {
    const at = file.findIndex((name) => misspelt(only, name));
    return at === -1 ? undefined : file.slice(0, at + 1);
  }
  const start = file.slice(0, said.length);
  const wrong = said.flatMap((name, index) => (name === start[index] ? [] : [index]));
  const [index = 0, other] = wrong;
  if (start.length < said.length || wrong.length === 0 || other !== undefined) return undefined;
  return misspelt(said[index] ?? '', start[index] ?? '') ? start : undefined;
}

/** What of these files (ways from their root) is probably meant by a way that names none of them. */
export function lookalike(said: string, files: readonly string[]): string | undefined {
  const wanted = said.split('/').filter((name) => name !== '');
  for (const file of files) {
    const way = file.split('/');
    if (endsAlike(wanted, way)) return file;
    const found = misspeltIn(wanted, way);
    if (found !== undefined) return found.join('/');
  }
  return undefined;
}
