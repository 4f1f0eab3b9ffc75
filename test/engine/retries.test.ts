import { setTimeout as wait } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { userText } from '../../src/core/chat.ts';
import { renderAnswer } from '../../src/tools/render/answer.ts';
import { FIRST_OF_EACH_WIRE } from '../contract/rows.ts';
import { setStage } from '../contract/stage.ts';
import { silence, stallAfter } from '../support/delivery.ts';
import { arrival } from '../support/openai.ts';
import { answer, failure } from '../support/reply.ts';
import { A, asked, B, openRing, tried } from './ring.ts';

const down = failure({ status: 503 });
const limited = (seconds: number) => failure({ status: 429 }, { 'retry-after': `${seconds}` });
/** The second time is soon: jitter is not what these tests are about. */
const soon = { 'retry-after': '0.02' };

/** The vendor's SDK is loaded by the first call, which takes time of its own. */
beforeAll(async () => {
  await using ring = await openRing();
  ring.vendors[0]?.always(answer());
  await ring.call('Are you there?', { model: A });
});

describe('a failure that may pass', () => {
  it('is asked about again, and the answer tells both', async () => {
    await using ring = await openRing({ config: { retries: 2 } });
    ring.vendors[0]?.inTurn(failure({ status: 503 }, soon), answer());
    const given = await ring.call('Hi', { model: A });
    expect(given.text).toBe('Hello');
    expect(tried(given)).toEqual([`${A} overloaded`, `${A} answered`]);
    expect(given.notes).toEqual([]);
    expect(renderAnswer(given).text).toContain(`tried: ${A} (overloaded 503), after`);
  });

  it('is asked about no sooner than the vendor says, and the wait is told', async () => {
    await using ring = await openRing({ config: { retries: 1 } });
    ring.vendors[0]?.inTurn(limited(0.15), answer());
    const started = performance.now();
    const { attempts } = await ring.call('Hi', { model: A });
    expect(performance.now() - started).toBeGreaterThan(145);
    expect(attempts.map(({ waitedMs }) => waitedMs)).toEqual([undefined, 150]);
  });

  it('is asked about no more often than the config allows', async () => {
    await using ring = await openRing({ config: { retries: 2 } });
    ring.vendors[0]?.always(failure({ status: 503 }, soon));
    const { facts } = await ring.failure('Hi', { model: A });
    expect(tried(facts)).toEqual(Array.from({ length: 3 }, () => `${A} overloaded`));
  });

  it('is left to the next model at once when the wait is longer than the call', async () => {
    await using ring = await openRing({ config: { retries: 2, fallbacks: { default: [B] } } });
    ring.vendors[0]?.always(limited(60));
    ring.vendors[1]?.always(answer());
    const { served } = await ring.call('Hi', { model: A, timeoutMs: 30_000 });
    expect(served.provider).toBe('custom-b');
    expect(asked(ring)).toEqual([1, 1]);
  });

  it('ends the call at once when the wait is longer and nobody else is left', async () => {
    await using ring = await openRing({ config: { retries: 2 } });
    ring.vendors[0]?.always(limited(60));
    const { kind, facts } = await ring.failure('Hi', { model: A, timeoutMs: 30_000 });
    expect({ kind, retryAfterMs: facts.retryAfterMs }).toEqual({ kind: 'rate_limited', retryAfterMs: 60_000 });
  });

  it('is waited out no longer than the caller stays', async () => {
    await using ring = await openRing({ config: { retries: 2 } });
    const abort = new AbortController();
    const [a] = ring.vendors;
    a?.always(limited(20));
    const failing = ring.failure('Hi', { model: A }, { signal: abort.signal });
    if (a !== undefined) await (await arrival(a)).over;
    // What the vendor has finished sending the caller has not read yet.
    await wait(300);
    abort.abort();
    const { kind, facts } = await failing;
    expect(kind).toBe('cancelled');
    expect(tried(facts)).toEqual([`${A} rate_limited`]);
  });
});

describe('a vendor’s own word on trying again', () => {
  it('keeps from it what usually may pass', async () => {
    await using ring = await openRing({ config: { retries: 2 } });
    ring.vendors[0]?.always(failure({ status: 503 }, { ...soon, 'x-should-retry': 'false' }));
    expect((await ring.failure('Hi', { model: A })).kind).toBe('overloaded');
    expect(asked(ring)[0]).toBe(1);
  });

  it('allows what usually may not', async () => {
    await using ring = await openRing({ config: { retries: 2 } });
    ring.vendors[0]?.inTurn(failure({ status: 404 }, { ...soon, 'x-should-retry': 'true' }), answer());
    expect((await ring.call('Hi', { model: A })).text).toBe('Hello');
  });
});

describe('a repair', () => {
  const ask = { messages: [userText('Hi')], temperature: 0.3, maxTokens: 50 };
  const objection = (param: string) =>
    failure({ status: 400, param, code: 'unsupported_parameter', message: `Unsupported parameter: '${param}'` });

  it('leaves out what the vendor objects to, once, and keeps a note', async () => {
    await using ring = await openRing();
    const [a] = ring.vendors;
    a?.inTurn(objection('temperature'), answer());
    const given = await ring.call(ask, { model: A });
    expect(given.notes).toMatchObject([{ param: 'temperature', asked: '0.3', sent: null }]);
    expect(a?.requests[0]?.body).toMatchObject({ temperature: 0.3, max_tokens: 50 });
    expect(a?.requests[1]?.body).not.toHaveProperty('temperature');
    expect(a?.requests[1]?.body).toMatchObject({ max_tokens: 50 });
    expect(renderAnswer(given).text).toContain('temperature 0.3 was left out');
  });

  it('that takes something from the caller is not followed by a second', async () => {
    await using ring = await openRing({ config: { retries: 2 } });
    ring.vendors[0]?.inTurn(objection('temperature'), objection('reasoning_effort'), answer());
    const { kind } = await ring.failure({ ...ask, effort: 'low' }, { model: A });
    expect(kind).toBe('unsupported');
    expect(asked(ring)[0]).toBe(2);
  });

  it('is kept while what may pass is asked about again', async () => {
    await using ring = await openRing({ config: { retries: 1 } });
    const [a] = ring.vendors;
    a?.inTurn(objection('temperature'), failure({ status: 503 }, soon), answer());
    const { notes } = await ring.call(ask, { model: A });
    expect(notes).toHaveLength(1);
    expect(a?.requests[2]?.body).not.toHaveProperty('temperature');
  });
});

describe('the end of the time', () => {
  it('returns what had arrived, marked', async () => {
    await using ring = await openRing();
    const [a] = ring.vendors;
    a?.always(answer({ text: ['What', ' had', ' arrived', ' by', ' then'] }), { deliver: stallAfter('half') });
    const given = await ring.call('Hi', { model: A, timeoutMs: 300 });
    expect(given).toMatchObject({ partial: true, text: expect.stringMatching(/^What/), served: { provider: 'custom-a' } });
    expect(renderAnswer(given).text).toContain('the time ran out');
    expect(await a?.requests[0]?.over).toBe('broken off');
  });

  it('is a failure where an answer by a schema broke off', async () => {
    await using ring = await openRing();
    const [a] = ring.vendors;
    a?.always(answer({ text: ['{"a": 1', ', "b', '": 2', '}'] }), { deliver: stallAfter('half') });
    const schema = { type: 'object', required: ['b'] };
    const { kind, facts } = await ring.failure({ messages: [userText('Hi')], schema }, { model: A, timeoutMs: 300 });
    expect({ kind, tried: tried(facts) }).toEqual({ kind: 'timeout', tried: [`${A} timeout`] });
    expect(facts.partial).toMatch(/^\{"a": 1/);
  });

  it('is a failure where nothing had arrived', async () => {
    await using ring = await openRing({ config: { fallbacks: { default: [B] } } });
    ring.vendors[0]?.always(answer(), { deliver: silence });
    const { kind, facts } = await ring.failure('Hi', { model: A, timeoutMs: 300 });
    expect({ kind, tried: tried(facts) }).toEqual({ kind: 'timeout', tried: [`${A} timeout`] });
    expect(asked(ring)).toEqual([1, 0]);
  });

  it('of one model’s patience is not that of the call', async () => {
    await using ring = await openRing({ config: { fallbacks: { default: [B] }, timeouts: { first_byte_ms: 800 } } });
    ring.vendors[0]?.always(answer(), { deliver: silence });
    ring.vendors[1]?.always(answer());
    expect(tried(await ring.call('Hi', { model: A }))).toEqual([`${A} timeout`, `${B} answered`]);
  });

  it('does not come sooner for a model that fails quickly', async () => {
    await using ring = await openRing();
    ring.vendors[0]?.always(down);
    expect((await ring.failure('Hi', { model: A, timeoutMs: 5000 })).kind).toBe('overloaded');
  });
});

describe.each([...FIRST_OF_EACH_WIRE].map((row) => [row.wire, row] as const))('cancelling over %s', (_, row) => {
  it.each([
    ['before the answer', silence],
    ['in the middle of it', stallAfter('half')],
  ])('ends the vendor’s connection, %s', async (_when, deliver) => {
    await using machine = await row.machine?.open();
    expect(machine === undefined).toBe(row.machine === undefined);
    await using stage = await setStage(row);
    const abort = new AbortController();
    const coming = stage.vendor.next(answer(), { deliver });
    const failing = stage.failure('Hi', { signal: abort.signal });
    await coming.request;
    abort.abort();
    expect((await failing).kind).toBe('cancelled');
    expect(await coming.over).toBe('broken off');
  });
});
