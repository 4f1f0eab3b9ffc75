import { describe, expect, it } from 'vitest';
import { renderAnswer } from '../../src/tools/render/answer.ts';
import { silence, stallAfter } from '../support/delivery.ts';
import { arrival } from '../support/openai.ts';
import { answer, complaint, failure } from '../support/reply.ts';
import { A, asked, B, C, openRing } from './ring.ts';

const names = ['custom-a', 'custom-b', 'custom-c'];

describe('a chain of models for one kind of failure', () => {
  it.each([
    ['too_long', complaint('tooLong')],
    ['refused', failure({ status: 400, code: 'content_filter' })],
  ])('is asked once each, where all of them fail with %s', async (kind, said) => {
    await using ring = await openRing({ names, config: { fallbacks: { [kind]: [B, C] } } });
    for (const vendor of ring.vendors) vendor.always(said);
    await ring.failure('Hi', { model: A, timeoutMs: 1500 });
    expect(asked(ring)).toEqual([1, 1, 1]);
  });
});

describe('what is said of whose an answer is', () => {
  it('names the model whose words had arrived when the time ran out, and not the last one asked', async () => {
    await using ring = await openRing({
      config: { fallbacks: { default: [B] }, timeouts: { idle_ms: 100, first_byte_ms: 5000 } },
    });
    const [a, b] = ring.vendors;
    a?.always(answer({ text: ['The words of', ' A', 'x', 'y'] }), { deliver: stallAfter('half') });
    b?.always(answer(), { deliver: silence });
    expect(await ring.call('Hi', { model: A, timeoutMs: 700 })).toMatchObject({
      partial: true,
      served: { provider: 'custom-a' },
    });
  });

  it('notes the swap where a stand-in was cut short', async () => {
    await using ring = await openRing({ config: { fallbacks: { default: [B] } } });
    const [a, b] = ring.vendors;
    a?.always(failure({ status: 503 }));
    b?.always(answer({ text: ['The words of', ' B', 'x', 'y'] }), { deliver: stallAfter('half') });
    expect((await ring.call('Hi', { model: A, timeoutMs: 500 })).notes).toMatchObject([{ asked: A, sent: B }]);
  });

  it('heads the answer with the winner of a hedge', async () => {
    await using ring = await openRing({ config: { hedge_after_ms: 30, fallbacks: { default: [B] } } });
    const [a, b] = ring.vendors;
    a?.always(answer(), { deliver: silence });
    b?.always(answer());
    expect(renderAnswer(await ring.call('Hi', { model: A })).text).toMatch(/^Answer from custom-b/);
  });

  it('heads a refusal with the model that refused, also after others failed', async () => {
    await using ring = await openRing({ config: { fallbacks: { refused: [B] } } });
    const [a, b] = ring.vendors;
    a?.always(answer({ stop: 'refused' }));
    b?.always(failure({ status: 503 }));
    expect(renderAnswer(await ring.call('Hi', { model: A })).text).toMatch(/^Answer from custom-a/);
  });
});

describe('a shared call that its only caller leaves', () => {
  it('is cancelled in our words, and whoever comes next gets a call of their own', async () => {
    await using ring = await openRing({ config: { share_in_flight: true } });
    const [a] = ring.vendors;
    if (a === undefined) throw new Error('The ring has no vendor.');
    a.next(answer(), { deliver: silence });
    a.always(answer());
    const abort = new AbortController();
    const left = ring.failure('Hi', { model: A }, { signal: abort.signal });
    await arrival(a);
    abort.abort();
    const next = ring.call('Hi', { model: A });
    expect((await left).kind).toBe('cancelled');
    expect((await next).text).toBe('Hello');
  });
});
