import { describe, expect, it } from 'vitest';
import { userText } from '../../src/core/chat.ts';
import { Failure } from '../../src/core/errors.ts';
import { afterAnswer, afterFailure, opensAt, probing, standing } from '../../src/engine/attempt/breaker.ts';
import { waitFor } from '../../src/engine/attempt/limits.ts';
import { repaired } from '../../src/engine/walk/repair.ts';
import { retry } from '../../src/engine/walk/retry.ts';
import { CLOSED } from '../../src/ledger/breaker-store.ts';

const point = { tried: 1, retries: 2, remainingMs: 60_000, bearsMs: 45_000, hasNext: false, random: 0.5 };

describe('a retry', () => {
  it.each([
    ['what may be passing, after a jittered wait', new Failure('overloaded', 'x'), point, { again: true, waitMs: 400 }],
    [
      'what the vendor gives a time for, at that time',
      new Failure('rate_limited', 'x', { retryAfterMs: 2000 }),
      point,
      { again: true, waitMs: 2000 },
    ],
    [
      'no wait that does not fit the time left',
      new Failure('rate_limited', 'x', { retryAfterMs: 90_000 }),
      point,
      { again: false },
    ],
    [
      'no long wait where another model is left',
      new Failure('rate_limited', 'x', { retryAfterMs: 20_000 }),
      { ...point, hasNext: true },
      { again: false },
    ],
    [
      'what the vendor says may be tried again',
      new Failure('bad_request', 'x', { shouldRetry: true, retryAfterMs: 5 }),
      point,
      { again: true, waitMs: 5 },
    ],
    ['nothing that the vendor says may not', new Failure('overloaded', 'x', { shouldRetry: false }), point, { again: false }],
    [
      'no wait that nobody bears',
      new Failure('rate_limited', 'x', { retryAfterMs: 50_000 }),
      { ...point, remainingMs: 600_000 },
      { again: false },
    ],
    [
      'nothing that cannot change, whatever the vendor says',
      new Failure('too_long', 'x', { shouldRetry: true, retryAfterMs: 5 }),
      point,
      { again: false },
    ],
    ['no empty answer, which was billed and would be empty again', new Failure('empty', 'x'), point, { again: false }],
    ['no wrong key', new Failure('auth', 'x'), point, { again: false }],
    ['no more often than allowed', new Failure('overloaded', 'x'), { ...point, tried: 3 }, { again: false }],
    ['once where another model is left', new Failure('overloaded', 'x'), { ...point, tried: 2, hasNext: true }, { again: false }],
  ])('takes %s', (_, failure, where, verdict) => {
    expect(retry(failure, where)).toEqual(verdict);
  });
});

describe('a breaker', () => {
  const now = 1_800_000_000_000;

  it('opens at once for as long as a vendor asks, and keeps the latest time', () => {
    const limited = afterFailure(CLOSED, 'rate_limited', 60_000, now);
    expect(standing(limited, now)).toBe('open');
    expect(opensAt(limited, now)).toBe(now + 60_000);
    expect(opensAt(afterFailure(limited, 'rate_limited', 1000, now), now)).toBe(now + 60_000);
  });

  it('opens for what may be passing only when it happens again and again, and longer each time', () => {
    let state = CLOSED;
    const open: boolean[] = [];
    for (let n = 0; n < 4; n += 1) {
      state = afterFailure(state, 'upstream', undefined, now);
      open.push(standing(state, now) === 'open');
    }
    expect(open).toEqual([false, false, true, true]);
    expect(opensAt(state, now)).toBe(0);
    expect(standing(state, now + 40_000)).toBe('half-open');
  });

  it('lets one try it out when the time is up, and forgets everything after an answer', () => {
    const limited = afterFailure(CLOSED, 'rate_limited', 1000, now);
    expect(standing(limited, now + 1001)).toBe('half-open');
    expect(standing(probing(limited, now + 1001), now + 1002)).toBe('open');
    expect(afterAnswer(limited, now + 1001)).toEqual(CLOSED);
  });

  it('keeps what a vendor asked for when an answer that was under way comes in', () => {
    const limited = afterFailure(CLOSED, 'rate_limited', 60_000, now);
    expect(standing(afterAnswer(limited, now + 10), now + 10)).toBe('open');
    expect(opensAt(afterAnswer(limited, now + 10), now + 10)).toBe(now + 60_000);
  });

  it('believes no vendor for more than an hour', () => {
    const limited = afterFailure(CLOSED, 'rate_limited', 32 * 365 * 86_400_000, now);
    expect(opensAt(limited, now)).toBe(now + 3_600_000);
    expect(standing(limited, now + 3_600_001)).toBe('half-open');
  });

  it('forgets a time that lies further ahead than any was asked for, as after a clock that was set back', () => {
    const dayLater = now + 86_400_000;
    const limited = afterFailure(CLOSED, 'rate_limited', 20_000, dayLater);
    expect(standing(limited, now)).toBe('half-open');
    expect(opensAt(limited, now)).toBe(0);
    expect(opensAt(afterFailure(limited, 'rate_limited', 1000, now), now)).toBe(now + 1000);
  });

  it.each([1, 60_000, 1_800_000, 86_400_000])(
    'leaves nobody alone for longer than was asked, %d ms after which the clock was set back',
    (back) => {
      const limited = afterFailure(CLOSED, 'rate_limited', 20_000, now);
      expect([standing(limited, now - back), opensAt(limited, now - back)]).toEqual(['half-open', 0]);
      const tried = probing(limited, now - back);
      expect(standing(tried, now - back + 1)).toBe('open');
      expect(afterAnswer(tried, now - back + 1)).toEqual(CLOSED);
      expect(opensAt(afterFailure(tried, 'rate_limited', 1000, now - back + 1), now - back + 1)).toBe(now - back + 1001);
    },
  );

  it('is not moved by what is the caller’s doing', () => {
    for (const kind of ['bad_request', 'auth', 'cancelled', 'refused'] as const)
      expect(afterFailure(CLOSED, kind, undefined, now)).toEqual(CLOSED);
  });
});

describe('a limit', () => {
  it.each([
    ['no wait without limits', [{ at: 0, tokens: 9 }], 5, {}, 0],
    ['no wait below them', [{ at: 0, tokens: 9 }], 5, { rpm: 2, tpm: 100 }, 0],
    [
      'until the oldest call leaves the minute',
      [
        { at: 10, tokens: 1 },
        { at: 20, tokens: 1 },
      ],
      1,
      { rpm: 2 },
      59_910,
    ],
    [
      'until enough tokens leave the minute',
      [
        { at: 10, tokens: 50 },
        { at: 30, tokens: 50 },
      ],
      40,
      { tpm: 100 },
      59_910,
    ],
    ['for an empty minute and no longer, for a call above the whole limit', [{ at: 50, tokens: 10 }], 500, { tpm: 100 }, 59_950],
  ])('means %s', (_, spent, tokens, rates, wait) => {
    expect(waitFor(spent, tokens, rates, 100)).toBe(wait);
  });
});

describe('a repair', () => {
  const ask = { messages: [userText('Hi')], temperature: 0.2, maxTokens: 10 };

  it('leaves out the parameter that a vendor objects to, and says so', () => {
    const repair = repaired(ask, new Failure('unsupported', 'x', { param: 'temperature' }), []);
    expect(repair?.ask).toEqual({ messages: ask.messages, maxTokens: 10, omit: ['temperature'] });
    expect(repair?.notes).toMatchObject([{ param: 'temperature', asked: '0.2', sent: null }]);
  });

  it.each([
    [
      'a vendor’s own name for it',
      { param: 'max_completion_tokens' },
      { messages: ask.messages, temperature: 0.2, omit: ['maxTokens'] },
    ],
    [
      'its words, where it names no parameter',
      { vendorSaid: "'temperature' is not supported here" },
      { messages: ask.messages, maxTokens: 10, omit: ['temperature'] },
    ],
  ])('knows %s', (_, facts, left) => {
    expect(repaired(ask, new Failure('bad_request', 'x', facts), [])?.ask).toEqual(left);
  });

  it.each([
    ['unstreamed', { param: 'stream' }],
    ['unstreamed', { vendorSaid: 'Streaming is disabled for your organization' }],
    ['usage unasked', { vendorSaid: 'Unknown parameter: stream_options.include_usage' }],
    ['unstored', { param: 'store' }],
    ['cache unmarked', { vendorSaid: 'messages.0.cache_control: Extra inputs are not permitted' }],
    ['other limit field', { vendorSaid: "'max_tokens' is not supported. Use 'max_completion_tokens'" }],
    ['system in turn', { param: 'messages[0].role', vendorSaid: "'messages[0].role' does not support 'system' with this model" }],
  ] as const)('writes the request anew before it leaves anything out: %s', (rewrite, facts) => {
    const failure = new Failure('bad_request', 'x', facts);
    expect(repaired(ask, failure, [rewrite])).toMatchObject({ ask: { ...ask, rewrites: [rewrite] }, takes: false });
    const again = repaired({ ...ask, rewrites: [rewrite] }, failure, [rewrite]);
    expect(again?.takes ?? true).toBe(true);
  });

  it('follows the parameter that is named, not the words around it', () => {
    const facts = { param: 'temperature', vendorSaid: 'temperature cannot be combined with a JSON schema' };
    const repair = repaired({ ...ask, schema: {} }, new Failure('bad_request', 'x', facts), ['schema in words']);
    expect(repair?.ask).toEqual({ messages: ask.messages, maxTokens: 10, schema: {}, omit: ['temperature'] });
  });

  it.each([
    ['of something that was not sent', new Failure('bad_request', 'x', { param: 'top_k' })],
    ['of another kind', new Failure('overloaded', 'x', { param: 'temperature' })],
  ])('makes nothing of an objection %s', (_, failure) => {
    expect(repaired(ask, failure, [])).toBeUndefined();
  });
});
