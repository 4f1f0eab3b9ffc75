import { isAbsolute, relative, sep } from 'node:path';
import { type Gate, locate, within } from '../gate/gate.ts';
import { readingsOf } from '../gate/readings.ts';
import type { LeftOut } from '../parcel/sent.ts';
import { checkGlob, exclusion, isGlob } from './selector.ts';
import { FOREIGN } from './walk.ts';

/** The path of a file from its root, as patterns are written. */
export const inRoot = (root: string, real: string): string => relative(root, real).split(sep).join('/');

type Test = (root: string, real: string) => boolean;

/** What one exclusion matches: what it says as a pattern, from wherever it begins, or the one thing that is called so. */
async function testFor(gate: Gate, said: string): Promise<Test> {
  checkGlob(said);
  // A file may be called `[id].ts`; and a root may be written by another path than its real one.
  const place = isGlob(said) || isAbsolute(said) ? await locate(gate, said) : undefined;
  if (place !== undefined) return (_, real) => within(place.real, real);
  const patterns = readingsOf(gate.roots, said).map(({ root, way }) => ({ root, matches: exclusion(way) }));
  return (root, real) => patterns.some((one) => one.root === root && one.matches(inRoot(root, real)));
}

/** What the entries with a `!` leave out, and which of them left out nothing. */
export class Exclusions {
  readonly #all: readonly { said: string; test: Test }[];
  readonly #used = new Set<string>();

  private constructor(all: readonly { said: string; test: Test }[]) {
    this.#all = all;
  }

  /** `said`: the entries without their `!`. */
  static async of(gate: Gate, said: readonly string[]): Promise<Exclusions> {
    const plain = said.map((one) => one.replace(/^(?:\.\/)+/, '').replace(/(?<=.)\/+$/, ''));
    return new Exclusions(await Promise.all(plain.map(async (one) => ({ said: one, test: await testFor(gate, one) }))));
  }

  has(root: string, real: string): boolean {
    const matching = this.#all.filter(({ test }) => test(root, real));
    for (const { said } of matching) this.#used.add(said);
    return matching.length > 0;
  }

  /** Those that matched nothing: a slip of the pen would send what was to stay. Of folders that no walk enters nothing is said. */
  idle(): LeftOut[] {
    const idle = this.#all.filter(({ said }) => !this.#used.has(said) && !said.split('/').some((name) => FOREIGN.has(name)));
    return idle.map(({ said }) => ({ path: `!${said}`, why: 'this exclusion matches nothing that was to go along' }));
  }
}
