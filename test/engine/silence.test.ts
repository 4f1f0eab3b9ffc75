import { describe, expect, it } from 'vitest';
import { measureSilence } from '../../src/engine/attempt/silence.ts';
import { spending } from '../../src/engine/spending.ts';
import { failureText } from '../../src/tools/render/failure.ts';
import { renderUsage } from '../../src/tools/render/usage.ts';
import { silence, stallAfter } from '../support/delivery.ts';
import { makeHome } from '../support/home.ts';
import { answer, failure, saying } from '../support/reply.ts';
import { asking, ledgerOf, priced, TOKEN } from './cashbox.ts';
import { A, asked, B, openRing } from './ring.ts';

const budgets = [{ limit_usd: 0.05, window: 'total' }];
const QUICK = { first_byte_ms: 250, idle_ms: 250 };

describe('a model that thinks in silence', () => {
  it('until the time is up costs what was held, so that a ceiling stops it', async () => {
    await using home = await makeHome();
    const config = priced({ budgets, timeouts: QUICK });
    await using ring = await openRing({ names: ['custom-a'], config, home: home.path });
    ring.vendors[0]?.always(answer(), { deliver: silence });
    const kinds: string[] = [];
    for (let nth = 0; nth < 4; nth += 1) kinds.push((await ring.failure(asking(400), { model: A })).kind);
    expect(kinds).toEqual(['timeout', 'timeout', 'timeout', 'timeout']);
    expect((await ledgerOf(home.path)).rows.map((row) => row['nano_usd'])).toEqual([1, 2, 3, 4].map(() => 400 * TOKEN));
    // Four of $0.004 are spent: one of $0.04 does not fit any more.
    expect((await ring.failure(asking(4000), { model: A })).kind).toBe('budget');
    expect(asked(ring)).toEqual([4]);
  });

  it('is told of with its cost, in the failure and in the report', async () => {
    await using home = await makeHome();
    await using ring = await openRing({ names: ['custom-a'], config: priced({ budgets, timeouts: QUICK }), home: home.path });
    ring.vendors[0]?.always(answer(), { deliver: silence });
    const text = failureText(await ring.failure(asking(400), { model: A }));
    expect(text).toContain('It cost about $0.004 (estimated by its time).');
    expect(text).toMatch(
      /Cost of \d+ ms of silence became \$0\.004: the model may have thought meanwhile \(3,000 tokens a second assumed, up to what was held\)\./,
    );
    expect(renderUsage(await spending(ring.engine, 0))).toContain('Of it $0.004 is estimated, because the vendor told no count.');
  });

  it('until its caller leaves costs what it may have thought by then', async () => {
    await using home = await makeHome();
    await using ring = await openRing({ names: ['custom-a'], config: priced({ budgets }), home: home.path });
    const coming = ring.vendors[0]?.next(answer(), { deliver: silence });
    const leaving = new AbortController();
    const failed = ring.failure(asking(100), { model: A }, { signal: leaving.signal });
    await coming?.request;
    setTimeout(() => leaving.abort(), 50);
    expect((await failed).kind).toBe('cancelled');
    expect((await ledgerOf(home.path)).rows).toMatchObject([{ kind: 'cancelled', cost_from: 'time', nano_usd: 100 * TOKEN }]);
  });

  it('without a budget is estimated by what most models do', async () => {
    await using ring = await openRing({ names: ['custom-a'], config: priced({ timeouts: QUICK }) });
    ring.vendors[0]?.always(answer(), { deliver: silence });
    const { attempts = [], notes } = (await ring.failure(asking(4000), { model: A })).facts;
    expect(attempts).toMatchObject([{ cost: { from: 'time' } }]);
    const tokens = Number(attempts[0]?.cost?.nanoUsd) / TOKEN;
    expect(tokens).toBeGreaterThanOrEqual(25);
    expect(tokens).toBeLessThan(1000);
    expect(notes).toMatchObject([{ param: 'cost', why: expect.stringContaining('(100 tokens a second assumed)') }]);
  });

  it.each([
    ['has counted what it began with (Anthropic)', 'anthropic', 'anthropic/sim-1'],
    ['has said hello', 'custom-a', A],
  ])('although its vendor %s', async (_, name, model) => {
    const config = { pricing: { '*': { input_usd_per_mtok: 0, output_usd_per_mtok: 10 } }, budgets, timeouts: { idle_ms: 1100 } };
    await using ring = await openRing({ names: [name], config });
    ring.vendors[0]?.always(answer({ text: ['Hello', ' again'], usage: { input: 7, output: 1000 } }), {
      deliver: stallAfter(400),
    });
    const { attempts } = (await ring.failure(asking(2000), { model })).facts;
    expect(attempts).toMatchObject([{ cost: { nanoUsd: 2000 * TOKEN, from: 'time' } }]);
  });

  it('beside one that answers is told of with that answer', async () => {
    await using ring = await openRing({ config: priced({ budgets, timeouts: QUICK, fallbacks: { default: [B] } }) });
    ring.vendors[0]?.always(answer(), { deliver: silence });
    ring.vendors[1]?.always(answer());
    const { notes, cost } = await ring.call(asking(400), { model: A });
    expect(notes).toMatchObject([{ param: 'model' }, { param: 'cost', sent: '$0.004' }]);
    expect(cost.nanoUsd).toBeGreaterThanOrEqual(400 * TOKEN);
  });

  it('until somebody in between gives it up costs no less', async () => {
    await using ring = await openRing({ names: ['custom-a'], config: priced({ budgets }) });
    ring.vendors[0]?.inTurn(failure({ status: 504 }), failure({ status: 500 }));
    const first = await ring.failure(asking(400), { model: A });
    // At once nothing has been thought over.
    expect(first.facts.attempts).toMatchObject([{ cost: { nanoUsd: 0, from: 'unbilled' } }]);
    const { attempts } = await ring.failure(asking(400), { model: A }).then(({ facts }) => facts);
    expect(attempts).toMatchObject([{ cost: { nanoUsd: 0, from: 'unbilled' } }]);
  });

  it('and is counted in the end costs what was counted', async () => {
    await using ring = await openRing({ names: ['custom-a'], config: priced({ budgets }) });
    const usage = { prompt_tokens: 5, completion_tokens: 80, total_tokens: 85 };
    ring.vendors[0]?.always(saying({ data: { choices: [{ delta: {}, finish_reason: 'length' }], usage } }));
    const { kind, facts } = await ring.failure(asking(400), { model: A });
    expect([kind, facts.attempts]).toMatchObject(['empty', [{ cost: { nanoUsd: 80 * TOKEN, from: 'config' } }]]);
  });
});

describe('silence', () => {
  /** How long the silence was when at these moments a piece (`break`) or a count (`forget`) came, until the last moment. */
  const measured = (events: readonly (readonly ['break' | 'forget' | 'sum', number])[]): number => {
    let now = 0;
    const one = measureSilence(() => now);
    return events.reduce((sum, [what, at]) => {
      now = at;
      return one[what]() ?? sum;
    }, 0);
  };

  it.each([
    ['all of it, where nothing ever comes', [['sum', 300]], 300],
    [
      'nothing of the pace of a stream',
      [
        ['break', 900],
        ['break', 1800],
        ['sum', 2700],
      ],
      0,
    ],
    [
      'what was before the first piece',
      [
        ['break', 5000],
        ['sum', 5100],
      ],
      5000,
    ],
    [
      'what was between two and after the last',
      [
        ['break', 10],
        ['break', 3010],
        ['sum', 5010],
      ],
      5000,
    ],
    [
      'nothing from before a count',
      [
        ['break', 5000],
        ['forget', 9000],
        ['sum', 9500],
      ],
      0,
    ],
    [
      'what was after a count',
      [
        ['forget', 20],
        ['sum', 60_020],
      ],
      60_000,
    ],
  ] as const)('is %s', (_, events, ms) => {
    expect(measured(events)).toBe(ms);
  });
});
