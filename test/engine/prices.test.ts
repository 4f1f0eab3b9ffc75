import { afterEach, expect, it, vi } from 'vitest';
import { parseConfig } from '../../src/config/config.ts';
import { userText } from '../../src/core/chat.ts';
import { costText } from '../../src/core/money.ts';
import { createEngine } from '../../src/engine/engine.ts';
import { ROWS } from '../contract/rows.ts';
import { asWritten, type Delivery } from '../support/delivery.ts';
import { makeHome } from '../support/home.ts';
import { answer } from '../support/reply.ts';
import { startVendor } from '../support/vendor.ts';
import { ledgerOf, priced, TOKEN } from './cashbox.ts';
import { A, openRing } from './ring.ts';

afterEach(() => {
  vi.useRealTimers();
});

/** A provider of the list with a vendor behind it, and an engine that calls nobody else. */
async function shop(provider: string, config: object = {}) {
  const row = ROWS.find((one) => one.provider.id === provider) ?? expect.fail(`no row for ${provider}`);
  const [home, vendor, machine] = [await makeHome(), await startVendor(row.dialect), await row.machine?.open()];
  const text = JSON.stringify({ retries: 0, ...config });
  const files = [{ path: 'config.yaml', text, trusted: true }];
  const engine = createEngine(parseConfig({ env: row.env(vendor.url, 'key-of-the-user'), home: home.path, files }));
  return {
    vendor,
    engine,
    rows: async () => (await ledgerOf(home.path)).rows,
    async [Symbol.asyncDispose]() {
      await engine.close();
      await vendor[Symbol.asyncDispose]();
      await home[Symbol.asyncDispose]();
      await machine?.[Symbol.asyncDispose]();
    },
  };
}

it('an attempt costs what it cost when it was made, not when it was over', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-20T00:29:58Z') });
  await using deepseek = await shop('deepseek');
  const intoTheDearHours: Delivery = function* deliver(reply) {
    vi.setSystemTime(new Date('2026-11-20T00:31:00Z'));
    yield* asWritten(reply);
  };
  const ask = { messages: [userText('Hi')] };
  const usage = { input: 1000, output: 1000 };
  deepseek.vendor.next(answer({ usage, model: 'deepseek-chat' }), { deliver: intoTheDearHours });
  deepseek.vendor.next(answer({ usage, model: 'deepseek-chat' }));
  const cheap = await deepseek.engine.call({ ask, model: 'deepseek/deepseek-chat' });
  const dear = await deepseek.engine.call({ ask, model: 'deepseek/deepseek-chat' });
  expect(cheap.cost.nanoUsd).toBe(685_000);
  expect(dear.cost.nanoUsd).toBe(1_370_000);
});

it('an answer that searched the web costs the searches too', async () => {
  await using anthropic = await shop('anthropic');
  const usage = { input: 1000, output: 1000, searches: 5 };
  anthropic.vendor.next(answer({ usage, model: 'claude-haiku-5-5' }));
  const { cost } = await anthropic.engine.call({
    ask: { messages: [userText('Hi')], webSearch: true },
    model: 'anthropic/claude-haiku-5-5',
  });
  expect(cost).toEqual({ nanoUsd: 50_600_000, from: 'catalog' });
});

it('searches that nobody knows the fee of leave a least cost, which counts and is told as not all', async () => {
  await using vertex = await shop('vertex');
  const usage = { input: 1000, output: 1000, searches: 3 };
  vertex.vendor.next(answer({ usage, model: 'gemini-2.5-pro', sources: [{ url: 'https://a.example/', title: 'A' }] }));
  const ask = { messages: [userText('Hi')], webSearch: true };
  const { cost } = await vertex.engine.call({ ask, model: 'vertex/gemini-2.5-pro' });
  expect(costText(cost)).toMatch(
    /^at least \$0\.011\d \(no price of a web search is known for gemini-2\.5-pro; pricing takes search_usd_per_1000\)$/,
  );
  expect(await vertex.rows()).toMatchObject([{ nano_usd: 11_250_000, cost_from: null }]);
  const { ledger } = await vertex.engine.ledger();
  expect(ledger.reports.by('provider', 0)).toMatchObject([{ nanoUsd: 11_250_000, unknown: 1 }]);
});

it('a fee for searches that the config gives is the one that counts', async () => {
  const pricing = { 'vertex/*': { input_usd_per_mtok: 1, output_usd_per_mtok: 1, search_usd_per_1000: 7 } };
  await using vertex = await shop('vertex', { pricing });
  const usage = { input: 1000, output: 1000, searches: 3 };
  vertex.vendor.next(answer({ usage, model: 'gemini-2.5-pro', sources: [{ url: 'https://a.example/', title: 'A' }] }));
  const ask = { messages: [userText('Hi')], webSearch: true };
  const { cost } = await vertex.engine.call({ ask, model: 'vertex/gemini-2.5-pro' });
  expect(cost).toEqual({ nanoUsd: 23_000_000, from: 'config' });
});

it('nothing counted for a prompt is a miscount, and what the cache gave is not', async () => {
  await using home = await makeHome();
  await using ring = await openRing({ names: ['custom-a'], config: priced(), home: home.path });
  const ask = { messages: [userText('Hi')] };
  const costOf = async (usage: object) => {
    ring.vendors[0]?.next(answer({ usage }));
    return (await ring.call(ask, { model: A })).cost;
  };
  expect(await costOf({ input: 0, output: 80 })).toEqual({ nanoUsd: 80 * TOKEN, from: 'estimate' });
  expect(await costOf({ input: 0, cacheRead: 9, output: 80 })).toEqual({ nanoUsd: 80 * TOKEN, from: 'config' });
});
