import type { JsonObject } from '../core/json-object.ts';

/** Reading what a vendor sent: SDK types say what should be there, these accept what is. */
export type Json = JsonObject;

const NOTHING: Json = {};

export const obj = (value: unknown): Json => (typeof value === 'object' && value !== null ? { ...value } : NOTHING);
export const arr = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
export const str = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
export const num = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;

/** More than any vendor's window holds: whoever reports it has miscounted, and nothing is known. */
const MOST_TOKENS = 1_000_000_000;

/** A count of tokens, searches or the like. */
export const tokens = (value: unknown): number | undefined => {
  const counted = num(value);
  return counted === undefined || counted > MOST_TOKENS ? undefined : counted;
};

/** `a - b`, where `b` may be unreported and `a` may be smaller than it should be; undefined when `a` is. */
export const less = (a: number | undefined, ...parts: (number | undefined)[]): number | undefined =>
  a === undefined
    ? undefined
    : Math.max(
        0,
        parts.reduce<number>((rest, part) => rest - (part ?? 0), a),
      );
