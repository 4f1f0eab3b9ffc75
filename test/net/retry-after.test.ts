import { describe, expect, it } from 'vitest';
import { retryAfterMs } from '../../src/net/retry-after.ts';

const NOW = Date.parse('2026-11-21T08:00:00Z');

const read = (headers: Record<string, string>): number | undefined => retryAfterMs((name) => headers[name] ?? null, NOW);

describe('when a vendor asks to come back', () => {
  it.each<[string, Record<string, string>, number]>([
    ['in seconds', { 'retry-after': '7' }, 7000],
    ['in seconds with white space around them', { 'retry-after': ' 7 ' }, 7000],
    ['in parts of a second', { 'retry-after': '1.2345' }, 1235],
    ['at once', { 'retry-after': '0' }, 0],
    ['in a very long time', { 'retry-after': '604800' }, 604_800_000],
    ['in milliseconds', { 'retry-after-ms': '1500' }, 1500],
    ['in parts of a millisecond', { 'retry-after-ms': '12.3' }, 13],
    ['in milliseconds and in seconds', { 'retry-after-ms': '1500', 'retry-after': '2' }, 1500],
    ['in milliseconds that are none, and in seconds', { 'retry-after-ms': 'soon', 'retry-after': '2' }, 2000],
    ['in milliseconds below nothing, and in seconds', { 'retry-after-ms': '-1', 'retry-after': '2' }, 2000],
    ['at a date', { 'retry-after': 'Sat, 21 Nov 2026 08:01:00 GMT' }, 60_000],
    ['at a date of the old form', { 'retry-after': 'Saturday, 21-Nov-26 08:01:00 GMT' }, 60_000],
    [
      'at a date, by the clock of the vendor, which is an hour ahead',
      { 'retry-after': 'Sat, 21 Nov 2026 09:01:00 GMT', date: 'Sat, 21 Nov 2026 09:00:00 GMT' },
      60_000,
    ],
    ['in 32 years, which nobody means', { 'retry-after': '999999999' }, 31 * 86_400_000],
    ['in a number without an end', { 'retry-after': '9'.repeat(400) }, 31 * 86_400_000],
    [
      'when a limit is full again of which nothing is left',
      { 'x-ratelimit-remaining-requests': '0', 'x-ratelimit-reset-requests': '6m0s', 'x-ratelimit-reset-tokens': '1s' },
      360_000,
    ],
    [
      'when the day of it is over',
      { 'x-ratelimit-remaining-requests-day': '0', 'x-ratelimit-reset-requests-day': '33011.38' },
      33_011_380,
    ],
    ['at a moment', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': `${NOW / 1000 + 90}` }, 90_000],
    ['at a moment in milliseconds', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': `${NOW + 90_000}` }, 90_000],
    ['at a date that is past', { 'retry-after': 'Sat, 21 Nov 2026 07:59:00 GMT' }, 0],
  ])('%s', (_, headers, ms) => {
    expect(read(headers)).toBe(ms);
  });
});

describe('nothing is understood of', () => {
  it.each([
    ['no header', {}],
    ['an empty one', { 'retry-after': '' }],
    ['white space', { 'retry-after': '  ' }],
    ['a word', { 'retry-after': 'soon' }],
    ['a time below nothing', { 'retry-after': '-5' }],
    ['a number with a unit', { 'retry-after': '5s' }],
    ['infinity', { 'retry-after-ms': 'Infinity' }],
    ['a word with a number', { 'retry-after': 'attempt 3' }],
    ['a limit of which something is left', { 'x-ratelimit-remaining': '3', 'x-ratelimit-reset': '60' }],
  ])('%s', (_, headers: Record<string, string>) => {
    expect(read(headers)).toBeUndefined();
  });
});
