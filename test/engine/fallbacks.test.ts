import { describe, expect, it } from 'vitest';
import { route } from '../../src/engine/route.ts';
import { renderAnswer } from '../../src/tools/render/answer.ts';
import { silence, stallAfter } from '../support/delivery.ts';
import { arrival } from '../support/openai.ts';
import { answer, complaint, failure } from '../support/reply.ts';
import { A, asked, B, C, openRing, tried } from './ring.ts';

const down = failure({ status: 503 });
const fromB = answer({ text: ['From', ' B'] });
const bothWays = { fallbacks: { default: [B] } };

describe('a model that the user named', () => {
  it('fails alone where the config names nobody for it', async () => {
    await using ring = await openRing();
    const [a, b] = ring.vendors;
    a?.always(down);
    b?.always(fromB);
    const { kind, facts } = await ring.failure('Hi', { model: A });
    expect({ kind, tried: tried(facts), asked: asked(ring) }).toEqual({
      kind: 'overloaded',
      tried: [`${A} overloaded`],
      asked: [1, 0],
    });
  });

  it('is stood in for by the default fallback, and the answer says who and why', async () => {
    await using ring = await openRing({ config: bothWays });
    const [a, b] = ring.vendors;
    a?.always(down);
    b?.always(fromB);
    const given = await ring.call('Hi', { model: A });
    expect(given.text).toBe('From B');
    expect(given.served.provider).toBe('custom-b');
    expect(tried(given)).toEqual([`${A} overloaded`, `${B} answered`]);
    expect(given.attempts[0]).toMatchObject({ outcome: 'failed', status: 503 });
    expect(given.notes).toMatchObject([{ param: 'model', asked: A, sent: B, why: expect.stringContaining('overloaded') }]);
    const { text } = renderAnswer(given);
    expect(text).toMatch(new RegExp(`^Answer from ${B}:`));
    expect(text).toContain(`tried: ${A} (overloaded 503), ${B} (answered)`);
    expect(text).toContain(`model ${A} became ${B}: `);
  });

  it.each([
    ['its alias', { aliases: { quick: 'openai/gpt-5-mini' } }, 'quick', 'quick'],
    ['its whole name', {}, 'openai/gpt-5-mini', 'openai/gpt-5-mini'],
    ['its whole name, when an alias was written', { aliases: { quick: 'openai/gpt-5-mini' } }, 'openai/gpt-5-mini', 'quick'],
    ['its bare name', {}, 'gpt-5-mini', 'gpt-5-mini'],
    ['its bare name, when the whole name was written', {}, 'gpt-5-mini', 'openai/gpt-5-mini'],
  ])('is stood in for by a rule under %s', async (_, config, rule, model) => {
    await using ring = await openRing({
      names: ['openai', 'custom-b', 'custom-c'],
      config: { ...config, fallbacks: { by_model: { [rule]: [B] }, default: [C] } },
    });
    const [openai, b, c] = ring.vendors;
    openai?.always(down);
    b?.always(fromB);
    c?.always(answer());
    expect((await ring.call('Hi', { model })).text).toBe('From B');
    expect(asked(ring)).toEqual([1, 1, 0]);
  });

  it('never advances for a rule of another model', async () => {
    await using ring = await openRing({ config: { fallbacks: { by_model: { 'custom-a/sim-2': [B] } } } });
    ring.vendors[0]?.always(down);
    expect((await ring.failure('Hi', { model: A })).kind).toBe('overloaded');
    expect(asked(ring)).toEqual([1, 0]);
  });

  it('gives way, with the reason, when the lists deny it', async () => {
    await using ring = await openRing({ config: { ...bothWays, models: { deny: [A] } } });
    ring.vendors[1]?.always(fromB);
    const { text, notes } = await ring.call('Hi', { model: A });
    expect(text).toBe('From B');
    expect(notes).toMatchObject([{ asked: A, sent: B, why: expect.stringContaining('models.deny') }]);
    expect(asked(ring)).toEqual([0, 1]);
  });

  it('fails with the reason when the lists deny it and nobody stands in', async () => {
    await using ring = await openRing({ config: { models: { deny: [A] } } });
    const { kind, message } = await ring.failure('Hi', { model: A });
    expect(kind).toBe('config');
    expect(message).toContain('models.deny');
    expect(asked(ring)).toEqual([0, 0]);
  });
});

describe('a fallback', () => {
  it('answers whole when the first model falls silent in mid-answer', async () => {
    await using ring = await openRing({ config: { ...bothWays, timeouts: { idle_ms: 40 } } });
    const [a, b] = ring.vendors;
    a?.always(answer({ text: ['Half', ' of', ' A'] }), { deliver: stallAfter('half') });
    b?.always(fromB);
    const { text, partial, notes } = await ring.call('Hi', { model: A });
    expect({ text, partial }).toEqual({ text: 'From B', partial: undefined });
    expect(notes).toMatchObject([{ asked: A, sent: B }]);
  });

  it('is not asked for what every model would refuse', async () => {
    await using ring = await openRing({ config: bothWays });
    ring.vendors[0]?.always(failure({ status: 400 }));
    const { kind, facts } = await ring.failure('Hi', { model: A });
    expect({ kind, tried: tried(facts) }).toEqual({ kind: 'bad_request', tried: [`${A} bad_request`] });
    expect(asked(ring)).toEqual([1, 0]);
  });

  it('is not asked for a caller who has gone', async () => {
    await using ring = await openRing({ config: bothWays });
    const abort = new AbortController();
    const [a] = ring.vendors;
    a?.always(answer(), { deliver: silence });
    const failing = ring.failure('Hi', { model: A }, { signal: abort.signal });
    if (a !== undefined) await arrival(a);
    abort.abort();
    expect((await failing).kind).toBe('cancelled');
    expect(asked(ring)).toEqual([1, 0]);
  });

  it('that fails too leaves the first failure, with everything that was tried', async () => {
    await using ring = await openRing({
      names: ['custom-a', 'custom-b', 'custom-c'],
      config: { fallbacks: { default: [B, C] } },
    });
    const [a, b, c] = ring.vendors;
    a?.always(down);
    b?.always(failure({ status: 401 }));
    c?.always(failure({ status: 500 }));
    const { kind, facts, message } = await ring.failure('Hi', { model: A });
    expect(kind).toBe('overloaded');
    expect(message).toContain('custom-a');
    expect(tried(facts)).toEqual([`${A} overloaded`, `${B} auth`, `${C} upstream`]);
  });
});

describe('a model that nobody named', () => {
  it('gives way to the next candidate of a task', async () => {
    await using ring = await openRing({ config: { tasks: { chores: { models: [A, B] } } } });
    const [a, b] = ring.vendors;
    a?.always(down);
    b?.always(fromB);
    const given = await ring.call('Hi', { choice: await route(ring.engine, 'chores') });
    expect(given.text).toBe('From B');
    expect(given.notes).toMatchObject([{ asked: A, sent: B }]);
  });

  it('gives way to the fallback of its task, and not to that for all', async () => {
    await using ring = await openRing({
      names: ['custom-a', 'custom-b', 'custom-c'],
      config: { tasks: { chores: { models: [A] } }, fallbacks: { by_task: { chores: [B] }, default: [C] } },
    });
    const [a, b] = ring.vendors;
    a?.always(down);
    b?.always(fromB);
    const given = await ring.call('Hi', { choice: await route(ring.engine, 'chores') });
    expect(given.text).toBe('From B');
    expect(asked(ring)).toEqual([1, 1, 0]);
  });

  it('gives way to the next of the default choice', async () => {
    await using ring = await openRing({ names: ['openai', 'anthropic'] });
    const [openai, anthropic] = ring.vendors;
    openai?.always(down);
    anthropic?.always(down);
    const { facts } = await ring.failure('Hi');
    expect(new Set(facts.attempts?.map(({ provider }) => provider))).toEqual(new Set(['openai', 'anthropic']));
  });
});

describe('a prompt that is too long', () => {
  const long = 'word '.repeat(8000);
  const names = ['openai', 'custom-b', 'custom-c'];

  it('goes to the chain for such prompts when the vendor says so, and to nobody else', async () => {
    await using ring = await openRing({ names, config: { fallbacks: { default: [C], too_long: ['openai/gpt-4', B] } } });
    const [openai, b] = ring.vendors;
    openai?.always(complaint('tooLong'));
    b?.always(fromB);
    const given = await ring.call('Hi', { model: 'openai/gpt-5-mini' });
    expect(given.text).toBe('From B');
    // The smaller model of the chain could not hold it either.
    expect(tried(given)).toEqual(['openai/gpt-5-mini too_long', `${B} answered`]);
    expect(asked(ring)).toEqual([1, 1, 0]);
  });

  it('goes there without being sent when it cannot fit', async () => {
    await using ring = await openRing({ names, config: { fallbacks: { too_long: [B] } } });
    ring.vendors[1]?.always(fromB);
    const given = await ring.call(long, { model: 'openai/gpt-4' });
    expect(given.text).toBe('From B');
    expect(given.notes[0]).toMatchObject({ asked: 'openai/gpt-4', sent: B, why: expect.stringContaining('8,192') });
    expect(asked(ring)).toEqual([0, 1, 0]);
  });

  it('is not sent where no chain is', async () => {
    await using ring = await openRing({ names });
    const { kind, message } = await ring.failure(long, { model: 'openai/gpt-4' });
    expect(kind).toBe('too_long');
    expect(message).toContain('openai/gpt-4');
    expect(asked(ring)).toEqual([0, 0, 0]);
  });
});

describe('a refusal in words', () => {
  const refusal = answer({ text: ['I would rather not.'], stop: 'refused' });

  it('is an answer where nobody else is to be asked', async () => {
    await using ring = await openRing({ config: bothWays });
    ring.vendors[0]?.always(refusal);
    const { stop, notes } = await ring.call('Hi', { model: A });
    expect({ stop, notes }).toEqual({ stop: 'refused', notes: [] });
    expect(asked(ring)).toEqual([1, 0]);
  });

  it('goes to the chain for refusals', async () => {
    await using ring = await openRing({ config: { fallbacks: { refused: [B] } } });
    const [a, b] = ring.vendors;
    a?.always(refusal);
    b?.always(fromB);
    const { text, notes } = await ring.call('Hi', { model: A });
    expect(text).toBe('From B');
    expect(notes).toMatchObject([{ asked: A, sent: B, why: expect.stringContaining('refused') }]);
  });

  it('is the answer after all when the chain gives none', async () => {
    await using ring = await openRing({ config: { fallbacks: { refused: [B] } } });
    const [a, b] = ring.vendors;
    a?.always(refusal);
    b?.always(down);
    const { stop, served } = await ring.call('Hi', { model: A });
    expect({ stop, provider: served.provider }).toEqual({ stop: 'refused', provider: 'custom-a' });
  });
});
