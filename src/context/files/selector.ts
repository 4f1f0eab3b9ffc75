import { Failure } from '../../core/errors.ts';
import { DIALECTS, wrongWithGlob } from '../../glob/dialects.ts';
import { type Glob, toGlob } from '../../glob/glob.ts';
import { type Gate, plainWritings, wrongWithAll } from '../gate/gate.ts';
import { misspelt, shown } from '../gate/spelling.ts';

/** Lines of a file, counted from 1; without `to`, as far as the file goes. */
export type Range = { from: number; to?: number };

/** What one entry of `files` may say before the disk is asked: a path, and the lines after it, which throws where they are wrong. */
type Selector = { path: string; range?: () => Range };

/** A path, the first line and the last one: a dash without a last line means as far as the file goes. */
type Lines = { path: string; from: string; dash?: string | undefined; to?: string | undefined };

/** The ways to write lines after a path: ours, as editors and compilers print a place, and as hosts and code sites write one. */
const LINES: readonly { form: RegExp; read: (found: readonly string[]) => Lines }[] = [
  {
    form: /^(.*[^:]):(\d{1,9}):\d{1,9}(?:(-)(\d{1,9}):\d{1,9})?:?$/s,
    read: ([, path = '', from = '', dash, to]) => ({ path, from, dash, to }),
  },
  { form: /^(.*[^:]):(\d{1,9})(?:(-)(\d{1,9})?)?:?$/s, read: ([, path = '', from = '', dash, to]) => ({ path, from, dash, to }) },
  {
    form: /^(.+)#L?(\d{1,9})(?:C\d{1,9})?(?:(-)L?(\d{1,9})(?:C\d{1,9})?)?$/is,
    read: ([, path = '', from = '', dash, to]) => ({ path, from, dash, to }),
  },
  { form: /^(.+)\((\d{1,9})(?:,\d{1,9})?\):?$/s, read: ([, path = '', from = '']) => ({ path, from }) },
];

/** Reads lines; throws for those that do not count upwards. */
function rangeOf(said: string, { from: first, dash, to: last }: Lines): Range {
  const from = Number(first);
  const to = last === undefined ? (dash === undefined ? from : undefined) : Number(last);
  if (from >= 1 && (to === undefined || to >= from)) return { from, ...(to !== undefined && { to }) };
  throw new Failure(
    'input',
    `The lines in ${shown(said)} do not count upwards from 1: write them like src/app.ts:10-50 or src/app.ts:10-`,
  );
}

/** Reads an entry as a path and lines after it, in the ways that are known: `a.ts:10-50`, `a.ts:10:5`, `a.ts#L10-L50`, `a.ts(10,5)`. */
export const linesAfter = (said: string): Selector[] =>
  LINES.flatMap(({ form, read }) => {
    const found = form.exec(said.trim());
    if (found === null) return [];
    const lines = read(found);
    return [{ path: lines.path, range: () => rangeOf(said, lines) }];
  });

/** Whether a path that does not exist can be meant as a glob. */
export const isGlob = (path: string): boolean => /[{}*?[\]]/.test(path);

/** Says what is wrong with a glob that reaches out of the roots or holds more than one may. */
const wrongWithPattern = (glob: string): string | undefined =>
  [
    /(?:^|[/{,(|])\.\.(?:$|[/},)|])/.test(glob) ? 'reaches above its folder with ".."' : undefined,
    glob.startsWith('!') ? 'begins with more than one "!"' : undefined,
    wrongWithGlob(glob, DIALECTS.files),
  ].find((wrong) => wrong !== undefined);

/** The ways to write a pattern, or something that may be one. Throws where each is wrong. */
export function globWritings(gate: Gate, said: string): string[] {
  const writings = plainWritings(gate, said);
  const misspelling = wrongWithAll(gate, said);
  if (misspelling !== undefined) throw misspelt(said, misspelling);
  const fine = writings.filter((glob) => wrongWithPattern(glob) === undefined);
  if (fine.length > 0) return fine;
  throw new Failure(
    'input',
    `The pattern ${shown(said)} ${wrongWithPattern(said)}: write it below an allowed folder, like src/**/*.ts or {src,test}/*.ts`,
  );
}

/** A glob in two: its longest part without wildcards, and the rest, which begins there. */
export function splitGlob(glob: string): { base: string; rest: string } {
  const pieces = glob.replace(/^(?:\.\/)+/, '').split('/');
  const varies = pieces.findIndex(isGlob);
  const fixed = varies === -1 ? pieces.length - 1 : varies;
  const base = pieces.slice(0, fixed).join('/');
  return { base: base === '' ? '.' : base, rest: pieces.slice(fixed).join('/') };
}

/** Compiles a glob that `checkGlob` let pass: the folder in which it begins to vary, and the test for paths from there. */
export function compileGlob(glob: string): { base: string; rest: Glob } {
  const { base, rest } = splitGlob(glob);
  return { base, rest: toGlob([rest], DIALECTS.files) };
}

/** The tests for an exclusion: for what it matches itself, and for that and everything in a folder that it matches. */
export function exclusion(glob: string): { itself: (path: string) => boolean; all: (path: string) => boolean } {
  return { itself: toGlob([glob], DIALECTS.files).matches, all: toGlob([glob, `${glob}/**`], DIALECTS.files).matches };
}
