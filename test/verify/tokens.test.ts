import * as fc from 'fast-check';
import { countTokens as cl100k } from 'gpt-tokenizer/encoding/cl100k_base';
import { countTokens as o200k } from 'gpt-tokenizer/encoding/o200k_base';
import { describe, expect, it } from 'vitest';
import { widthOf } from '../../src/core/text.ts';
import { tokensOf } from '../../src/core/tokens.ts';
import { estimateTokens } from '../../src/pricing/estimate.ts';
import { inputTokens } from '../../src/pricing/worst.ts';
import { DATA, LANGUAGES, NOISE, PROSE_AND_CODE } from '../pricing/texts.ts';

const EVERYTHING = { ...LANGUAGES, ...PROSE_AND_CODE, ...DATA, ...NOISE };

/** The older vocabulary knows less of languages with long words: this share of its count may be missed. */
const OLDER = 0.88;

const askOf = (text: string) => ({ messages: [{ role: 'user' as const, content: [{ type: 'text' as const, text }] }] });

describe('at most', () => {
  it.each(Object.entries(EVERYTHING))('covers what tokenizers make of %s', (_, text) => {
    const { most } = tokensOf(text);
    expect(most).toBeGreaterThanOrEqual(o200k(text));
    expect(most).toBeGreaterThanOrEqual(OLDER * cl100k(text));
    expect(inputTokens(askOf(text)).most).toBeGreaterThanOrEqual(most);
  });

  it('covers any mixture of them', () => {
    const piece = fc
      .record({
        text: fc.constantFrom(...Object.values(EVERYTHING)),
        from: fc.nat({ max: 3000 }),
        length: fc.integer({ min: 100, max: 600 }),
      })
      .map(({ text, from, length }) =>
        text
          .slice(from % Math.max(1, text.length - length))
          .slice(0, length)
          .toWellFormed(),
      );
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 8 }), fc.constantFrom('', ' ', '\n'), (pieces, between) => {
        const text = pieces.join(between);
        expect(tokensOf(text).most).toBeGreaterThanOrEqual(o200k(text));
      }),
      { numRuns: 150 },
    );
  });

  it('is never more than the bytes, and never falls when there is more text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
        const [one, both] = [tokensOf(a), tokensOf(a + b)];
        expect(one.most).toBeLessThanOrEqual(Buffer.byteLength(a));
        expect(both.most).toBeGreaterThanOrEqual(one.most);
        expect(widthOf(a + b)).toBeGreaterThanOrEqual(widthOf(a));
      }),
    );
  });

  it.each(Object.entries(PROSE_AND_CODE))('holds less than twice what %s takes', (_, text) => {
    expect(inputTokens(askOf(text)).most).toBeLessThan(2 * o200k(text));
  });
});

describe('what fits', () => {
  it.each(Object.entries({ ...PROSE_AND_CODE, ...DATA }))('is told of %s within a few percent or on the long side', (_, text) => {
    const said = estimateTokens(askOf(text));
    expect(said).toBeGreaterThan(0.97 * o200k(text));
    expect(said).toBeLessThan(1.7 * o200k(text));
  });

  it.each(Object.entries(LANGUAGES))('is not told far too low of %s', (_, text) => {
    expect(estimateTokens(askOf(text))).toBeGreaterThan(0.8 * o200k(text));
  });
});

it.each(Object.entries({ ...PROSE_AND_CODE, ...DATA }))('what is likely of %s is near the count', (_, text) => {
  const { likely } = inputTokens(askOf(text));
  expect(likely / o200k(text)).toBeGreaterThan(0.7);
  expect(likely / o200k(text)).toBeLessThan(1.3);
});
