import { describe, expect, it } from 'vitest';
import type { Ask } from '../../src/core/chat.ts';
import { makeHome } from '../support/home.ts';
import { answer } from '../support/reply.ts';
import { asking, ledgerOf, priced } from './cashbox.ts';
import { A, asked, B, openRing } from './ring.ts';

const CACHE = { cache: { enabled: true } };
const COLD: Ask = { ...asking(1000), temperature: 0 };
const ON = { config: priced(CACHE), names: ['custom-a'] };

describe('an answer', () => {
  it.each([
    ['unless the config says so', {}, COLD],
    ['without a temperature', CACHE, asking(1000)],
    ['at a temperature above 0', CACHE, { ...COLD, temperature: 0.1 }],
  ])('is not kept %s', async (_, config, ask) => {
    await using ring = await openRing({ config: priced(config) });
    ring.vendors[0]?.always(answer());
    for (let n = 0; n < 2; n += 1) expect((await ring.call(ask, { model: A })).cachedMs).toBeUndefined();
    expect(asked(ring)[0]).toBe(2);
  });

  it('of a model that takes no temperature is not kept', async () => {
    await using ring = await openRing({ names: ['anthropic'], config: CACHE });
    ring.vendors[0]?.always(answer({ model: 'claude-opus-4-7' }));
    const ask = { ...COLD };
    const { notes } = await ring.call(ask, { model: 'anthropic/claude-opus-4-7' });
    expect(notes).toMatchObject([{ param: 'temperature', sent: null }]);
    await ring.call(ask, { model: 'anthropic/claude-opus-4-7' });
    expect(asked(ring)).toEqual([2]);
  });

  it.each([
    ['a temperature', { temperature: 1 }, 'a plugin', { plugins: [{ id: 'web' }] }],
    [
      'a search',
      { web_search_options: { user_location: { type: 'approximate' } } },
      'a tool',
      { tools: [{ type: 'web_search' }] },
    ],
  ])('of a request to which the config adds %s (%j) or %s (%j) is not kept', async (_, first, __, second) => {
    const providers = { 'custom-a': { extra_body: first }, 'custom-b': { extra_body: second } };
    await using ring = await openRing({ config: priced({ ...CACHE, providers }) });
    for (const vendor of ring.vendors) vendor.always(answer());
    for (const model of [A, B, A, B]) expect((await ring.call(COLD, { model })).cachedMs).toBeUndefined();
    expect(asked(ring)).toEqual([2, 2]);
  });

  it.each([
    ['perplexity', 'sonar', undefined],
    ['perplexity', 'openai/gpt-6', 1],
    ['openrouter', 'some/model:online', undefined],
    ['openrouter', 'some/model', 1],
    ['groq', 'groq/compound-mini', undefined],
  ])('of %s/%s is kept only where it does not search the web', async (name, model, isKept) => {
    await using ring = await openRing({ names: [name], config: CACHE });
    ring.vendors[0]?.always(answer());
    await ring.call(COLD, { model: `${name}/${model}` });
    const { cachedMs } = await ring.call(COLD, { model: `${name}/${model}` });
    expect([cachedMs !== undefined, asked(ring)]).toEqual([isKept !== undefined, [isKept ?? 2]]);
  });

  it('that rests on pages of the web is not kept', async () => {
    await using ring = await openRing({ names: ['openrouter'], config: CACHE });
    ring.vendors[0]?.always(answer({ sources: [{ url: 'https://example.com/a', title: 'A' }] }));
    for (let n = 0; n < 2; n += 1) await ring.call(COLD, { model: 'openrouter/some/model' });
    expect(asked(ring)).toEqual([2]);
  });

  it('to an image by address is not kept: what is there may change', async () => {
    await using ring = await openRing({ names: ['openrouter'], config: CACHE });
    ring.vendors[0]?.always(answer());
    const seen: Ask = {
      ...COLD,
      messages: [
        {
          role: 'user',
          content: [
            { type: 'image_url', url: 'https://example.com/a.png' },
            { type: 'text', text: 'What?' },
          ],
        },
      ],
    };
    for (let n = 0; n < 2; n += 1) await ring.call(seen, { model: 'openrouter/some/model' });
    expect(asked(ring)).toEqual([2]);
  });

  it('that does not match its schema is not kept, and counts as failed', async () => {
    await using home = await makeHome();
    await using ring = await openRing({ ...ON, home: home.path });
    const ask: Ask = { ...COLD, schema: { type: 'object', required: ['city'] } };
    ring.vendors[0]?.always(answer({ text: ['no JSON'] }));
    expect((await ring.failure(ask, { model: A })).kind).toBe('invalid_output');
    expect((await ledgerOf(home.path)).rows).toMatchObject([{ kind: 'invalid_output' }, { kind: 'invalid_output' }]);
    ring.vendors[0]?.always(answer({ text: ['{"city":"Lima"}'] }));
    expect((await ring.call(ask, { model: A })).json).toEqual({ city: 'Lima' });
    expect(await ring.call(ask, { model: A })).toMatchObject({ json: { city: 'Lima' }, cost: { from: 'cache' } });
    expect(asked(ring)).toEqual([3]);
    const { ledger } = await ring.engine.ledger();
    expect(ledger.reports.by('model', 0)).toMatchObject([{ attempts: 3, failed: 2, cached: 1 }]);
  });

  it('at temperature 0 is given again, free, and says so', async () => {
    await using home = await makeHome();
    await using ring = await openRing({ ...ON, home: home.path });
    ring.vendors[0]?.next(answer({ usage: { input: 5, output: 80 } }));
    const first = await ring.call(COLD, { model: A });
    const second = await ring.call(COLD, { model: A });
    expect(second).toMatchObject({ text: first.text, served: first.served, cost: { nanoUsd: 0, from: 'cache' } });
    expect([second.cachedMs === undefined, asked(ring)]).toEqual([false, [1]]);
    const { rows } = await ledgerOf(home.path);
    expect(rows.map((row) => [row['cached'], row['nano_usd'] === 0])).toEqual([
      [0, false],
      [1, true],
    ]);
  });

  it('outlives the process, and its time not', async () => {
    await using home = await makeHome();
    const first = await openRing({ ...ON, home: home.path });
    first.vendors[0]?.always(answer());
    await first.call(COLD, { model: A });
    await first.engine.close();
    await using second = await openRing({ ...ON, home: home.path, at: first.vendors });
    expect((await second.call(COLD, { model: A })).cachedMs).toBeGreaterThanOrEqual(0);
    const short = { config: priced({ cache: { enabled: true, ttl_s: 1 } }), names: ['custom-a'], home: home.path };
    await using third = await openRing({ ...short, at: first.vendors });
    await new Promise((resolve) => setTimeout(resolve, 1100));
    expect((await third.call(COLD, { model: A })).cachedMs).toBeUndefined();
    await first[Symbol.asyncDispose]();
  });

  it.each([
    ['another prompt', { ...COLD, messages: asking(1, 'Other').messages }],
    ['a system prompt', { ...COLD, system: 'Be brief.' }],
    ['another output limit', { ...COLD, maxTokens: 999 }],
  ])('is not given for %s', async (_, other) => {
    await using ring = await openRing(ON);
    ring.vendors[0]?.always(answer());
    await ring.call(COLD, { model: A });
    expect((await ring.call(other, { model: A })).cachedMs).toBeUndefined();
    expect(asked(ring)).toEqual([2]);
  });

  it('is not given to another model, address or key', async () => {
    await using home = await makeHome();
    await using one = await openRing({ config: priced(CACHE), home: home.path });
    await using elsewhere = await openRing({ config: priced(CACHE), home: home.path });
    // The same two vendors the other way round: each has the other's key then.
    await using keys = await openRing({
      config: priced(CACHE),
      names: ['custom-b', 'custom-a'],
      home: home.path,
      at: one.vendors.toReversed(),
    });
    for (const vendor of [...one.vendors, ...elsewhere.vendors]) vendor.always(answer());
    await one.call(COLD, { model: A });
    for (const call of [
      one.call(COLD, { model: B }),
      one.call(COLD, { model: 'custom-a/sim-2' }),
      elsewhere.call(COLD, { model: A }),
      keys.call(COLD, { model: A }),
    ])
      expect((await call).cachedMs).toBeUndefined();
    expect((await one.call(COLD, { model: A })).cachedMs).toBeGreaterThanOrEqual(0);
  });

  it('is not given to anybody else who calls the same server', async () => {
    await using ring = await openRing(ON);
    ring.vendors[0]?.always(answer());
    const isKept = async (owner?: string) => (await ring.call(COLD, { model: A }, { owner })).cachedMs !== undefined;
    const owners = [undefined, 'one', 'another', undefined, 'one', 'another'];
    const kept: boolean[] = [];
    for (const owner of owners) kept.push(await isKept(owner));
    expect([kept, asked(ring)]).toEqual([[false, false, false, true, true, true], [3]]);
  });

  it.each(['length', 'refused'] as const)('that ended with %s is asked for again', async (stop) => {
    await using ring = await openRing(ON);
    ring.vendors[0]?.always(answer({ stop }));
    await ring.call(COLD, { model: A });
    expect((await ring.call(COLD, { model: A })).cachedMs).toBeUndefined();
    expect(asked(ring)).toEqual([2]);
  });

  it('that was kept is given although a budget is used up', async () => {
    await using home = await makeHome();
    await using ring = await openRing({ ...ON, home: home.path });
    ring.vendors[0]?.always(answer());
    await ring.call(COLD, { model: A });
    const config = priced({ ...CACHE, budgets: [{ limit_usd: 0, window: 'total' }] });
    await using poor = await openRing({ names: ['custom-a'], config, home: home.path, at: ring.vendors });
    expect((await poor.call(COLD, { model: A })).cost).toEqual({ nanoUsd: 0, from: 'cache' });
    expect((await poor.failure(asking(1000), { model: A })).kind).toBe('budget');
  });
});
