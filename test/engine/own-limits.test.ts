import { describe, expect, it } from 'vitest';
import { answer } from '../support/reply.ts';
import { A, asked, B, openRing } from './ring.ts';

describe('a wait for the user’s own limits that does not fit the call', () => {
  const providers = { 'custom-a': { rpm: 1 } };

  it('is not begun: the call says so at once', async () => {
    await using ring = await openRing({ config: { providers } });
    for (const vendor of ring.vendors) vendor.always(answer());
    await ring.call('Hi', { model: A });
    expect(await ring.failure('Again', { model: A, timeoutMs: 20_000 })).toMatchObject({ kind: 'rate_limited' });
  });

  it('is told where it is made', async () => {
    await using ring = await openRing({ config: { providers } });
    ring.vendors[0]?.always(answer());
    await ring.call('Hi', { model: A });
    const abort = new AbortController();
    const waits: number[] = [];
    const progress = ({ waitMs }: { waitMs?: number }) => {
      if (waitMs === undefined) return;
      waits.push(waitMs);
      abort.abort();
    };
    expect((await ring.failure('Again', { model: A }, { signal: abort.signal, progress })).kind).toBe('cancelled');
    expect(waits).toEqual([expect.any(Number)]);
  });

  it('leaves the call to a model that stands in, and is not held against the vendor', async () => {
    await using ring = await openRing({ config: { providers, fallbacks: { default: [B] } } });
    for (const vendor of ring.vendors) vendor.always(answer());
    await ring.call('Hi', { model: A });
    for (let n = 0; n < 4; n += 1) {
      const { served, notes } = await ring.call('Again', { model: A, timeoutMs: 5000 });
      expect({ served: served.provider, why: notes[0]?.why }).toEqual({
        served: 'custom-b',
        why: expect.stringContaining('rpm'),
      });
    }
    expect(asked(ring)).toEqual([1, 4]);
  });
});
