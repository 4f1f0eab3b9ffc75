import { asUnicode } from './pattern.ts';
import { isTable, mapped, type Schema } from './subschemas.ts';

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
  const names = isTable(patternProperties) ? Object.entries(patternProperties) : undefined;
  return {
    ...schema,
    ...(typeof pattern === 'string' ? { pattern: asUnicode(pattern) ?? pattern } : {}),
    ...(names === undefined
      ? {}
      : { patternProperties: Object.fromEntries(names.map(([name, one]) => [asUnicode(name) ?? name, one])) }),
  };
}

/** A schema in the words of today's JSON Schema, where OpenAPI or an older draft has others. Pure. */
export function modern(schema: unknown): unknown {
  if (!isTable(schema)) return schema;
  const below = withPatterns(mapped(schema, modern));
  return withNull(withBound(withBound(below, 'minimum', 'exclusiveMinimum'), 'maximum', 'exclusiveMaximum'));
}
