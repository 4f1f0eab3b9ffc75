import picomatch from 'picomatch';
import { Failure } from '../../core/errors.ts';
import { checkSpelling, shown } from '../gate/spelling.ts';

/** Lines of a file, counted from 1; without `to`, as far as the file goes. */
export type Range = { from: number; to?: number };

/** What one entry of `files` says before the disk is asked: the path as it stands, and the lines that may follow it. */
export type Selector = { said: string; path: string; range?: Range };

const RANGE = /^(.*[^:]):(\d{1,9})(?:(-)(\d{1,9})?)?$/;

/** Reads an entry: `src/a.ts`, `src/a.ts:10`, `src/a.ts:10-50`, `src/a.ts:10-`. */
export function parseSelector(said: string): Selector {
  const [, path, first, dash, last] = RANGE.exec(said) ?? [];
  if (path === undefined || first === undefined) return { said, path: said };
  const from = Number(first);
  const to = last === undefined ? (dash === undefined ? from : undefined) : Number(last);
  if (from >= 1 && (to === undefined || to >= from)) return { said, path, range: { from, ...(to !== undefined && { to }) } };
  throw new Failure(
    'input',
    `The lines in ${shown(said)} do not count upwards from 1: write them like src/app.ts:10-50 or src/app.ts:10-`,
  );
}

/** A glob has at most this many wildcards: matching takes time to the power of their number. */
const MOST_WILDCARDS = 8;
const MOST_IN_A_NAME = 3;
const LONGEST_GLOB = 300;

// No extended globs (`+(a|b)`): they add nothing that braces lack, and their matching can take forever.
const OPTIONS = { dot: true, noextglob: true, nonegate: true, strictSlashes: true } as const;

// Parentheses, bars and pluses are parts of names here. The library would take them for a regular expression's, and `{a,a}+b` for
// one that never ends.
const literal = (glob: string): string =>
  glob.replaceAll(/\[[^\]]*\]|[+|()]/g, (piece) => (piece.length === 1 ? `[${piece}]` : piece));

/** The same letter can be written in two ways (ü, or u and two dots), and disks and models differ in it. */
function matcher(globs: readonly string[]): (path: string) => boolean {
  const matches = picomatch(
    globs.map((glob) => literal(glob.normalize('NFC'))),
    OPTIONS,
  );
  return (path) => matches(path.normalize('NFC'));
}

/** Whether a path that does not exist can be meant as a glob. */
export const isGlob = (path: string): boolean => /[{}*?[\]]/.test(path);

/** Refuses globs that reach out of the roots or would take forever. */
export function checkGlob(glob: string): void {
  checkSpelling(glob);
  const pieces = glob.split('/');
  const wildcards = (text: string): number => (text.match(/\*\*|[*?]/g) ?? []).length;
  const what = [
    [/(?:^|[/{,(|])\.\.(?:$|[/},)|])/.test(glob), 'reaches above its folder with ".."'],
    [glob.length > LONGEST_GLOB, `is longer than ${LONGEST_GLOB} characters`],
    [glob.startsWith('!'), 'begins with more than one "!"'],
    [wildcards(glob) > MOST_WILDCARDS, `has more than ${MOST_WILDCARDS} wildcards`],
    [pieces.some((piece) => wildcards(piece) > MOST_IN_A_NAME), `has more than ${MOST_IN_A_NAME} wildcards in one name`],
  ].find(([wrong]) => wrong === true)?.[1];
  if (what === undefined) return;
  throw new Failure(
    'input',
    `The pattern ${shown(glob)} ${String(what)}: write it below an allowed folder, like src/**/*.ts or {src,test}/*.ts`,
  );
}

/** The folder in which a glob begins to vary, and the test for paths from there. */
export type Glob = { base: string; matches: (path: string) => boolean };

/** A glob in two: its longest part without wildcards, and the rest, which begins there. */
export function splitGlob(glob: string): { base: string; rest: string } {
  const pieces = glob.replace(/^(?:\.\/)+/, '').split('/');
  const varies = pieces.findIndex(isGlob);
  const fixed = varies === -1 ? pieces.length - 1 : varies;
  const base = pieces.slice(0, fixed).join('/');
  return { base: base === '' ? '.' : base, rest: pieces.slice(fixed).join('/') };
}

/** Compiles a glob that `checkGlob` let pass. */
export function compileGlob(glob: string): Glob {
  const { base, rest } = splitGlob(glob);
  return { base, matches: matcher([rest]) };
}

/** The tests for an exclusion: for what it matches itself, and for that and everything in a folder that it matches. */
export function exclusion(glob: string): { itself: (path: string) => boolean; all: (path: string) => boolean } {
  return { itself: matcher([glob]), all: matcher([glob, `${glob}/**`]) };
}
