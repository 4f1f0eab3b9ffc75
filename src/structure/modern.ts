import { isObject } from '../core/json-object.ts';
import { asUnicode } from './pattern.ts';
import { mapped, type Schema } from './subschemas.ts';

/** Keywords beside which a list of types does not decide alone whether null is right. */
const DECIDING = ['$ref', 'const', 'anyOf', 'oneOf', 'allOf', 'not', 'if'];

/** OpenAPI's `nullable`. */
function withNull({ nullable, ...schema }: Schema): Schema {
  if (nullable !== true) return schema;
  const { type, enum: values } = schema;
  if (type === undefined || DECIDING.some((keyword) => keyword in schema)) return { anyOf: [schema, { type: 'null' }] };
  return {
    ...schema,
    type: [...new Set([type, 'null'].flat())],
    ...(Array.isArray(values) ? { enum: [...new Set([...values, null])] } : {}),
  };
}

/** Draft 4's `exclusiveMinimum: true` beside a `minimum`. */
function withBound(schema: Schema, bound: 'minimum' | 'maximum', exclusive: 'exclusiveMinimum' | 'exclusiveMaximum'): Schema {
  if (typeof schema[exclusive] !== 'boolean') return schema;
  const { [bound]: limit, [exclusive]: excluded, ...rest } = schema;
  return limit === undefined ? rest : { ...rest, [excluded === true ? exclusive : bound]: limit };
}

/** Regular expressions of the older kind. */
function withPatterns(schema: Schema): Schema {
  const { pattern, patternProperties } = schema;
  const names = isObject(patternProperties) ? Object.entries(patternProperties) : undefined;
  return {
    ...schema,
    ...(typeof pattern === 'string' ? { pattern: asUnicode(pattern) ?? pattern } : {}),
    ...(names === undefined
      ? {}
      : { patternProperties: Object.fromEntries(names.map(([name, one]) => [asUnicode(name) ?? name, one])) }),
  };
}

/**
 * References that look for the outermost of their name, 2020-12's and 2019-09's. In one schema without schemas of other ids in
 * it there is one of each name, so they are plain references.
 * https://json-schema.org/draft/2020-12/json-schema-core#section-8.2.3.2
 */
function plain(schema: Schema): Schema {
  const { $dynamicRef, $dynamicAnchor, $recursiveRef, $recursiveAnchor: _anchor, ...rest } = schema;
  const reference = $dynamicRef ?? $recursiveRef;
  return {
    ...($dynamicAnchor === undefined ? {} : { $anchor: $dynamicAnchor }),
    ...(reference === undefined ? {} : { $ref: reference }),
    ...rest,
  };
}

/** A schema whose references are all plain ones. Pure. */
export const withPlainReferences = (schema: unknown): unknown =>
  isObject(schema) ? plain(mapped(schema, withPlainReferences)) : schema;

/** A schema in the words of today's JSON Schema, where OpenAPI or an older draft has others. Pure. */
export function modern(schema: unknown): unknown {
  if (!isObject(schema)) return schema;
  const below = withPatterns(plain(mapped(schema, modern)));
  return withNull(withBound(withBound(below, 'minimum', 'exclusiveMinimum'), 'maximum', 'exclusiveMaximum'));
}
