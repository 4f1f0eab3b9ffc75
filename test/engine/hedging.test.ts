import { beforeAll, expect, it } from 'vitest';
import { late, silence } from '../support/delivery.ts';
import { answer, failure } from '../support/reply.ts';
import { A, asked, B, openRing, tried } from './ring.ts';

const HEDGED = { hedge_after_ms: 40, fallbacks: { default: [B] } };

/** The vendor's SDK is loaded by the first call, which takes time of its own. */
beforeAll(async () => {
  await using ring = await openRing();
  ring.vendors[0]?.always(answer());
  await ring.call('Are you there?', { model: A });
});

it('a second provider starts when the first is late, and its answer is returned', async () => {
  await using ring = await openRing({ config: HEDGED });
  const [a, b] = ring.vendors;
  a?.always(answer({ text: ['Late'] }), { deliver: silence });
  b?.always(answer({ text: ['Quick'] }));
  const given = await ring.call('Hi', { model: A });
  expect(given.text).toBe('Quick');
  expect(given.served.provider).toBe('custom-b');
  expect(tried(given).toSorted()).toEqual([`${A} cancelled`, `${B} answered`]);
  expect(given.notes).toMatchObject([{ asked: A, sent: B, why: 'it was late' }]);
  expect(await a?.requests[0]?.over).toBe('broken off');
});

it('the first wins when it is late and still before the second, which is cancelled', async () => {
  await using ring = await openRing({ config: HEDGED });
  const [a, b] = ring.vendors;
  a?.always(answer({ text: ['Late'] }), { deliver: late(250) });
  b?.always(answer({ text: ['Later'] }), { deliver: silence });
  const given = await ring.call('Hi', { model: A });
  expect(given.text).toBe('Late');
  expect(given.notes).toEqual([]);
  expect(tried(given).toSorted()).toEqual([`${A} answered`, `${B} cancelled`]);
  expect(await b?.requests[0]?.over).toBe('broken off');
});

it('nobody is started beside a model that is quick', async () => {
  await using ring = await openRing({ config: { ...HEDGED, hedge_after_ms: 1000 } });
  ring.vendors[0]?.always(answer());
  const given = await ring.call('Hi', { model: A });
  expect(tried(given)).toEqual([`${A} answered`]);
  expect(asked(ring)).toEqual([1, 0]);
});

it('nobody is started beside a model of the same provider', async () => {
  await using ring = await openRing({ config: { ...HEDGED, fallbacks: { default: ['custom-a/sim-2'] } } });
  ring.vendors[0]?.always(answer(), { deliver: late(200) });
  const given = await ring.call('Hi', { model: A });
  expect(tried(given)).toEqual([`${A} answered`]);
  expect(asked(ring)).toEqual([1, 0]);
});

it('nobody is started without being asked for', async () => {
  await using ring = await openRing({ config: { fallbacks: { default: [B] } } });
  ring.vendors[0]?.always(answer(), { deliver: late(150) });
  expect(tried(await ring.call('Hi', { model: A }))).toEqual([`${A} answered`]);
  expect(asked(ring)).toEqual([1, 0]);
});

it('the slow one answers when the second fails', async () => {
  await using ring = await openRing({ config: HEDGED });
  const [a, b] = ring.vendors;
  a?.always(answer({ text: ['Late'] }), { deliver: late(250) });
  b?.always(failure({ status: 503 }));
  const given = await ring.call('Hi', { model: A });
  expect(given.text).toBe('Late');
  expect(tried(given)).toEqual([`${B} overloaded`, `${A} answered`]);
});

it('both failing leaves the failure of the first, and neither is asked twice', async () => {
  await using ring = await openRing({ config: HEDGED });
  const [a, b] = ring.vendors;
  a?.always(failure({ status: 500 }), { deliver: late(150) });
  b?.always(failure({ status: 503 }));
  const { kind, facts } = await ring.failure('Hi', { model: A });
  expect(kind).toBe('upstream');
  expect(tried(facts)).toEqual([`${B} overloaded`, `${A} upstream`]);
  expect(asked(ring)).toEqual([1, 1]);
});

it('a caller who leaves ends both', async () => {
  await using ring = await openRing({ config: HEDGED });
  const abort = new AbortController();
  const coming = ring.vendors.map((vendor) => vendor.next(answer(), { deliver: silence }));
  const failing = ring.failure('Hi', { model: A }, { signal: abort.signal });
  await Promise.all(coming.map(({ request }) => request));
  abort.abort();
  expect((await failing).kind).toBe('cancelled');
  expect(await Promise.all(coming.map(({ over }) => over))).toEqual(['broken off', 'broken off']);
});
