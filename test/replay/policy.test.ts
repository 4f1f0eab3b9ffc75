import { describe, expect, it } from 'vitest';
import { POLICY } from '../../src/core/errors.ts';
import { ERRORS } from './errors/index.ts';

/** Kinds that no body of a vendor amounts to: they are ours, the caller's, or made of an answer. */
const OURS: ReadonlySet<string> = new Set(['cancelled', 'budget', 'empty', 'invalid_output', 'config', 'input', 'defect']);

const rowsOf = (kind: string) => ERRORS.filter(({ expect: { kind: expected } }) => expected === kind);

describe.each(Object.entries(POLICY).filter(([kind]) => !OURS.has(kind)))('the line of the policy for %s', (kind, { retry }) => {
  it('is held against bodies of vendors', () => {
    expect(rowsOf(kind).length).toBeGreaterThan(0);
  });

  it('says whether any of them is asked again', () => {
    // A second request may be one to another protocol; a third is the same one again.
    const again = rowsOf(kind).filter(({ expect: { asks = 1 } }) => asks > 2);
    expect(again.length > 0).toBe(retry === 'again' && kind !== 'network');
  });
});

it('at least 120 errors of at least 20 vendors are replayed', () => {
  expect(new Set(ERRORS.map(({ vendor }) => vendor)).size).toBeGreaterThanOrEqual(20);
  expect(ERRORS.length).toBeGreaterThanOrEqual(120);
});
