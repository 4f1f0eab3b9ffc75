import { parseJson } from '../core/parse-json.ts';
import { type Schema, typesOf } from './subschemas.ts';

const NUMBER = /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i;

/** A number in a text, unless writing it as a number would round it. */
function numberIn(text: string): number | undefined {
  const value = NUMBER.test(text.trim()) ? Number(text) : Number.NaN;
  return Number.isNaN(value) || (Number.isInteger(value) && !Number.isSafeInteger(value)) ? undefined : value;
}

const WORDS: Readonly<Record<string, unknown>> = { true: true, false: false, null: null };

const plain = (text: string): string => text.trim().toLowerCase();

/** The value of an enum that a text means, where it is written with other capitals or blanks. */
function listed(values: readonly unknown[], text: string): unknown {
  const alike = values.filter((one) => plain(String(one)) === plain(text));
  return values.includes(text) || alike.length !== 1 ? text : alike[0];
}

/** What a text is where no text may stand. */
function fromText(text: string, wants: (type: string) => boolean): unknown {
  const number = wants('integer') || wants('number') ? numberIn(text) : undefined;
  if (number !== undefined) return number;
  const word = plain(text);
  if (word === 'null' ? wants('null') : wants('boolean') && Object.hasOwn(WORDS, word)) return WORDS[word];
  const inside = wants('object') || wants('array') ? parseJson(text) : undefined;
  return typeof inside === 'object' && inside !== null ? inside : text;
}

/** A value in the wrong dress as the one that its schema makes of it; anything else as it is. Looks at no value inside it. Pure. */
export function coerced(schema: Schema, value: unknown): unknown {
  const types = typesOf(schema);
  const wants = (type: string): boolean => types.includes(type);
  if (typeof value === 'string') {
    if (Array.isArray(schema['enum'])) return listed(schema['enum'], value);
    return types.length === 0 || wants('string') ? value : fromText(value, wants);
  }
  const isPlain = typeof value === 'number' || typeof value === 'boolean';
  return isPlain && types.length === 1 && wants('string') ? String(value) : value;
}
