import { defined } from '../core/defined.ts';
import { isObject } from '../core/json-object.ts';
import { type Json, less, num, obj, tokens } from './read.ts';

/** Usage in a vendor's own terms. */
export type Counts = Json;

/**
 * Joins what a vendor has counted so far with what it counts now: the latest word on each number. A nought after a number is no
 * word: some servers count input at the beginning and send nought for it at the end.
 */
export function joinCounts(before: Counts, now: Counts): Counts {
  const entries = Object.entries(now).map(([name, value]): [string, unknown] => {
    const known = before[name];
    if (isObject(known) && isObject(value)) return [name, joinCounts(known, value)];
    const counts = num(known) ? (num(value) ?? 0) > 0 : value !== null && value !== undefined;
    return [name, counts || known === undefined ? value : known];
  });
  return { ...before, ...Object.fromEntries(entries) };
}

/** A vendor's counts of one answer, cache and thinking still where it puts them. */
type Sums = {
  /** Input with whatever the cache served or stored. */
  input: number | undefined;
  output: number | undefined;
  thinking: number | undefined;
  cached: number;
  /** Input and output together, by the vendor's own sum. */
  total: number | undefined;
};

/**
 * Returns output with thinking in it, and the thinking. Most vendors count it in, some beside it: their sum tells. A vendor that
 * counts more thinking than output has counted the two apart, whatever the sum.
 */
export function outputOf({ input, output, thinking, cached, total }: Sums): { output?: number; thinking?: number } {
  if (output === undefined) {
    const rest = Math.max((input === undefined ? undefined : less(total, input)) ?? 0, thinking ?? 0);
    return rest === 0 ? {} : defined({ output: rest, thinking });
  }
  const apart = input === undefined ? undefined : less(total, input, output);
  if (thinking !== undefined) {
    const beside = thinking > output || (thinking > 0 && apart === thinking);
    return { output: beside ? output + thinking : output, thinking };
  }
  // Cached tokens may be what the sum has besides.
  return apart === undefined || apart === 0 || cached > 0 ? { output } : { output: output + apart, thinking: apart };
}

/** The first of these fields that holds a count. */
export const countIn = (table: unknown, ...names: readonly string[]): number | undefined =>
  names.map((name) => tokens(obj(table)[name])).find((value) => value !== undefined);
