import { CHARS_PER_TOKEN, tokensOf } from './tokens.ts';

/** `text` cut to `max` characters, never inside a surrogate pair, with `…` where something is missing. */
export function clip(text: string, max: number): string {
  if (text.length <= max) return text;
  return `${text
    .slice(0, max - 1)
    .toWellFormed()
    .replace(/\uFFFD$/, '')}…`;
}

/** Signs that are not seen and turn the direction of the text around them. */
const DIRECTIONS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** `text` on one line without control characters: safe in an error, a log line or a terminal. */
export const oneLine = (text: string): string =>
  text
    .replace(DIRECTIONS, '')
    .replace(/[\u0000-\u001f\u007f-\u009f\s]+/g, ' ')
    .trim();

/** `a`, `a and b`, `a, b and c`: with `or` for a choice. */
export function list(items: readonly string[], word: 'and' | 'or' = 'and'): string {
  if (items.length <= 1) return items.join('');
  return `${items.slice(0, -1).join(', ')} ${word} ${items.at(-1)}`;
}

/** 1,240 for 1240. */
export const count = (n: number): string => n.toLocaleString('en-US');

/** `1 model`, `2 models`. */
export const plural = (n: number, one: string, many = `${one}s`): string => `${count(n)} ${n === 1 ? one : many}`;

/** Milliseconds as a person says them: `340 ms`, `12.4 s`, `3 min 5 s`, `5 h 12 min`. */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${Number((ms / 1000).toFixed(ms < 10_000 ? 1 : 0))} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds >= 3600) return twoUnits(Math.round(seconds / 60), 'h', 'min');
  return twoUnits(seconds, 'min', 's');
}

/** `5 h 12 min` for 312 minutes: sixty of the small unit make one of the large. */
const twoUnits = (n: number, large: string, small: string): string =>
  n % 60 === 0 ? `${n / 60} ${large}` : `${Math.floor(n / 60)} ${large} ${n % 60} ${small}`;

/** How long ago something was, roughly: `under an hour`, `5 hours`, `3 days`. */
export function age(ms: number): string {
  const hours = Math.floor(ms / 3_600_000);
  if (hours < 1) return 'under an hour';
  return hours < 48 ? plural(hours, 'hour') : plural(Math.floor(hours / 24), 'day');
}

/** Vendors' tokenizers differ by about a quarter: what has to fit is counted on the long side. */
const MARGIN = 1.25;

/** How much room a text takes with a model, in characters of Latin text, of which `CHARS_PER_TOKEN.fewest` are a token. */
export const widthOf = (text: string): number =>
  Math.max(text.length, Math.ceil(tokensOf(text).likely * MARGIN * CHARS_PER_TOKEN.fewest));
