/** An object of JSON, whose fields nobody has looked at yet. */
export type JsonObject = { readonly [key: string]: unknown };

/** Tells whether a value is an object with named fields: no list, and not null. */
export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
