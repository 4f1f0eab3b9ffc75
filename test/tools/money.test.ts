import { describe, expect, it } from 'vitest';
import { FIRST_OF_EACH_WIRE } from '../contract/rows.ts';
import { setClock } from '../support/clock.ts';
import { openDesk } from '../support/desk.ts';
import { dialects } from '../support/dialects/index.ts';
import { answer } from '../support/reply.ts';
import { startVendor } from '../support/vendor.ts';

const PRICES = 'pricing: { "*": { input_usd_per_mtok: 1, output_usd_per_mtok: 10 } }\n';

/** Two models of the user's own, the first dear and the second cheap, and a task that prefers the first. */
const TWO = `
pricing:
  openai/dear: { input_usd_per_mtok: 0, output_usd_per_mtok: 100 }
  openai/cheap: { input_usd_per_mtok: 0, output_usd_per_mtok: 1 }
tasks:
  chore: { models: [openai/dear, openai/cheap] }
`;

async function startTwo() {
  const vendor = await startVendor(dialects['openai-responses']);
  const env = { OPENAI_API_KEY: 'key', OPENAI_BASE_URL: `${vendor.url}/v1` };
  return { vendor, env };
}

describe.each([...FIRST_OF_EACH_WIRE])('dry_run on $wire', (row) => {
  it('calls nobody and says tokens, price, address and parameters', async () => {
    await using vendor = await startVendor(row.dialect);
    await using _ = (await row.machine?.open()) ?? { [Symbol.asyncDispose]: () => Promise.resolve() };
    await using desk = await openDesk(row.env(vendor.url, 'key-of-the-user'), PRICES);
    const args = { model: `${row.provider.id}/sim-1`, prompt: 'word '.repeat(1000), max_tokens: 2000, dry_run: true };
    const { text, failed, meta } = await desk.call('call_model', args);
    expect([failed, vendor.requests.length]).toEqual([false, 0]);
    expect(text).toContain('Nothing was sent: this is what would be.');
    expect(text).toContain(`Would ask ${row.provider.id}/sim-1\n  to http://127.0.0.1:${new URL(vendor.url).port}`);
    expect(text).toMatch(/input about 1,0\d\d tokens, [12],\d{3} at most/);
    expect(text).toMatch(/\$0\.001 for the input alone, \$0\.02\d+ at most with an answer of 2,000 tokens/);
    expect(text).toMatch(/\n {2}with \{.*2000.*\}/);
    expect(text).toContain('(tokens estimated by tokenx');
    expect(JSON.stringify([text, meta])).not.toMatch(/key-of-the-user|word word/);
  });
});

describe('dry_run', () => {
  it('of a comparison says what all of them cost together, and of an unknown price that it is not known', async () => {
    const { vendor, env } = await startTwo();
    await using _ = vendor;
    await using desk = await openDesk(env, TWO);
    const args = { models: ['openai/dear', 'openai/cheap', 'openai/strange'], prompt: 'Hi', max_tokens: 1000, dry_run: true };
    const { text } = await desk.call('compare_models', args);
    expect(text).toContain('Together at least $0.101, some prices are not known.');
    expect(text).toContain('price not known (no price is known for strange)');
    expect(vendor.requests).toEqual([]);
  });

  it('of a comparison says who could not be asked, and what a budget would refuse', async () => {
    const { vendor, env } = await startTwo();
    await using _ = vendor;
    await using desk = await openDesk(env, `${TWO}budget: $0.05 a day\n`);
    const args = { models: ['openai/dear', 'groq/llama-3.3-70b-versatile'], prompt: 'Hi', max_tokens: 1000, dry_run: true };
    const { text, failed } = await desk.call('compare_models', args);
    expect(failed).toBe(false);
    expect(text).toMatch(/Would ask openai\/dear[^]+it would be refused now: The budget "\$0\.05 a day" has no room/);
    expect(text).toMatch(/Would not ask groq\/llama-3\.3-70b-versatile: .*GROQ_API_KEY/);
    const { text: cheap } = await desk.call('call_model', {
      model: 'openai/cheap',
      prompt: 'Hi',
      max_tokens: 1000,
      dry_run: true,
    });
    expect(cheap).not.toContain('refused');
  });

  it('of a comparison says so where each of them would fit and all of them together do not', async () => {
    const { vendor, env } = await startTwo();
    await using _ = vendor;
    const config = `${TWO.replace('pricing:', 'pricing:\n  openai/dearer: { input_usd_per_mtok: 0, output_usd_per_mtok: 110 }')}budget: $0.20 a day\n`;
    await using desk = await openDesk(env, config);
    const args = { models: ['openai/dear', 'openai/dearer', 'openai/cheap'], prompt: 'Hi', max_tokens: 1000 };
    const { text, meta } = await desk.call('compare_models', { ...args, dry_run: true });
    expect(text).not.toContain('it would be refused now');
    const refusal =
      'The budget "$0.20 a day" has no room: the 3 calls together may cost up to $0.211, and $0.20 of $0.20 is left ($0 spent).';
    expect(text).toContain(`Together $0.211 at most.\n\nThe comparison would be refused now: ${refusal}`);
    expect(text).toContain('What would fit now: all of them with max_tokens 900; fewer of them: openai/dear and openai/cheap.');
    expect(meta['switchboard/refusal']).toContain(refusal);
    expect((await desk.call('compare_models', args)).text).toContain(refusal);
    expect((await desk.call('compare_models', { ...args, max_tokens: 900, dry_run: true })).text).not.toContain('refused');
    expect(vendor.requests).toEqual([]);
  });

  it('of a task says who would be asked next', async () => {
    const { vendor, env } = await startTwo();
    await using _ = vendor;
    await using desk = await openDesk(env, TWO);
    const { text } = await desk.call('route_by_task', { task: 'chore', prompt: 'Hi', max_tokens: 1000, dry_run: true });
    expect(text).toMatch(/Would ask openai\/dear[^]+If that fails, openai\/cheap/);
    expect(vendor.requests).toEqual([]);
  });
});

describe('max_cost_usd of route_by_task', () => {
  const args = { task: 'chore', prompt: 'Hi', max_tokens: 1000 };

  it('moves on to a candidate that fits, and says why', async () => {
    const { vendor, env } = await startTwo();
    await using _ = vendor;
    vendor.always(answer({ model: 'cheap' }));
    await using desk = await openDesk(env, TWO);
    const { text } = await desk.call('route_by_task', { ...args, max_cost_usd: 0.05 });
    expect(text).toContain('openai/cheap');
    expect(text).toContain('The budget "max_cost_usd $0.05" has no room: a call to openai/dear may cost up to $0.10');
    expect(vendor.requests.map(({ body }) => body)).toMatchObject([{ model: 'cheap' }]);
  });

  it('refuses when none fits, without asking anybody', async () => {
    const { vendor, env } = await startTwo();
    await using _ = vendor;
    await using desk = await openDesk(env, TWO);
    const { text, failed } = await desk.call('route_by_task', { ...args, max_cost_usd: 0.0001 });
    expect([failed, vendor.requests.length]).toEqual([true, 0]);
    expect(text).toContain('It is the limit of each single call');
    expect(text).toMatch(/What would fit now: \S+ with max_tokens \d+\. Or raise max_cost_usd\.$/);
  });

  it('is nothing to a call that fits', async () => {
    const { vendor, env } = await startTwo();
    await using _ = vendor;
    vendor.always(answer({ model: 'dear' }));
    await using desk = await openDesk(env, TWO);
    expect((await desk.call('route_by_task', { ...args, max_cost_usd: 1 })).text).toContain('openai/dear');
  });
});

describe('what would fit where a budget has no room', () => {
  const env = { OPENAI_API_KEY: 'key', GROQ_API_KEY: 'key', OPENAI_BASE_URL: 'http://127.0.0.1:9/v1' };
  const refusal = async (config: string, args: object = {}) => {
    await using desk = await openDesk(env, config);
    return (await desk.call('call_model', { model: 'openai/gpt-6.1-sol', prompt: 'Hi', max_tokens: 100_000, ...args })).text;
  };

  it('is a model that may be called', async () => {
    const open = await refusal('budget: $0.30 a day');
    expect(open).toMatch(/What would fit now: max_tokens [\d,]+; (?:groq|openai)\/\S+ \(\$[\d.]+ at most\)/);
    expect(open).toContain('groq/');
    expect(await refusal('budget: $0.30 a day\nmodels: { deny: ["groq/*"] }')).not.toContain('groq/');
  });

  it('is a shorter answer where nothing else does', async () => {
    expect(await refusal('budget: $0.0005 a day')).toMatch(
      /What would fit now: .*with max_tokens [\d,]+.*\. Or raise the budget/,
    );
  });

  it('has room under every budget that blocks it', async () => {
    const two = 'budgets: [{ limit_usd: 0.3 }, { limit_usd: 0.000001, scope: "provider:groq" }]';
    expect(await refusal(two)).not.toContain('groq/');
  });
});

describe('what an answer says of money', () => {
  it('is in its footer: what was cached, what was stored, and what it cost', async () => {
    await using vendor = await startVendor(dialects['anthropic-messages']);
    vendor.always(answer({ model: 'claude-sonnet-4-6', usage: { input: 1000, cacheRead: 2000, cacheWrite: 300, output: 40 } }));
    await using desk = await openDesk({ ANTHROPIC_API_KEY: 'key', ANTHROPIC_BASE_URL: vendor.url });
    const { text } = await desk.call('call_model', { model: 'anthropic/claude-sonnet-4-6', prompt: 'Hi' });
    // 1,000 x 3,000 + 2,000 x 300 + 300 x 3,750 + 40 x 15,000 nano-dollars
    expect(text).toContain('1,000 (+ 2,000 cached, 300 stored) tokens in, 40 out · $0.0053 · ');
  });

  it('is that it was kept and free, when it is given a second time', async () => {
    const { vendor, env } = await startTwo();
    await using _ = vendor;
    vendor.next(answer());
    await using desk = await openDesk(env, `${PRICES}cache: { enabled: true }`);
    const args = { model: 'openai/sim-1', prompt: 'Hi', temperature: 0 };
    await desk.call('call_model', args);
    const { text } = await desk.call('call_model', args);
    expect(text).toMatch(/\[openai\/sim-1-2026-11-01 · given .+ ago and kept · free \(from the cache\) · /);
  });

  it('shows in list_models once there is history', async () => {
    // While gpt-5 is served.
    using _ = setClock('2026-11-21');
    const { env, ...started } = await startTwo();
    await using vendor = started.vendor;
    vendor.always(answer({ model: 'gpt-5', usage: { input: 1000, output: 100 } }));
    await using desk = await openDesk(env);
    const listed = async () => (await desk.call('list_models', { query: 'gpt-5', limit: 200 })).text;
    const line = /^- openai\/gpt-5 · .+$/m;
    expect(line.exec(await listed())?.[0]).toMatch(/price unknown · ready at http:/);
    expect(await listed()).not.toContain('seen');
    for (let n = 0; n < 2; n += 1) await desk.call('call_model', { model: 'openai/gpt-5', prompt: 'Hi' });
    expect(line.exec(await listed())?.[0]).toMatch(/price unknown · seen \$0\.002\d and .+ a call, 2 times/);
  });
});
