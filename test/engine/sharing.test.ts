import { expect, it } from 'vitest';
import { late, silence } from '../support/delivery.ts';
import { arrival } from '../support/openai.ts';
import { answer, failure } from '../support/reply.ts';
import { A, asAsk, asked, openRing } from './ring.ts';

const SHARED = { share_in_flight: true };
const names = ['custom-a'];
const outcomeOf = (call: Promise<{ text: string }>): Promise<string> =>
  call.then(
    ({ text }) => text,
    () => 'left',
  );

it('identical calls at the same time share one request', async () => {
  await using ring = await openRing({ names, config: SHARED });
  ring.vendors[0]?.always(answer(), { deliver: late(80) });
  const answers = await Promise.all([1, 2, 3].map(() => ring.call('Hi', { model: A })));
  expect(answers.map(({ text }) => text)).toEqual(['Hello', 'Hello', 'Hello']);
  expect(asked(ring)).toEqual([1]);
});

it('identical calls one after the other do not', async () => {
  await using ring = await openRing({ names, config: SHARED });
  ring.vendors[0]?.always(answer());
  await ring.call('Hi', { model: A });
  await ring.call('Hi', { model: A });
  expect(asked(ring)).toEqual([2]);
});

it('calls that differ in anything do not', async () => {
  await using ring = await openRing({ names, config: SHARED });
  ring.vendors[0]?.always(answer(), { deliver: late(80) });
  await Promise.all([
    ring.call('Hi', { model: A }),
    ring.call('Hi!', { model: A }),
    ring.call('Hi', { model: 'custom-a/sim-2' }),
    ring.call({ ...asAsk('Hi'), temperature: 0.5 }, { model: A }),
    // Nobody is given what another caller of the same server asked for.
    ring.call('Hi', { model: A }, { owner: 'one' }),
    ring.call('Hi', { model: A }, { owner: 'another' }),
  ]);
  expect(asked(ring)).toEqual([6]);
});

it('a failure is shared too, and not kept', async () => {
  await using ring = await openRing({ names, config: SHARED });
  ring.vendors[0]?.next(failure({ status: 503 }), { deliver: late(50) });
  ring.vendors[0]?.always(answer());
  const failures = await Promise.all([1, 2].map(() => ring.failure('Hi', { model: A })));
  expect(failures.map(({ kind }) => kind)).toEqual(['overloaded', 'overloaded']);
  expect((await ring.call('Hi', { model: A })).text).toBe('Hello');
});

it('one caller who leaves takes nothing from the others', async () => {
  await using ring = await openRing({ names, config: SHARED });
  const abort = new AbortController();
  const [a] = ring.vendors;
  a?.always(answer(), { deliver: late(150) });
  const calls = [outcomeOf(ring.call('Hi', { model: A }, { signal: abort.signal })), outcomeOf(ring.call('Hi', { model: A }))];
  if (a !== undefined) await arrival(a);
  abort.abort();
  expect(await Promise.all(calls)).toEqual(['left', 'Hello']);
  expect(asked(ring)).toEqual([1]);
  expect(await a?.requests[0]?.over).toBe('finished');
});

it('the last who leaves ends it at the vendor', async () => {
  await using ring = await openRing({ names, config: SHARED });
  const aborts = [new AbortController(), new AbortController()];
  const [a] = ring.vendors;
  a?.always(answer(), { deliver: silence });
  const calls = aborts.map(({ signal }) => outcomeOf(ring.call('Hi', { model: A }, { signal })));
  if (a !== undefined) await arrival(a);
  for (const abort of aborts) abort.abort();
  expect(await Promise.all(calls)).toEqual(['left', 'left']);
  expect(await a?.requests[0]?.over).toBe('broken off');
});

it('nothing is shared by default', async () => {
  await using ring = await openRing({ names });
  ring.vendors[0]?.always(answer(), { deliver: late(50) });
  await Promise.all([1, 2].map(() => ring.call('Hi', { model: A })));
  expect(asked(ring)).toEqual([2]);
});
