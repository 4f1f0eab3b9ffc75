import { describe, expect, it } from 'vitest';
import { kept } from '../../src/auth/token.ts';

const MINUTE = 60_000;

/** Tokens that live so long, numbered as they are fetched. */
function source(lifetimeMs: number, clock: { now: number }) {
  let fetched = 0;
  return {
    fetched: () => fetched,
    next: async () => {
      fetched += 1;
      const value = `token-${fetched}`;
      await new Promise((done) => setImmediate(done));
      return { value, expiresAt: clock.now + lifetimeMs };
    },
  };
}

describe('a token that is kept', () => {
  it('is fetched once until it is about to expire', async () => {
    const clock = { now: 0 };
    const { next, fetched } = source(60 * MINUTE, clock);
    const token = kept(next, () => clock.now);
    for (const minute of [0, 1, 30, 54]) {
      clock.now = minute * MINUTE;
      expect(await token()).toBe('token-1');
    }
    clock.now = 56 * MINUTE;
    expect(await token()).toBe('token-2');
    expect(fetched()).toBe(2);
  });

  it('is fetched once by all who come at the same time, and by those who come in the meantime', async () => {
    const clock = { now: 0 };
    const { next, fetched } = source(60 * MINUTE, clock);
    const token = kept(next, () => clock.now);
    const first = [token(), token()];
    await Promise.resolve();
    expect(await Promise.all([...first, token()])).toEqual(['token-1', 'token-1', 'token-1']);
    clock.now = 58 * MINUTE;
    expect(await Promise.all([token(), token(), token()])).toEqual(['token-2', 'token-2', 'token-2']);
    expect(fetched()).toBe(2);
  });

  it('fails for those who waited for it, and is fetched again for the next', async () => {
    let attempts = 0;
    const token = kept(() => {
      attempts += 1;
      return attempts === 1 ? Promise.reject(new Error('none today')) : Promise.resolve({ value: 'token', expiresAt: Infinity });
    });
    await expect(token()).rejects.toThrow('none today');
    expect(await token()).toBe('token');
    expect(await token()).toBe('token');
    expect(attempts).toBe(2);
  });
});
