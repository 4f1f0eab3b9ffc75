import type { Name, Says } from './names.ts';
import { isBarePassword, isBareToken, isDrawn, isLikelyPassword, isLikelyToken } from './plausible.ts';
import type { Reader, Span } from './reader.ts';
import type { Finding } from './secret-rule.ts';

/** The way in which a value is given to a name: some of them say more than others that it is a secret. */
export type Way =
  /** A string behind `=`, `:` and their like. */
  | 'string'
  /** A string behind the name: another argument, or the only one of a call that sets something. */
  | 'argument'
  /** A string that another call is given, or that stands beside the name among other strings. */
  | 'among'
  /** Without quotes behind the name of an environment variable. */
  | 'constant'
  /** Without quotes behind `=` or `:`. */
  | 'bare'
  /** Behind an option, or a statement that takes a value. */
  | 'option'
  /** Beside or below the name, in words, tables and lists. */
  | 'beside'
  /** One of many values, of a list or map that has the name. */
  | 'within';

type Judge = (value: string) => boolean;
const never: Judge = () => false;
const isNoName: Judge = (value) => isBarePassword(value) || isBareToken(value);

/** The fewest bits of a value that is drawn, and a judge of values that are not drawn. */
type Measure = { bits: number; likely: Readonly<Record<Says, Judge>> };

const likely = (password: Judge, secret: Judge): Measure['likely'] => ({ password, secret, maybe: never });

/** The bits are measured: see `isDrawn`. */
const MEASURES: Readonly<Record<Way, Measure>> = {
  string: { bits: 8, likely: likely(isLikelyPassword, isLikelyToken) },
  argument: { bits: 9, likely: likely(isNoName, isNoName) },
  among: { bits: 11, likely: likely(never, never) },
  constant: { bits: 7, likely: likely(isLikelyPassword, isLikelyPassword) },
  bare: { bits: 8, likely: likely(isBarePassword, isBareToken) },
  option: { bits: 8, likely: likely(isLikelyPassword, isBareToken) },
  beside: { bits: 11, likely: likely(never, never) },
  within: { bits: 13, likely: likely(never, never) },
};

/** The shortest value that counts because it looks like a password, in characters. */
const SHORTEST_LIKELY = 6;

/** The shortest value that counts because it is drawn, and the shortest of which no more bits are asked for that, in characters. */
const SHORTEST_DRAWN = 8;
const LONG_ENOUGH = 12;

/** A name that only may mean a secret, or a short value, has to be made up for with so many bits. */
const DOUBT = 6;

/** Digits that count up: nobody draws them. */
const COUNTED = '012345678901234567890';

const isDrawnNumber = (value: string): boolean =>
  /^\d{12,64}$/.test(value) && new Set(value).size >= 5 && !COUNTED.includes(value);

function isSecret(value: string, { says }: Pick<Name, 'says'>, way: Way): boolean {
  const { bits, likely: looks } = MEASURES[way];
  const doubts = (says === 'maybe' ? 1 : 0) + (value.length < LONG_ENOUGH ? 1 : 0);
  if (value.length >= SHORTEST_DRAWN && isDrawn(value, bits + doubts * DOUBT)) return true;
  if (says === 'password' && way !== 'beside' && isDrawnNumber(value)) return true;
  return value.length >= SHORTEST_LIKELY && looks[says](value);
}

/** So much of a value is judged, in characters. */
const JUDGED = 600;

/** Judges the pieces of a value as one, and returns them as findings if they are a secret. */
export function judge(reader: Reader, pieces: readonly Span[], name: Pick<Name, 'says' | 'kind'>, way: Way): Finding[] {
  const heads = pieces.map(({ start, end }) => reader.text.slice(start, Math.min(end, start + JUDGED)));
  const value = heads.join('').slice(0, JUDGED);
  reader.steps += value.length;
  return isSecret(value, name, way) ? pieces.map(({ start, end }) => ({ start, end, kind: name.kind })) : [];
}
