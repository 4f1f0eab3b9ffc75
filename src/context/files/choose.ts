import { basename, isAbsolute, sep } from 'node:path';
import { Failure } from '../../core/errors.ts';
import { list, plural } from '../../core/text.ts';
import type { Glob } from '../../glob/glob.ts';
import { find, findAt, type Gate, judge, nameOf, need, type Place, wrongWithAll } from '../gate/gate.ts';
import { readingsOf } from '../gate/readings.ts';
import { shown } from '../gate/spelling.ts';
import { EXCLUDED } from '../parcel/parcel.ts';
import type { LeftOut } from '../parcel/sent.ts';
import type { Entry } from './entries.ts';
import { type Exclusions, wayTo } from './exclusions.ts';
import type { WorkTrees } from './ignoring.ts';
import { once } from './once.ts';
import { compileGlob, globWritings, isGlob, linesAfter, type Range } from './selector.ts';
import { type Bounds, FOREIGN, walk } from './walk.ts';

/** A file to be read. One that was named is read or the call fails; one that was found may be left out. */
export type Choice = { place: Place; named: boolean; range?: Range };

/** Where files are looked for, and what is not wanted of them. */
type Search = { gate: Gate; trees: WorkTrees; excluded: Exclusions; bounds?: Bounds | undefined };

type Chosen = { choices: Choice[]; leftOut: LeftOut[] };

/** So many of the things that a walk passed over for one reason are named. */
const NAMED = 3;

/** What a walk from a place passed over for one reason: `src/.env, src/keys/ and 2 more: may hold credentials`. */
function passedOver({ roots }: Gate, { root }: Place, why: string, passed: readonly string[]): string {
  // Where they lie says what they are called.
  if (FOREIGN.has(basename(passed[0] ?? ''))) return `${plural(passed.length, 'folder')}: ${why}`;
  const named = passed.slice(0, NAMED).map((real) => nameOf(roots, root, real) + (real.endsWith(sep) ? '/' : ''));
  const more = passed.length > NAMED ? [`${passed.length - NAMED} more`] : [];
  return `${list([...named, ...more])}: ${why}`;
}

/** What is wanted of a folder: its files, and the folders below it in which some of them may lie. */
type Pattern = Pick<Glob, 'matches' | 'mayMatchIn'>;

const ALL: Pattern = { matches: () => true, mayMatchIn: () => true };

/** The files of a folder or glob, and what was passed over on the way. */
async function filesBelow(
  { gate, trees, excluded, bounds }: Search,
  said: string,
  from: Place,
  { matches, mayMatchIn }: Pattern,
): Promise<Chosen> {
  const wanted = (real: string, folder: boolean): boolean => {
    const way = wayTo(from.real, real);
    return (folder ? mayMatchIn(way) : matches(way)) && !excluded.matches(real, `${from.written}/${way}`);
  };
  const { files, passed, stopped } = await walk(from.root, from.real, wanted, { trees, pace: gate.pace, bounds });
  const leftOut = [...passed].map(([why, reals]) => ({ path: said, why: passedOver(gate, from, why, reals) }));
  if (stopped !== undefined) leftOut.push({ path: said, why: `the rest: ${stopped}; name a narrower pattern` });
  return { choices: files.map((real) => ({ place: judge(gate, from, real), named: false })), leftOut };
}

const nothing = (what: string, { leftOut }: Chosen): Failure => {
  const why = leftOut.length === 0 ? '' : ` (left out: ${leftOut.map((item) => item.why).join('; ')})`;
  return new Failure(
    'input',
    `${what} has no file that may be sent${why}: name files that exist, like src/app.ts or src/**/*.ts`,
  );
};

async function inFolder(search: Search, said: string, folder: Place): Promise<Chosen> {
  const chosen = await filesBelow(search, said, folder, ALL);
  if (chosen.choices.length === 0) throw nothing(`The folder ${shown(said)}`, chosen);
  return chosen;
}

/** The files of a pattern written in one way, and whether the folder that it begins with is there. */
async function matching(search: Search, said: string, pattern: string): Promise<Chosen & { begins: boolean }> {
  const { gate } = search;
  const all: Chosen & { begins: boolean } = { choices: [], leftOut: [], begins: !isAbsolute(pattern) };
  for (const { top, way } of readingsOf(gate, pattern)) {
    const { base, rest } = compileGlob(way);
    const from = await findAt(gate, { top, way: base });
    if (from === undefined) continue;
    all.begins = true;
    if (!from.folder) continue;
    const { choices, leftOut } = await filesBelow(search, said, from, rest);
    all.choices.push(...choices);
    all.leftOut.push(...leftOut);
    if (top === gate.here) break;
  }
  return all;
}

/** The files of a pattern: below where the user stands, if the folder that it begins with is there, else below every root. */
async function byGlob(search: Search, said: string): Promise<Chosen> {
  let first: (Chosen & { begins: boolean }) | undefined;
  for (const pattern of globWritings(search.gate, said)) {
    const found = await matching(search, said, pattern);
    if (found.choices.length > 0) return found;
    first ??= found;
  }
  if (first?.begins === true) throw nothing(`The pattern ${shown(said)}`, first);
  throw new Failure(
    'input',
    `The pattern ${shown(said)} begins outside of the allowed folders or in no folder: write it from there, like src/**/*.ts`,
  );
}

const linesOf = (said: string, what: string): Failure =>
  new Failure('input', `${shown(said)} names lines of ${what}: name lines of one file, like src/app.ts:10-50`);

/** What one entry means: a file or folder of that name, else lines of one, else a pattern. What is there comes first: a file may be called `[id].ts`. */
async function one(search: Search, said: string): Promise<Chosen> {
  const { gate } = search;
  const withLines = linesAfter(said);
  const asked = [{ path: said }, ...withLines].filter(({ path }) => wrongWithAll(gate, path) === undefined);
  for (const { path, range } of asked) {
    const place = await find(gate, path);
    if (place === undefined) continue;
    if (!place.folder) return { choices: [{ place, named: true, ...(range && { range: range() }) }], leftOut: [] };
    if (range === undefined) return inFolder(search, said, place);
    throw linesOf(said, 'a folder');
  }
  if (withLines.some(({ path }) => isGlob(path))) throw linesOf(said, 'a pattern');
  if (isGlob(said)) return byGlob(search, said);
  // Of a wrong path `need` says what is wrong with it.
  const place = await need(gate, withLines[0]?.path ?? said);
  return { choices: [{ place, named: true }], leftOut: [] };
}

/** A failure over an entry that the caller did not write says whose it is. */
function blaming(agent: string | undefined): (error: unknown) => never {
  return (error) => {
    if (agent === undefined || !(error instanceof Failure)) throw error;
    throw error.with({}, `The agent "${agent}" sends files along (agents.${agent}.files): ${error.message}`);
  };
}

/** An agent's files are the same wherever the user stands. */
const fromRoots = ({ gate: { here: _here, ...gate }, ...search }: Search): Search => ({ ...search, gate });

/** Turns what `files` wants (its entries without the exclusions) into files: each once, named ones first, in the order given. */
export async function choose(search: Search, wanted: readonly Entry[]): Promise<Chosen> {
  const all: Chosen = { choices: [], leftOut: [] };
  for (const { said, agent } of wanted) {
    const { choices, leftOut } = await one(agent === undefined ? search : fromRoots(search), said).catch(blaming(agent));
    for (const choice of choices) {
      const { real, written, path } = choice.place;
      if (!search.excluded.has(real, written)) all.choices.push(choice);
      else all.leftOut.push({ path, why: EXCLUDED });
    }
    all.leftOut.push(...leftOut);
  }
  return { choices: once(all.choices), leftOut: all.leftOut };
}
