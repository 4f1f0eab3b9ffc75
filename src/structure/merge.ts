import { isObject } from '../core/json-object.ts';
import { namesIn, type Schema } from './subschemas.ts';
import { Unfit } from './unfit.ts';

/** What two descriptions of one object may both say. */
const MERGEABLE: ReadonlySet<string> = new Set([
  'type',
  'title',
  'description',
  'properties',
  'required',
  'additionalProperties',
]);

/** Two schemas of one object as one. The properties of the first come first: a model writes them in their order. */
function both(a: Schema, b: Schema): Schema {
  const one = isObject(a['properties']) ? a['properties'] : {};
  const other = isObject(b['properties']) ? b['properties'] : {};
  const shared = Object.keys(one).some((name) => name in other);
  const closes = [a, b].some((schema) => schema['additionalProperties'] !== undefined && schema['additionalProperties'] !== true);
  const differ = a['type'] !== undefined && b['type'] !== undefined && a['type'] !== b['type'];
  const foreign = Object.keys(b).some((keyword) => !MERGEABLE.has(keyword));
  if (shared || closes || differ || foreign) throw new Unfit('it joins schemas that cannot be made one (allOf)');
  return {
    ...b,
    ...a,
    properties: { ...one, ...other },
    required: [...new Set([...namesIn(a['required']), ...namesIn(b['required'])])],
  };
}

/** A schema with what its `allOf` says made its own: no vendor but one takes that, and only in part. */
export function merged(schema: Schema): Schema {
  const { allOf, ...rest } = schema;
  if (!Array.isArray(allOf)) return schema;
  const parts: Schema[] = allOf.map((part: unknown) => {
    if (!isObject(part) || part['$ref'] !== undefined) throw new Unfit('it joins schemas that cannot be made one (allOf)');
    return merged(part);
  });
  const [only] = parts;
  if (
    parts.length === 1 &&
    only !== undefined &&
    Object.keys(rest).every((keyword) => ['title', 'description'].includes(keyword))
  ) {
    return { ...only, ...rest };
  }
  // What is written before `allOf` comes before it.
  const isBefore = Object.keys(schema).indexOf('properties') < Object.keys(schema).indexOf('allOf');
  return isBefore || parts.length === 0 ? parts.reduce(both, rest) : both(parts.reduce(both), rest);
}
