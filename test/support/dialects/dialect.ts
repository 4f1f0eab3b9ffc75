import type { Usage } from '../../../src/core/chat.ts';
import type { WireId } from '../../../src/wires/wire.ts';
import type { Framing, VendorEvent } from '../framing.ts';
import type { Script, Trouble } from '../script.ts';

/** One vendor's way of saying what a script says. Pure: no sockets, no timing, no faults. */
export type Dialect = {
  wire: WireId;
  framing: Framing;
  /** The events of a whole stream, in the vendor's order. `request` is the parsed body that asked for them. */
  events: (script: Script, request: unknown) => VendorEvent[];
  /** The body of an answer that is not streamed. */
  whole: (script: Script) => object;
  /** The body of an error response. */
  trouble: (trouble: Trouble) => object;
  /** What an error response has beside its body. */
  troubleHeaders?: (trouble: Trouble) => Record<string, string>;
  /** An error that arrives when the stream has already begun. */
  troubleEvent: (trouble: Trouble) => VendorEvent;
  /** A well-formed event of a kind that no client knows yet. */
  stranger: VendorEvent;
  /** What this vendor never tells, whatever the script says. */
  untold?: readonly Untold[];
  /** The vendor's own words for situations that hide behind a general status; absent where it has no such situation. */
  complaints: { tooLong: Trouble; noCredit?: Trouble };
};

/** Things that not every vendor tells: the model that it served, the pages that it read, and some of what it counts. */
export type Untold = 'model' | 'thinking' | 'cacheWrite' | 'sources' | 'searches';

/** Of the usage of a script, what a client of this vendor can know. */
export const toldUsage = ({ untold = [] }: Dialect, usage: Usage): Usage =>
  Object.fromEntries(Object.entries(usage).filter(([name]) => !untold.some((one) => one === name)));

/** Whether a request's body has `true` at `path`. */
export function asksFor(request: unknown, ...path: string[]): boolean {
  let at = request;
  for (const key of path) {
    if (typeof at !== 'object' || at === null) return false;
    at = Object.entries(at).find(([name]) => name === key)?.[1];
  }
  return at === true;
}

/** The sum of what is known, or undefined where nothing is. */
export function sum(...counts: (number | undefined)[]): number | undefined {
  const known = counts.filter((count) => count !== undefined);
  return known.length === 0 ? undefined : known.reduce((total, count) => total + count, 0);
}
