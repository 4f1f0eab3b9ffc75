import { describe, expect, it } from 'vitest';
import { scanText } from '../../src/context/secrets/scan.ts';
import { drawsOf } from './drawn.ts';
import { DRAWS, type Form, FORMS, named, NAMES } from './secret-places.ts';

/** So many values are drawn for each form, and so many of them may be missed. */
const VALUES = 100;
const MOST_MISSED = VALUES * 0.03;

/** The pieces of a value that may not be left, in characters: what is left of it must not be worth trying. */
const PIECE = 8;

const isLeft = (text: string, value: string): boolean =>
  Array.from({ length: Math.floor((value.length - PIECE) / 4) + 1 }, (_, at) => value.slice(4 * at, 4 * at + PIECE)).some(
    (piece) => text.includes(piece),
  );

/** The values of a form that a scan leaves, each in its text. */
async function missed({ templates, not }: Form, seed: number): Promise<string[]> {
  const draw = drawsOf(seed);
  const pick = <T>(from: readonly T[]): T => {
    const one = from[Math.floor(draw() * from.length)];
    if (one === undefined) throw new Error('There is something to pick from.');
    return one;
  };
  const texts: string[] = [];
  for (let count = 0; count < VALUES; count += 1) {
    const { alphabet, lengths } = pick(DRAWS);
    const allowed = Array.from(alphabet).filter((char) => !not.test(char));
    const value = Array.from({ length: pick(lengths) }, () => pick(allowed)).join('');
    const given = named(pick(templates), pick(NAMES)).replace('…', () => value);
    const { text } = await scanText('a', given, 'redact');
    if (isLeft(text, value)) texts.push(given);
  }
  return texts;
}

describe('values that are drawn by lot, of 12 characters and more, under names that say secret', () => {
  it.each(FORMS.map((form, index) => ({ form, seed: index + 1, name: form.name })))(
    'are found in $name',
    async ({ form, seed }) => {
      const left = await missed(form, seed);
      expect(left.length, left.join('\n')).toBeLessThanOrEqual(MOST_MISSED);
    },
  );
});
