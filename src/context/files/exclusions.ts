import { realpath } from 'node:fs/promises';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { Failure } from '../../core/errors.ts';
import type { Pace } from '../../core/pace.ts';
import { within } from '../../core/within.ts';
import { type Gate, locateAt, nameOf } from '../gate/gate.ts';
import { type Reading, readingsOf } from '../gate/readings.ts';
import { shown } from '../gate/spelling.ts';
import type { LeftOut } from '../parcel/sent.ts';
import { lookalike } from './lookalike.ts';
import { exclusion, globWritings, isGlob, splitGlob } from './selector.ts';
import { FOREIGN } from './walk.ts';

/** The path of a file from a folder above it, as patterns are written. */
export const wayTo = (folder: string, path: string): string => relative(folder, path).split(sep).join('/');

/** Whether something is left out, by its absolute path. */
type Test = (path: string) => boolean;

/** What a pattern matches that begins at `top`, and everything in the folders of the roots that it matches. */
function testAt(roots: readonly string[], { top, way }: Reading): Test {
  const { itself, all } = exclusion(way);
  const outermost = roots.filter((root) => !roots.some((other) => other !== root && within(other, root)));
  // `!/src` is not about a folder /src in which the whole project lies.
  const inside = outermost.filter((root) => within(top, dirname(root)) && all(wayTo(top, dirname(root))));
  return (path) => {
    if (!within(top, path)) return false;
    return (inside.some((root) => within(root, path)) ? itself : all)(wayTo(top, path));
  };
}

/** A pattern from where its fixed part leads, when there are links on the way; else nothing. */
async function behindLinks({ top, way }: Reading): Promise<Reading[]> {
  const { base, rest } = splitGlob(way);
  const written = resolve(top, base);
  const real = await realpath(written).catch(() => undefined);
  return real === undefined || real === written ? [] : [{ top: real, way: rest }];
}

/** Where an exclusion may begin. `/dist` is meant as in .gitignore, unless the allowed folders are what it begins with. */
async function beginnings(gate: Gate, said: string): Promise<Reading[]> {
  const readings = readingsOf(gate, said);
  if (!isAbsolute(said)) return readings;
  const real = await Promise.all([said, resolve('/', splitGlob(said).base)].map((path) => realpath(path).catch(() => path)));
  if ([said, ...real].some((path) => gate.roots.some((root) => within(root, path)))) return readings;
  return [...readings, ...readingsOf(gate, said.slice(1)).filter(({ way }) => way === said.slice(1))];
}

/** An exclusion as it was said, what it leaves out, and whether something is there that is called so. */
type Exclusion = { said: string; tests: readonly Test[]; there: boolean };

/** What an exclusion leaves out that is written in one way, and what of it is there. */
async function readWriting(gate: Gate, said: string): Promise<{ tests: Test[]; there: boolean }> {
  const readings = await beginnings(gate, said);
  const places = (await Promise.all(readings.map((reading) => locateAt(gate, reading)))).filter((place) => place !== undefined);
  const named = places.map(
    ({ real: place }) =>
      (path: string) =>
        within(place, path),
  );
  const there = places.length > 0;
  // A file may be called `[id].ts`: what is there comes before what it could mean as a pattern.
  if (there && isGlob(said)) return { tests: named, there };
  // A bare name is meant wherever it lies.
  const anywhere = said.includes('/') ? [] : readings.map(({ top, way }) => ({ top, way: `**/${way}` }));
  const all = [...readings, ...anywhere, ...(await Promise.all(readings.map(behindLinks))).flat()];
  return { tests: [...named, ...all.map((reading) => testAt(gate.roots, reading))], there };
}

/** An exclusion in all ways in which it can be read: what one of them matches is not sent. */
async function read(gate: Gate, said: string): Promise<Exclusion> {
  const ways = await Promise.all(globWritings(gate, said).map((one) => readWriting(gate, plainly(one))));
  return { said, tests: ways.flatMap(({ tests }) => tests), there: ways.some(({ there }) => there) };
}

/** Without `./` in front and slashes behind. */
const plainly = (said: string): string => said.replace(/^(?:\.\/)+/, '').replace(/(?<=.)\/+$/, '');

/** What the entries with a `!` leave out, and which of them left out nothing. */
export class Exclusions {
  readonly #roots: readonly string[];
  readonly #all: readonly Exclusion[];
  readonly #used = new Set<Exclusion>();
  readonly #kept = new Set<string>();

  private constructor(roots: readonly string[], all: readonly Exclusion[]) {
    this.#roots = roots;
    this.#all = all;
  }

  /** `said`: the entries without their `!`. */
  static async of(gate: Gate, said: readonly string[]): Promise<Exclusions> {
    return new Exclusions(gate.roots, await Promise.all(said.map((one) => read(gate, plainly(one)))));
  }

  /** Whether a file or folder is left out: by its real path, or by the one by which it was reached. */
  matches(real: string, written: string): boolean {
    const paths = real === written ? [real] : [real, written];
    const matching = this.#all.filter(({ tests }) => tests.some((test) => paths.some(test)));
    for (const one of matching) this.#used.add(one);
    return matching.length > 0;
  }

  /** The same of a file that goes along, unless it is left out. */
  has(real: string, written = real): boolean {
    const left = this.matches(real, written);
    if (!left) this.#kept.add(real);
    return left;
  }

  /**
   * Those that matched nothing; of folders that no walk enters nothing is said. Throws an `input` failure
   * for one that probably was a slip, as something of nearly that name would go along: who learns of it afterwards has sent it.
   */
  async idle(pace: Pace): Promise<LeftOut[]> {
    const idle = this.#all.filter((one) => !this.#used.has(one) && !one.said.split('/').some((name) => FOREIGN.has(name)));
    const going = [...this.#kept].flatMap((real) => {
      const root = this.#roots.find((folder) => within(folder, real));
      return root === undefined ? [] : [nameOf(this.#roots, root, real)];
    });
    for (const { said } of idle.filter((one) => !one.there && !isGlob(one.said))) {
      await pace.step();
      const meant = lookalike(said, going);
      if (meant === undefined) continue;
      throw new Failure(
        'input',
        `The exclusion ${shown(`!${said}`)} matches nothing that was to go along, and ${meant} would be sent: correct the exclusion, or drop it if that may be sent`,
      );
    }
    return idle.map(({ said }) => ({ path: `!${said}`, why: 'this exclusion matches nothing that was to go along' }));
  }
}
