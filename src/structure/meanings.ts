import { failureIn } from '../core/errors.ts';
import { isObject } from '../core/json-object.ts';
import { parseJson } from '../core/parse-json.ts';
import { check } from './check.ts';
import { type Schema } from './subschemas.ts';
import { tidied, tidiedLeniently } from './tidy.ts';

/** What an answer says once it is taken out of its wrapping, and what was done for that; empty: nothing. */
export type Meaning = { value: unknown; did: string };

/** The most wrappers around an answer: a list around an object around a text. */
const MAX_WRAPPERS = 4;

/** The value inside of a wrapper: JSON as a text, an object with one field, a list with one item; undefined: it is no wrapper. */
function inside(value: unknown): Meaning | undefined {
  if (typeof value === 'string') {
    const inner = parseJson(value);
    return inner === undefined ? undefined : { value: inner, did: 'it was JSON written as a text' };
  }
  if (Array.isArray(value)) {
    return value.length === 1 ? { value: value[0], did: 'the list around it was taken away' } : undefined;
  }
  const [only, ...others] = isObject(value) ? Object.entries(value) : [];
  if (only === undefined || others.length > 0) return undefined;
  return { value: only[1], did: `"${only[0]}" around it was taken away` };
}

/** A value, and what is inside of it, wrapper by wrapper. */
function unwrapped(value: unknown): { value: unknown; did: string[] }[] {
  const all: { value: unknown; did: string[] }[] = [{ value, did: [] }];
  for (let at = all[0]; at !== undefined && all.length <= MAX_WRAPPERS;) {
    const next = inside(at.value);
    at = next === undefined ? undefined : { value: next.value, did: [...at.did, next.did] };
    if (at !== undefined) all.push(at);
  }
  return all;
}

/** A value read leniently; as it is where that takes longer than it is worth. */
function lenientBy(schema: Schema, value: unknown): unknown {
  try {
    return tidiedLeniently(schema, value);
  } catch (error) {
    if (failureIn(error) === undefined) throw error;
    return value;
  }
}

/**
 * The value by a schema that an answer means, nearest first: as it is, then with numbers and words in the wrong dress read as
 * what they mean, then without what is wrapped around it. Undefined: it means none. Pure.
 */
export function meaningBy(schema: Schema, said: unknown): Meaning | undefined {
  const fits = (value: unknown): boolean => check(schema, value).length === 0;
  for (const { value, did } of unwrapped(said)) {
    const strictly = tidied(schema, value);
    if (fits(strictly)) return { value: strictly, did: did.join('; ') };
    const leniently = lenientBy(schema, value);
    if (fits(leniently)) return { value: leniently, did: [...did, 'values were read as the types that they mean'].join('; ') };
  }
  return undefined;
}
