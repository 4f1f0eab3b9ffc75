import { describe, expect, it } from 'vitest';
import { spanMs, waitInText } from '../../src/net/wait-text.ts';

const NOW = Date.parse('2026-11-30T20:00:00Z');

describe('a span of time', () => {
  it.each([
    ['34.074824224s', 34_075],
    ['450ms', 450],
    ['7m12.5s', 432_500],
    ['2m30s', 150_000],
    ['1h3m', 3_780_000],
    ['1d2h', 93_600_000],
    ['8 hours 24 minutes', 30_240_000],
    ['3 minutes, 5 seconds', 185_000],
    ['58 hours', 208_800_000],
    ['12 secs', 12_000],
  ])('is read: %s', (text, ms) => {
    expect(spanMs(text)).toBe(ms);
  });

  it.each(['', 'soon', '12', '5x', 's', 'in 5s', '5 minutes ago'])('is not what is no span: “%s”', (text) => {
    expect(spanMs(text)).toBeUndefined();
  });
});

describe('a sentence', () => {
  it.each([
    ['Please try again in 4.77s. Need more?', 4770],
    ['Please retry in 2m30s.', 150_000],
    ['Please wait 12345 seconds before retrying.', 12_345_000],
    ['Your limit resets in 1h3m', 3_780_000],
    ['Please retry after 26 seconds.', 26_000],
    ['Please try again in 6m0s.', 360_000],
    ['You will regain access on 2026-12-01 at 00:00 UTC.', 14_400_000],
    ['It resets at 2026-11-30T21:00:00Z', 3_600_000],
    ['Try again after 2026-12-01.', 14_400_000],
  ])('says how long to wait: %s', (text, ms) => {
    expect(waitInText(text, NOW)).toBe(ms);
  });

  it.each([
    'Please try again later.',
    'Rate limit of 50 per 86400s exceeded.',
    'The request took 30 seconds.',
    'Your limit will reset at 2026-11-30 21:00:00',
    'Wait for it. 30 seconds are nothing.',
  ])('says nothing of it: %s', (text) => {
    expect(waitInText(text, NOW)).toBeUndefined();
  });
});
