import { describe, expect, it } from 'vitest';
import { tokensOf } from '../../src/core/tokens.ts';
import { failureText } from '../../src/tools/render/failure.ts';
import { late } from '../support/delivery.ts';
import { makeHome } from '../support/home.ts';
import { answer, failure } from '../support/reply.ts';
import { asking, ledgerOf, priced, TOKEN } from './cashbox.ts';
import { A, asked, B, C, openRing, tried } from './ring.ts';

const outOf = (output: number) => answer({ usage: { input: 5, output } });
const total = (usd: number, more: object = {}) => ({ limit_usd: usd, window: 'total', name: 'mine', ...more });

describe('a budget that blocks', () => {
  it('lets a call be made whose worst case fits, and refuses the next before anybody is asked', async () => {
    await using home = await makeHome();
    await using ring = await openRing({ config: priced({ budgets: [total(0.01)] }), home: home.path });
    ring.vendors[0]?.always(outOf(400));
    expect((await ring.call(asking(1000), { model: A })).cost.nanoUsd).toBe(400 * TOKEN);
    const { kind, message } = await ring.failure(asking(1000), { model: A });
    expect(kind).toBe('budget');
    expect(message).toBe(
      'The budget "mine" has no room: a call to custom-a/sim-1 may cost up to $0.01, and $0.006 of $0.01 is left ($0.004 spent). It never begins anew. What would fit now: max_tokens 600. Or raise the budget in your config',
    );
    expect((await ring.call(asking(600), { model: A })).text).toBe('Hello');
    expect(asked(ring)[0]).toBe(2);
    expect((await ledgerOf(home.path)).holds).toEqual([]);
  });

  it('holds for the output limit that the config puts into each request, whatever the call says', async () => {
    const providers = { 'custom-a': { extra_body: { max_tokens: 2000, options: { maxTokens: -1 } } } };
    await using ring = await openRing({ config: priced({ budgets: [total(0.01)], providers }) });
    expect(await ring.failure(asking(100), { model: A })).toMatchObject({
      kind: 'budget',
      message: expect.stringContaining('may cost up to $0.02'),
    });
  });

  it.each([
    { n: 8 },
    { best_of: 8, n: 2 },
    { candidate_count: 8 },
    { generationConfig: { candidateCount: 8 } },
    { parameters: { num_return_sequences: 8 } },
  ])('holds for as many answers as the config asks for in each request: %j', async (extra_body) => {
    const providers = { 'custom-a': { extra_body } };
    await using ring = await openRing({ config: priced({ budgets: [total(0.05)], providers }) });
    const { kind, message } = await ring.failure(asking(1000), { model: A });
    expect(kind).toBe('budget');
    expect(message).toContain(
      'may cost up to $0.08, and $0.05 of $0.05 is left ($0 spent). It never begins anew. What would fit now: max_tokens 600.',
    );
    ring.vendors[0]?.always(outOf(10));
    expect((await ring.call(asking(600), { model: A })).text).toBe('Hello');
  });

  it('settles what nobody counted for all of the answers that were asked for', async () => {
    const providers = { 'custom-a': { extra_body: { n: 3 } } };
    await using ring = await openRing({ names: ['custom-a'], config: priced({ budgets: [total(1)], providers }) });
    ring.vendors[0]?.next(answer({ text: ['one two three four five'], usage: null }));
    const { cost } = await ring.call(asking(1000), { model: A });
    expect(cost).toEqual({ nanoUsd: 3 * tokensOf('one two three four five').likely * TOKEN, from: 'estimate' });
  });

  it('bounds each of several answers where the call does not', async () => {
    const providers = { 'custom-a': { extra_body: { n: 8 } } };
    await using ring = await openRing({ names: ['custom-a'], config: priced({ budgets: [total(2)], providers }) });
    ring.vendors[0]?.always(outOf(10));
    await ring.call('Hi', { model: A });
    expect(ring.vendors[0]?.requests[0]?.body).toMatchObject({ max_tokens: 16_000, n: 8 });
    await using tight = await openRing({ names: ['custom-a'], config: priced({ budgets: [total(1)], providers }) });
    expect((await tight.failure('Hi', { model: A })).message).toContain('may cost up to $1.28');
  });

  it('says what would fit under all of the budgets, not only the one that refused', async () => {
    const budgets = [total(0.02, { name: 'theirs', scope: 'model:*/sim-1' }), total(0.015)];
    await using ring = await openRing({ config: priced({ budgets }) });
    ring.vendors[0]?.always(outOf(10));
    const { message } = await ring.failure(asking(3000), { model: A });
    expect(message).toContain('The budget "theirs" has no room');
    expect(message).toContain('What would fit now: max_tokens 1,500. Or');
    expect((await ring.call(asking(1500), { model: A })).text).toBe('Hello');
  });

  it('asks a model with another price where the first does not fit: each is held at its own', async () => {
    const pricing = {
      [A]: { input_usd_per_mtok: 0, output_usd_per_mtok: 100 },
      [B]: { input_usd_per_mtok: 0, output_usd_per_mtok: 1 },
    };
    await using ring = await openRing({ config: { pricing, budgets: [total(0.01)], fallbacks: { default: [B] } } });
    ring.vendors[1]?.always(outOf(10));
    const given = await ring.call(asking(1000), { model: A });
    expect([given.served.provider, asked(ring)]).toEqual(['custom-b', [0, 1]]);
    expect(given.notes).toMatchObject([{ param: 'model', asked: A, sent: B, why: expect.stringContaining('The budget "mine"') }]);
  });

  it('refuses a fallback that does not fit when the first has failed, and says so of the first', async () => {
    await using home = await makeHome();
    const pricing = {
      [A]: { input_usd_per_mtok: 0, output_usd_per_mtok: 1 },
      [B]: { input_usd_per_mtok: 0, output_usd_per_mtok: 100 },
    };
    const config = { pricing, budgets: [total(0.01)], fallbacks: { default: [B] } };
    await using ring = await openRing({ config, home: home.path });
    ring.vendors[0]?.always(failure({ status: 503 }));
    const failed = await ring.failure(asking(1000), { model: A });
    expect([failed.kind, tried(failed.facts), asked(ring)]).toEqual(['overloaded', [`${A} overloaded`], [1, 0]]);
    const why = `The budget "mine" has no room: a call to ${B} may cost up to $0.10, and $0.01 of $0.01 is left ($0 spent)`;
    expect(failed.facts.notes).toEqual([{ param: 'model', asked: B, sent: null, why }]);
    expect(failureText(failed)).toContain(`Model ${B} was left out: ${why}. Try again in a moment`);
    const { rows, holds } = await ledgerOf(home.path);
    expect([rows.length, rows[0]?.['nano_usd'], holds]).toEqual([1, 0, []]);
  });

  it('does not start a second provider for which no money is left beside the first', async () => {
    await using ring = await openRing({
      config: priced({ budgets: [total(0.015)], fallbacks: { default: [B] }, hedge_after_ms: 50 }),
    });
    ring.vendors[0]?.always(outOf(10), { deliver: late(300) });
    ring.vendors[1]?.always(outOf(10));
    expect((await ring.call(asking(1000), { model: A })).served.provider).toBe('custom-a');
    expect(asked(ring)).toEqual([1, 0]);
  });

  it('settles both where a second provider was started, the loser as an estimate', async () => {
    await using home = await makeHome();
    const config = priced({ budgets: [total(1)], fallbacks: { default: [B] }, hedge_after_ms: 50 });
    await using ring = await openRing({ config, home: home.path });
    ring.vendors[0]?.always(outOf(10), { deliver: late(5000) });
    ring.vendors[1]?.always(outOf(10));
    expect((await ring.call(asking(1000), { model: A })).served.provider).toBe('custom-b');
    const { rows, holds } = await ledgerOf(home.path);
    const told = new Map(rows.map(({ provider, kind, cost_from }) => [provider, [kind, cost_from]]));
    expect([told.get('custom-a'), told.get('custom-b')]).toEqual([
      ['cancelled', 'time'],
      [null, 'config'],
    ]);
    expect(holds).toEqual([]);
  });

  it('holds for calls under way, and says so', async () => {
    await using ring = await openRing({ config: priced({ budgets: [total(0.015)] }) });
    ring.vendors[0]?.always(outOf(10), { deliver: late(300) });
    const first = ring.call(asking(1000), { model: A });
    const { message } = await new Promise<Error>((resolve) =>
      setTimeout(() => resolve(ring.failure(asking(1000, 'Another'), { model: A })), 100),
    );
    expect(message).toContain('$0.01 held by calls under way');
    expect((await first).text).toBe('Hello');
  });

  it('has room for what is free when nothing is left', async () => {
    const pricing = {
      [A]: { input_usd_per_mtok: 0, output_usd_per_mtok: 0 },
      [B]: { input_usd_per_mtok: 0, output_usd_per_mtok: 1 },
    };
    await using ring = await openRing({ config: { pricing, budgets: [total(0)] } });
    for (const vendor of ring.vendors) vendor.always(outOf(10));
    expect((await ring.failure('Hi', { model: B })).kind).toBe('budget');
    const given = await ring.call('Hi', { model: A });
    expect([given.cost.nanoUsd, given.notes]).toEqual([0, []]);
    expect(JSON.stringify(ring.vendors[0]?.requests[0]?.body)).not.toMatch(/max_(completion_)?tokens/);
  });
});

describe('where nobody asked for an output limit', () => {
  it('one is sent while a budget blocks, and noted where an answer comes near it', async () => {
    await using ring = await openRing({ config: priced({ budgets: [total(1)], budget_output_tokens: 700 }) });
    const note = { param: 'max_tokens', asked: 'without a limit', sent: '700', why: 'a budget bounds it (budget_output_tokens)' };
    for (const [content, notes] of [
      [outOf(10), []],
      [outOf(559), []],
      [outOf(560), [note]],
      [answer({ stop: 'length', usage: { input: 5, output: 10 } }), [note]],
      [answer({ usage: null }), [note]],
    ] as const) {
      ring.vendors[0]?.next(content);
      expect((await ring.call('Hi', { model: A })).notes).toEqual(notes);
    }
    expect(ring.vendors[0]?.requests[0]?.body).toMatchObject({ max_tokens: 700 });
    ring.vendors[0]?.next(answer({ text: [''], stop: 'length', usage: { input: 5, output: 700 } }));
    expect((await ring.failure('Hi', { model: A })).facts.notes).toEqual([note]);
  });

  it.each([
    ['no budget is set', {}],
    ['one only warns', { budgets: [total(1, { mode: 'warn' })] }],
    ['one blocks others', { budgets: [total(1, { scope: 'provider:openai' })] }],
  ])('none is sent while %s', async (_, config) => {
    await using ring = await openRing({ config: priced(config) });
    ring.vendors[0]?.always(outOf(10));
    expect((await ring.call('Hi', { model: A })).notes).toEqual([]);
    expect(JSON.stringify(ring.vendors[0]?.requests[0]?.body)).not.toMatch(/max_(completion_)?tokens/);
  });
});

describe('a model whose price nobody knows', () => {
  it('is refused under a budget, and the error says what to do', async () => {
    await using ring = await openRing({ config: { budgets: [total(1)] } });
    const { kind, message } = await ring.failure('Hi', { model: A });
    expect([kind, asked(ring)]).toEqual(['budget', [0, 0]]);
    expect(message).toContain('give its price under pricing in your config, or set unknown_price: allow');
  });

  it('is asked where the config allows it, and its cost stays unknown', async () => {
    await using home = await makeHome();
    await using ring = await openRing({ config: { budgets: [total(1)], unknown_price: 'allow' }, home: home.path });
    ring.vendors[0]?.always(outOf(10));
    expect((await ring.call('Hi', { model: A })).cost.nanoUsd).toBeNull();
    expect((await ledgerOf(home.path)).rows).toMatchObject([{ nano_usd: null, cost_from: null }]);
  });
});

it('a bill above what was held is noted, and counts against the next call', async () => {
  await using ring = await openRing({ config: priced({ budgets: [total(0.05)] }) });
  ring.vendors[0]?.always(outOf(4500));
  const { cost, notes } = await ring.call(asking(1000), { model: A });
  expect(cost.nanoUsd).toBe(4500 * TOKEN);
  expect(notes).toMatchObject([{ param: 'cost', asked: 'of $0.01 at most', sent: '$0.045' }]);
  expect((await ring.failure(asking(1000), { model: A })).message).toContain('$0.005 of $0.05 is left ($0.045 spent)');
});

describe('a budget that only warns', () => {
  it.each(['call', 'session', 'day', 'total'])('for each %s lets everything pass and says so', async (window) => {
    await using ring = await openRing({ config: priced({ budgets: [total(0.001, { mode: 'warn', window })] }) });
    ring.vendors[0]?.always(outOf(400));
    const { notes } = await ring.call('Hi', { model: A });
    expect(notes).toMatchObject([{ param: 'budget', asked: 'mine', why: '$0.004 are spent; it only warns' }]);
  });
});

describe('several models at once', () => {
  const requests = [A, B, C].map((model) => ({ ask: asking(1000), model }));
  const names = ['custom-a', 'custom-b', 'custom-c'];

  it('are asked when there is money for all of them, and what they did not use is let go of', async () => {
    await using home = await makeHome();
    await using ring = await openRing({ names, config: priced({ budgets: [total(0.03)] }), home: home.path });
    for (const vendor of ring.vendors) vendor.always(outOf(100));
    const outcomes = await ring.engine.callAll(requests);
    expect(outcomes.map((outcome) => 'answer' in outcome && outcome.answer.cost.nanoUsd)).toEqual([1e6, 1e6, 1e6]);
    const { rows, holds } = await ledgerOf(home.path);
    expect([rows.length, new Set(rows.map(({ call }) => call)).size, holds]).toEqual([3, 1, []]);
  });

  it('are none of them asked when it is too little for all', async () => {
    await using home = await makeHome();
    await using ring = await openRing({ names, config: priced({ budgets: [total(0.029)] }), home: home.path });
    for (const vendor of ring.vendors) vendor.always(outOf(100));
    await expect(ring.engine.callAll(requests)).rejects.toMatchObject({
      kind: 'budget',
      message: expect.stringContaining('the 3 calls together may cost up to $0.03, and'),
    });
    expect(asked(ring)).toEqual([0, 0, 0]);
    expect((await ledgerOf(home.path)).holds).toEqual([]);
  });

  it('are told what a comparison could be that fits: shorter answers, or fewer models', async () => {
    const budgets = [total(0.025), total(0.007, { name: 'theirs', scope: 'provider:custom-c' })];
    await using ring = await openRing({ names, config: priced({ budgets }) });
    for (const vendor of ring.vendors) vendor.always(outOf(100));
    await expect(ring.engine.callAll(requests)).rejects.toMatchObject({
      message: expect.stringContaining(`What would fit now: all of them with max_tokens 700; fewer of them: ${A} and ${B}. Or`),
    });
    const shorter = [A, B, C].map((model) => ({ ask: asking(700), model }));
    expect((await ring.engine.callAll(shorter)).every((outcome) => 'answer' in outcome)).toBe(true);
  });

  it('are told that nothing would fit where no two of them would', async () => {
    await using ring = await openRing({ names, config: priced({ budgets: [total(0.001)] }) });
    await expect(ring.engine.callAll(requests)).rejects.toMatchObject({
      message: expect.stringContaining('No comparison of them would fit: raise the budget in your config'),
    });
  });

  it('are asked without the one that cannot be, and nothing stays held for it', async () => {
    await using home = await makeHome();
    const config = priced({ budgets: [total(0.02)], models: { deny: [C] } });
    await using ring = await openRing({ names, config, home: home.path });
    for (const vendor of ring.vendors) vendor.always(outOf(100));
    const outcomes = await ring.engine.callAll(requests);
    expect(outcomes.map((outcome) => 'answer' in outcome)).toEqual([true, true, false]);
    expect((await ledgerOf(home.path)).holds).toEqual([]);
  });
});
