import { isNoSlash, type Piece } from './pieces.ts';

/** A place in a pattern. A character that `takes` lets pass leads to `next`; `free` are reached without one. */
type Place = { takes?: (char: string) => boolean; next?: number; free: number[]; ends?: number };

/** Where a text that was read so far has led: the places in all patterns, and the last pattern that it matches whole. */
type Stand = { places: readonly number[]; matched: number; after: Map<string, Stand> };

/** So many stands are remembered; after that the machine begins to remember anew. */
const MOST_REMEMBERED = 2000;

/**
 * Several patterns as one machine that reads a text once, character by character, and never goes back: how long it takes depends
 * on the length of the text alone. Stands that were reached once are remembered with what followed them.
 */
export class Machine {
  readonly #places: Place[] = [];
  readonly #begin: readonly number[];
  #first: Stand | undefined;
  #known = new Map<string, Stand>();

  constructor(patterns: readonly (readonly Piece[])[]) {
    this.#begin = patterns.map((pieces, index) => this.#build(pieces, this.#add({ free: [], ends: index })));
  }

  #add(place: Place): number {
    return this.#places.push(place) - 1;
  }

  /** Builds the pieces from the last to the first; `then` is the place after them. */
  #build(pieces: readonly Piece[], then: number): number {
    return pieces.reduceRight((next, piece) => this.#before(piece, next), then);
  }

  #before(piece: Piece, next: number): number {
    if ('one' in piece) return this.#add({ takes: piece.one, next, free: [] });
    if ('either' in piece) return this.#add({ free: piece.either.map((pieces) => this.#build(pieces, next)) });
    const start: Place = { free: [next] };
    const at = this.#add(start);
    if ('many' in piece) start.free.push(this.#add({ takes: piece.many, next: at, free: [] }));
    else start.free.push(this.#folder(at));
    return at;
  }

  /** A folder's name and its slash; `then` is the place after it. */
  #folder(then: number): number {
    const slash = this.#add({ takes: (char) => char === '/', next: then, free: [] });
    const name: Place = { takes: isNoSlash, free: [] };
    const more = this.#add({ free: [slash, this.#add(name)] });
    name.next = more;
    return this.#add({ takes: isNoSlash, next: more, free: [] });
  }

  /** The stand at some places and at all that are reached from them without a character. */
  #stand(from: readonly number[]): Stand {
    const seen = new Set<number>();
    const queue = [...from];
    let matched = -1;
    for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
      if (seen.has(at)) continue;
      seen.add(at);
      const { free = [], ends = -1 } = this.#places[at] ?? {};
      matched = Math.max(matched, ends);
      queue.push(...free);
    }
    const places = [...seen].filter((at) => this.#places[at]?.takes !== undefined).toSorted((a, b) => a - b);
    const key = `${matched} ${places.join()}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    if (this.#known.size >= MOST_REMEMBERED) this.#forget();
    const stand: Stand = { places, matched, after: new Map() };
    this.#known.set(key, stand);
    return stand;
  }

  /** Lets go of all stands, so that a machine which reads many texts does not grow. */
  #forget(): void {
    this.#known = new Map();
    this.#first = undefined;
  }

  #step(stand: Stand, char: string): Stand {
    const known = stand.after.get(char);
    if (known !== undefined) return known;
    const next = this.#stand(
      stand.places.flatMap((at) => {
        const { takes, next: then } = this.#places[at] ?? {};
        return takes?.(char) === true && then !== undefined ? [then] : [];
      }),
    );
    stand.after.set(char, next);
    return next;
  }

  /** Where the text leads. */
  read(text: string): Pick<Stand, 'places' | 'matched'> {
    this.#first ??= this.#stand(this.#begin);
    let stand = this.#first;
    for (const char of text) {
      if (stand.places.length === 0) return stand.matched === -1 ? stand : this.#stand([]);
      stand = this.#step(stand, char);
    }
    return stand;
  }
}
