import { type Dialect, DIALECTS } from './dialects.ts';
import { Machine } from './machine.ts';
import { readPieces } from './pieces.ts';

/** One or more patterns that a text can be held against, in time that grows with the text alone, whatever the patterns are. */
export type Glob = {
  matches: (text: string) => boolean;
  /** Whether something in a folder could match, by the folder's path. */
  mayMatchIn: (folder: string) => boolean;
  /** The place of the last pattern that matches, counted from 0; undefined where none does. */
  lastMatch: (text: string) => number | undefined;
};

/** The same letter can be written in two ways (ü, or u and two dots), and disks and models differ in it. */
const normal = (text: string, { ignoreCase }: Dialect): string => {
  const composed = text.normalize('NFC');
  return ignoreCase ? composed.toLowerCase() : composed;
};

/** Compiles patterns; `wrongWithGlob` says which of them a person should write differently. */
export function toGlob(patterns: readonly string[], dialect: Dialect): Glob {
  const machine = new Machine(patterns.map((pattern) => readPieces(normal(pattern, dialect), dialect)));
  const lastMatch = (text: string): number | undefined => {
    const { matched } = machine.read(normal(text, dialect));
    return matched === -1 ? undefined : matched;
  };
  return {
    lastMatch,
    matches: (text) => lastMatch(text) !== undefined,
    mayMatchIn: (folder) => machine.read(`${normal(folder, dialect)}/`).places.length > 0,
  };
}

/** The test whether a name such as `provider/model` is meant by one of some patterns; a `!` in front means all others. */
export function isNamedBy(patterns: readonly string[]): (name: string) => boolean {
  const named = toGlob(
    patterns.filter((pattern) => !pattern.startsWith('!')),
    DIALECTS.names,
  );
  const others = patterns
    .filter((pattern) => pattern.startsWith('!'))
    .map((pattern) => toGlob([pattern.slice(1)], DIALECTS.names));
  return (name) => named.matches(name) || others.some((other) => !other.matches(name));
}
