import { isObject } from '../core/json-object.ts';
import type { Dialect } from './dialects.ts';
import { namesIn, type Schema, subschemas, target } from './subschemas.ts';
import { Unfit } from './unfit.ts';

/** A reference, and whether the value there may be missing. */
type Step = { reference: string; mayMiss: boolean };

export function references(schema: unknown, mayMiss: boolean): Step[] {
  if (!isObject(schema)) return [];
  const reference = schema['$ref'];
  if (typeof reference === 'string') return [{ reference, mayMiss }];
  const required = new Set(namesIn(schema['required']));
  return subschemas(schema).flatMap(({ at, schema: below }) => {
    if (at.startsWith('/$defs/')) return [];
    const name = at.startsWith('/properties/') ? at.slice('/properties/'.length) : undefined;
    return references(below, name === undefined ? mayMiss : mayMiss || !required.has(name));
  });
}

/** Whether a way of references leads from `schema` back to where it has been: at all, or by values that are never missing. */
function loops(
  root: Schema,
  schema: unknown,
  been: ReadonlySet<unknown>,
  free: Set<unknown>,
  passable: (step: Step) => boolean,
): boolean {
  const found = references(schema, false)
    .filter(passable)
    .map(({ reference }) => target(root, reference))
    .some((next) => been.has(next) || (!free.has(next) && loops(root, next, new Set([...been, next]), free, passable)));
  // What leads nowhere once leads nowhere by any other way.
  if (!found) free.add(schema);
  return found;
}

/** Refuses a schema that refers to itself in a way that its vendor does not take. */
export function checkLoops(root: Schema, { recursion }: Dialect): void {
  if (recursion === 'any') return;
  const passable = recursion === 'none' ? () => true : ({ mayMiss }: Step) => !mayMiss;
  if (loops(root, root, new Set([root]), new Set(), passable)) {
    throw new Unfit(recursion === 'none' ? 'it refers to itself' : 'it refers to itself where a value may not be missing');
  }
}
