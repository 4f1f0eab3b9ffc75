import { isObject, type JsonObject } from '../core/json-object.ts';
/** `extra` over `base`: tables are joined entry by entry, everything else is replaced. */
export function join(base: JsonObject, extra: JsonObject | undefined): Record<string, unknown> {
  const entries = Object.entries(extra ?? {}).map(([key, value]) => {
    const own = base[key];
    return [key, isObject(own) && isObject(value) ? join(own, value) : value];
  });
  return { ...base, ...Object.fromEntries(entries) };
}
