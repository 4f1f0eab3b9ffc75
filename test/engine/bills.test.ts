import { afterEach, describe, expect, it, vi } from 'vitest';
import { makeHome } from '../support/home.ts';
import { answer, type Content, edited } from '../support/reply.ts';
import { ledgerOf } from './cashbox.ts';
import { asked, openRing, type Ring } from './ring.ts';

const budgets = [{ name: 'mine', limit_usd: 0.05, window: 'total' }];

/** An answer of OpenRouter with its own bill, in dollars. */
const billing = (cost: number): Content =>
  edited({}, (events) =>
    events.map((event) => {
      const { usage } = event.data as { usage?: object };
      return usage ? { ...event, data: { ...event.data, usage: { ...usage, cost } } } : event;
    }),
  );

/** A model of OpenRouter that its list gives away. */
async function givenAway({ engine }: Ring): Promise<string> {
  const models = (await engine.catalog()).models('openrouter');
  const free = models.find(({ rates }) => rates?.input === 0 && rates.output === 0);
  return `openrouter/${free?.id ?? expect.fail('There is none.')}`;
}

describe('a model that seems to cost nothing', () => {
  it.each([
    ['by the price list', {}, givenAway, 'of $0 at most'],
    ['because nobody knows', { unknown_price: 'allow' }, async () => 'openrouter/a/model-of-nobody', 'that nobody knew'],
  ])('%s is refused once its bills have used a budget up, and each bill is noted', async (_, more, pick, was) => {
    await using home = await makeHome();
    await using ring = await openRing({ names: ['openrouter'], config: { budgets, ...more }, home: home.path });
    const model = await pick(ring);
    ring.vendors[0]?.always(billing(0.04));
    for (let nth = 0; nth < 2; nth += 1)
      expect((await ring.call('Hi', { model })).notes).toContainEqual(
        expect.objectContaining({ param: 'cost', asked: was, sent: '$0.04' }),
      );
    const { kind, message } = await ring.failure('Hi', { model });
    expect([kind, asked(ring)]).toEqual(['budget', [2]]);
    expect(message).toContain(
      `The budget "mine" has no room: nothing of $0.05 is left ($0.08 spent), and what a call to ${model} costs is known only after it`,
    );
    expect((await ledgerOf(home.path)).holds).toEqual([]);
  });

  it('is asked whatever was spent when its user says that it is free', async () => {
    const ask = (config: object) => openRing({ names: ['openrouter'], config: { budgets, ...config } });
    await using ring = await ask({ pricing: { 'openrouter/*': { input_usd_per_mtok: 0, output_usd_per_mtok: 0 } } });
    ring.vendors[0]?.always(billing(0.08));
    for (let nth = 0; nth < 2; nth += 1) await ring.call('Hi', { model: await givenAway(ring) });
    expect(asked(ring)).toEqual([2]);
  });
});

describe('prices by the time of day', () => {
  afterEach(() => void vi.useRealTimers());

  it('are those of when it was asked, however late the answer ends', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-11-21T16:29:00Z') });
    await using ring = await openRing({ names: ['deepseek'] });
    const { price } = await ring.engine.prices();
    const usage = { input: 100_000, output: 100_000 };
    const by = (time: string) =>
      price(usage, { provider: 'deepseek', models: ['deepseek-chat'], facts: [] }, new Date(`2026-11-21T${time}Z`)).nanoUsd;
    expect(by('16:31:00')).not.toBe(by('16:29:00'));
    ring.vendors[0]?.next((dialect, request) => {
      vi.setSystemTime(Date.parse('2026-11-21T16:31:00Z'));
      return answer({ usage, model: 'deepseek-chat' })(dialect, request);
    });
    const { cost } = await ring.call('Hi', { model: 'deepseek/deepseek-chat' });
    expect(cost.nanoUsd).toBe(by('16:29:00'));
  });
});
