import { expect, it } from 'vitest';
import type { Delivery } from '../support/delivery.ts';
import { asWritten, silence } from '../support/delivery.ts';
import { arrival } from '../support/openai.ts';
import { answer } from '../support/reply.ts';
import { A, asked, openRing } from './ring.ts';

const limits = (rates: object, names = ['custom-a']) => ({ names, config: { providers: { 'custom-a': rates } } });

/** A delivery that takes a while, and how many of it were under way at the same time at the most. */
function counted(pauseMs: number): { deliver: Delivery; most: () => number } {
  const seen = { now: 0, most: 0 };
  return {
    most: () => seen.most,
    *deliver(reply) {
      seen.now += 1;
      seen.most = Math.max(seen.most, seen.now);
      yield { pauseMs };
      seen.now -= 1;
      yield* asWritten(reply);
    },
  };
}

it('a vendor never sees more requests at the same time than the config allows', async () => {
  await using ring = await openRing(limits({ concurrency: 2 }));
  const { deliver, most } = counted(30);
  ring.vendors[0]?.always(answer(), { deliver });
  const answers = await Promise.all(Array.from({ length: 7 }, (_, nth) => ring.call(`Hi ${nth}`, { model: A })));
  expect(answers).toHaveLength(7);
  expect(most()).toBe(2);
});

it('a vendor without a limit sees all of them', async () => {
  await using ring = await openRing({ names: ['custom-a'] });
  const { deliver, most } = counted(200);
  ring.vendors[0]?.always(answer(), { deliver });
  await Promise.all(Array.from({ length: 7 }, (_, nth) => ring.call(`Hi ${nth}`, { model: A })));
  expect(most()).toBe(7);
});

it('a limit of one provider is not that of another', async () => {
  await using ring = await openRing(limits({ concurrency: 1 }, ['custom-a', 'custom-b']));
  const [a, b] = ring.vendors;
  a?.always(answer(), { deliver: silence });
  b?.always(answer());
  const abort = new AbortController();
  const hanging = ring.failure('Hi', { model: A }, { signal: abort.signal });
  expect((await ring.call('Hi', { model: 'custom-b/sim-1' })).text).toBe('Hello');
  abort.abort();
  expect((await hanging).kind).toBe('cancelled');
});

it('who waits for a place may leave, and the place goes to the next', async () => {
  await using ring = await openRing(limits({ concurrency: 1 }));
  const [a] = ring.vendors;
  a?.next(answer(), { deliver: silence });
  a?.always(answer());
  const aborts = [new AbortController(), new AbortController()];
  const [first, second] = aborts.map(({ signal }) => ring.failure('Hi', { model: A }, { signal }));
  const third = ring.call('Hi', { model: A });
  if (a !== undefined) await arrival(a);
  aborts[1]?.abort();
  expect((await second)?.kind).toBe('cancelled');
  aborts[0]?.abort();
  expect((await first)?.kind).toBe('cancelled');
  expect((await third).text).toBe('Hello');
  expect(asked(ring)).toEqual([2]);
});

it('calls a minute are kept: one more fails at once when its turn comes too late', async () => {
  await using ring = await openRing(limits({ rpm: 2 }));
  ring.vendors[0]?.always(answer());
  await Promise.all([1, 2].map((nth) => ring.call(`Hi ${nth}`, { model: A })));
  expect((await ring.failure('Hi 3', { model: A, timeoutMs: 120 })).kind).toBe('rate_limited');
  expect(asked(ring)).toEqual([2]);
});

it('tokens a minute are kept too', async () => {
  await using ring = await openRing(limits({ tpm: 100 }));
  ring.vendors[0]?.always(answer());
  await ring.call('word '.repeat(50), { model: A });
  expect((await ring.failure('word '.repeat(50), { model: A, timeoutMs: 120 })).kind).toBe('rate_limited');
  expect(asked(ring)).toEqual([1]);
});

it('a wait for the limits ends with its caller', async () => {
  await using ring = await openRing(limits({ rpm: 1 }));
  ring.vendors[0]?.always(answer());
  await ring.call('Hi', { model: A });
  const abort = new AbortController();
  const failing = ring.failure('Hi again', { model: A }, { signal: abort.signal });
  setImmediate(() => abort.abort());
  expect((await failing).kind).toBe('cancelled');
  expect(asked(ring)).toEqual([1]);
});
