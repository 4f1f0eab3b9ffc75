import { Failure } from '../../core/errors.ts';
import { plural } from '../../core/text.ts';
import { find, type Gate, judge, need, type Place } from '../gate/gate.ts';
import { type Reading, readingsOf } from '../gate/readings.ts';
import { shown } from '../gate/spelling.ts';
import type { LeftOut } from '../parcel/sent.ts';
import { Exclusions, inRoot } from './exclusions.ts';
import { checkGlob, compileGlob, isGlob, parseSelector, type Range } from './selector.ts';
import { type Bounds, walk } from './walk.ts';

/** A file to be read. One that was named is read or the call fails; one that was found may be left out. */
export type Choice = { place: Place; named: boolean; range?: Range };

/** Entries of `files` in one call. */
const MOST_ENTRIES = 200;

type Chosen = { choices: Choice[]; leftOut: LeftOut[] };

/** The files of a folder or glob, and what was passed over on the way. */
async function gather(
  gate: Gate,
  said: string,
  from: Place,
  matches: (real: string) => boolean,
  bounds?: Bounds,
): Promise<Chosen> {
  const walked = await walk(from.root, from.real, matches, bounds);
  const passed = [...walked.passed].map(([why, times]) => ({ path: said, why: `${plural(times, 'entry', 'entries')}: ${why}` }));
  const stopped =
    walked.stopped === undefined ? [] : [{ path: said, why: `the rest: ${walked.stopped}; name a narrower pattern` }];
  const choices = walked.files.map((real) => ({ place: judge(gate, from.root, real), named: false }));
  return { choices, leftOut: [...passed, ...stopped] };
}

const nothing = (what: string, { leftOut }: Chosen): Failure => {
  const why = leftOut.length === 0 ? '' : ` (left out: ${leftOut.map((item) => item.why).join('; ')})`;
  return new Failure(
    'input',
    `${what} has no file that may be sent${why}: name files that exist, like src/app.ts or src/**/*.ts`,
  );
};

async function inFolder(gate: Gate, said: string, folder: Place, excluded: Exclusions, bounds?: Bounds): Promise<Chosen> {
  const chosen = await gather(gate, said, folder, (real) => !excluded.has(folder.root, real), bounds);
  if (chosen.choices.length === 0) throw nothing(`The folder ${shown(said)}`, chosen);
  return chosen;
}

/** A pattern that begins with a root, or with its label, is read from there. */
function readGlob(gate: Gate, glob: string): Reading[] {
  checkGlob(glob);
  const readings = readingsOf(gate.roots, glob);
  if (readings.length > 0) return readings;
  throw new Failure(
    'input',
    `The pattern ${shown(glob)} lies outside of the allowed folders: write it from there, like src/**/*.ts`,
  );
}

async function byGlob(gate: Gate, said: string, excluded: Exclusions, bounds?: Bounds): Promise<Chosen> {
  const all: Chosen = { choices: [], leftOut: [] };
  for (const { root, way } of readGlob(gate, said)) {
    const { base, matches } = compileGlob(way);
    const from = await find({ ...gate, roots: [root] }, base);
    if (from === undefined || !from.folder) continue;
    // Paths are matched as they were written: where a link led to `base`, its files are elsewhere and do not match.
    const wanted = (real: string): boolean => matches(inRoot(from.root, real)) && !excluded.has(from.root, real);
    const { choices, leftOut } = await gather(gate, said, from, wanted, bounds);
    all.choices.push(...choices);
    all.leftOut.push(...leftOut);
  }
  if (all.choices.length === 0) throw nothing(`The pattern ${shown(said)}`, all);
  return all;
}

const linesOf = (said: string, what: string): Failure =>
  new Failure('input', `${shown(said)} names lines of ${what}: name lines of one file, like src/app.ts:10-50`);

/** What one entry means: a file or folder of that name, else a pattern. */
async function one(gate: Gate, said: string, excluded: Exclusions, bounds?: Bounds): Promise<Chosen> {
  const { path, range } = parseSelector(said);
  // A file may be called `[id].ts`, so what is there comes before what it could mean as a pattern.
  const place = isGlob(path) ? await find(gate, path) : await need(gate, path);
  if (place === undefined && range !== undefined) throw linesOf(said, 'a pattern');
  if (place === undefined) return byGlob(gate, path, excluded, bounds);
  if (!place.folder) return { choices: [{ place, named: true, ...(range && { range }) }], leftOut: [] };
  if (range === undefined) return inFolder(gate, said, place, excluded, bounds);
  throw linesOf(said, 'a folder');
}

/** The agents that bring entries of `files` along, by entry: who calls an agent does not know its files. */
export type Bringers = ReadonlyMap<string, string>;

/** A failure over an entry that the caller did not write says whose it is. */
function blaming(agent: string | undefined): (error: unknown) => never {
  return (error) => {
    if (agent === undefined || !(error instanceof Failure)) throw error;
    throw error.with({}, `The agent "${agent}" sends files along (agents.${agent}.files): ${error.message}`);
  };
}

/** Turns the entries of `files` into files: in their order, each once, named ones first. `!` leaves out what it matches. */
export async function choose(gate: Gate, files: readonly string[], bounds?: Bounds, bringers?: Bringers): Promise<Chosen> {
  if (files.length > MOST_ENTRIES) {
    throw new Failure(
      'input',
      `files has ${files.length} entries: name at most ${MOST_ENTRIES}, or use patterns like src/**/*.ts`,
    );
  }
  const wanted = files.filter((said) => !said.startsWith('!'));
  if (wanted.length === 0) {
    throw new Failure('input', 'files holds only exclusions (!): name first what is to be sent, like src/**/*.ts');
  }
  const excluded = await Exclusions.of(
    gate,
    files.filter((said) => said.startsWith('!')).map((said) => said.slice(1)),
  );
  const all: Chosen = { choices: [], leftOut: [] };
  for (const said of wanted) {
    const { choices, leftOut } = await one(gate, said, excluded, bounds).catch(blaming(bringers?.get(said)));
    for (const choice of choices) {
      if (!excluded.has(choice.place.root, choice.place.real)) all.choices.push(choice);
      else all.leftOut.push({ path: choice.place.path, why: 'an exclusion (!) matches it' });
    }
    all.leftOut.push(...leftOut);
  }
  all.leftOut.push(...excluded.idle());
  const named = all.choices.filter((choice) => choice.named);
  const taken = new Set(named.map(({ place }) => place.real));
  const found = all.choices.filter(({ named: wasNamed, place }) => !wasNamed && !taken.has(place.real) && taken.add(place.real));
  return { choices: [...named, ...found], leftOut: all.leftOut };
}
