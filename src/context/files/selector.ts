import { Failure } from '../../core/errors.ts';
import { DIALECTS, wrongWithGlob } from '../../glob/dialects.ts';
import { type Glob, toGlob } from '../../glob/glob.ts';
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

/** Whether a path that does not exist can be meant as a glob. */
export const isGlob = (path: string): boolean => /[{}*?[\]]/.test(path);

/** Refuses globs that reach out of the roots or hold more than a pattern of files may. */
export function checkGlob(glob: string): void {
  checkSpelling(glob);
  const what = [
    /(?:^|[/{,(|])\.\.(?:$|[/},)|])/.test(glob) ? 'reaches above its folder with ".."' : undefined,
    glob.startsWith('!') ? 'begins with more than one "!"' : undefined,
    wrongWithGlob(glob, DIALECTS.files),
  ].find((wrong) => wrong !== undefined);
  if (what === undefined) return;
  throw new Failure(
    'input',
    `The pattern ${shown(glob)} ${what}: write it below an allowed folder, like src/**/*.ts or {src,test}/*.ts`,
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
