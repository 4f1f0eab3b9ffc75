import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { countTokens } from 'gpt-tokenizer/encoding/o200k_base';
import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../src/config/config.ts';
import { userText } from '../../src/core/chat.ts';
import { tokensOf } from '../../src/core/tokens.ts';
import { createEngine } from '../../src/engine/engine.ts';
import { failureText } from '../../src/tools/render/failure.ts';
import type { WireId } from '../../src/wires/wire.ts';
import { FIRST_OF_EACH_WIRE } from '../contract/rows.ts';
import { LANGUAGES, PROSE_AND_CODE } from '../pricing/texts.ts';
import { cutAfter, type Delivery, hangUp, late, silence, stallAfter } from '../support/delivery.ts';
import { makeHome } from '../support/home.ts';
import { type Content } from '../support/reply.ts';
import { answer, complaint, edited, failure } from '../support/reply.ts';
import { startVendor } from '../support/vendor.ts';
import { asking, ledgerOf, priced, TOKEN } from './cashbox.ts';
import { A, B, openRing } from './ring.ts';

const budgets = [{ limit_usd: 1, window: 'total' }];
const LONG = answer({ text: Array.from({ length: 40 }, (_, nth) => `word ${nth} `), usage: { input: 5, output: 80 } });

const WORDS = 'A few words, of which nobody counted a single one. '.repeat(8);

type Case = readonly [what: string, content: Content, deliver: Delivery | undefined, kind: string, from: string];

const FAILURES: readonly Case[] = [
  ['that the vendor refuses', failure({ status: 400 }), undefined, 'bad_request', 'unbilled'],
  ['whose account is empty', complaint('noCredit'), undefined, 'no_credit', 'unbilled'],
  ['that the vendor cannot take', failure({ status: 503 }), undefined, 'overloaded', 'unbilled'],
  ['that fails at the vendor', failure({ status: 500 }), undefined, 'upstream', 'unbilled'],
  ['whose connection closes before a word is said', LONG, hangUp, 'network', 'unbilled'],
  ['that breaks off in mid-answer', LONG, cutAfter('half'), 'network', 'estimate'],
  ['to which nobody answers in time', LONG, silence, 'timeout', 'time'],
  ['that is answered with no text', answer({ text: [''], usage: { input: 5, output: 80 } }), undefined, 'empty', 'config'],
];

describe('an attempt', () => {
  it.each(FAILURES)('%s is written down, and nothing stays held for it', async (_, content, deliver, kind, from) => {
    await using home = await makeHome();
    const timeouts = deliver === undefined ? {} : { first_byte_ms: 300, idle_ms: 300 };
    const config = priced({ budgets, timeouts });
    await using ring = await openRing({ names: ['custom-a'], config, home: home.path });
    ring.vendors[0]?.next(content, deliver === undefined ? {} : { deliver });
    const failed = await ring.failure(asking(1000), { model: A });
    const { rows, holds } = await ledgerOf(home.path);
    expect([failed.kind, holds]).toEqual([kind, []]);
    expect(rows).toMatchObject([{ kind, cost_from: from, tool: 'call_model', asked: A }]);
    const spent = Number(rows[0]?.['nano_usd']);
    expect(failed.facts.attempts).toMatchObject([{ cost: { nanoUsd: spent, from } }]);
    if (from === 'config') expect(spent).toBe(80 * TOKEN);
    if (from === 'estimate' && kind !== 'timeout') expect(spent).toBeGreaterThan(0);
    expect(spent).toBeLessThanOrEqual(1000 * TOKEN);
  });

  it('that falls silent in mid-answer is written down as a failure, and what had arrived is kept', async () => {
    await using home = await makeHome();
    await using ring = await openRing({ names: ['custom-a'], config: priced({ timeouts: { idle_ms: 300 } }), home: home.path });
    ring.vendors[0]?.next(LONG, { deliver: stallAfter('half') });
    const { partial, attempts, notes } = await ring.call(asking(1000), { model: A });
    expect(partial).toBe(true);
    expect(notes).toMatchObject([{ param: 'answer', asked: 'cut off', why: expect.stringContaining('sent nothing more') }]);
    const { rows, holds } = await ledgerOf(home.path);
    expect(holds).toEqual([]);
    expect(rows).toMatchObject([{ kind: 'timeout', cost_from: 'estimate' }]);
    expect(attempts).toMatchObject([{ kind: 'timeout', cost: { nanoUsd: Number(rows[0]?.['nano_usd']), from: 'estimate' } }]);
  });

  it('that fails says what else the reader should know of its money, once', async () => {
    const both = [
      { limit_usd: 1, window: 'total', name: 'mine' },
      { limit_usd: 0.01, window: 'total', name: 'warned', mode: 'warn' },
    ];
    await using ring = await openRing({ names: ['custom-a'], config: priced({ budgets: both, retries: 1 }) });
    ring.vendors[0]?.always(answer({ text: [''], usage: { input: 5, output: 5000 } }));
    const failed = await ring.failure(asking(1000), { model: A });
    expect(failed.facts.notes).toMatchObject([
      { param: 'cost', asked: 'of $0.01 at most', sent: '$0.05' },
      { param: 'budget', asked: 'warned', why: '$0.05 are spent; it only warns' },
    ]);
    expect(failureText(failed)).toContain(
      'It cost $0.05. Cost of $0.01 at most became $0.05: the vendor billed more than the worst case that was held; it counts against the budget. Budget warned: $0.05 are spent; it only warns.',
    );
  });

  it('whose answer does not match its schema says so too', async () => {
    await using ring = await openRing({ names: ['custom-a'], config: priced({ budgets }) });
    ring.vendors[0]?.always(answer({ text: ['no JSON'], usage: { input: 5, output: 5000 } }));
    const failed = await ring.failure({ ...asking(1000), schema: { type: 'object' } }, { model: A });
    expect([failed.kind, failed.facts.notes]).toMatchObject(['invalid_output', [{ param: 'cost', sent: '$0.05' }]]);
  });

  it('says how a budget stands that only warns as it stood last', async () => {
    const warn = [{ limit_usd: 0.01, window: 'total', name: 'warned', mode: 'warn' }];
    await using ring = await openRing({
      names: ['custom-a'],
      config: priced({ budgets: warn, fallbacks: { default: [`${A}-b`] } }),
    });
    ring.vendors[0]?.always(answer({ text: [''], usage: { input: 5, output: 5000 } }));
    const { facts } = await ring.failure(asking(1000), { model: A });
    expect(facts.notes).toMatchObject([{ param: 'budget', asked: 'warned', why: '$0.10 are spent; it only warns' }]);
    ring.vendors[0]?.inTurn(
      answer({ text: [''], usage: { input: 5, output: 5000 } }),
      answer({ usage: { input: 5, output: 5000 }, model: 'sim-1-b' }),
    );
    expect((await ring.call(asking(1000), { model: A })).notes).toMatchObject([
      { param: 'model' },
      { param: 'budget', asked: 'warned', why: '$0.20 are spent; it only warns' },
    ]);
  });

  it('that fails says so beside the answer of the one that stood in', async () => {
    await using ring = await openRing({ config: priced({ budgets, fallbacks: { default: [B] } }) });
    ring.vendors[0]?.always(answer({ text: [''], usage: { input: 5, output: 5000 } }));
    ring.vendors[1]?.always(answer());
    const { notes } = await ring.call(asking(1000), { model: A });
    expect(notes.map(({ param, sent }) => [param, sent])).toEqual([
      ['model', B],
      ['cost', '$0.05'],
    ]);
  });

  it('that is cancelled is written down as an estimate', async () => {
    await using home = await makeHome();
    await using ring = await openRing({ names: ['custom-a'], config: priced({ budgets }), home: home.path });
    const coming = ring.vendors[0]?.next(LONG, { deliver: stallAfter('half') });
    const leaving = new AbortController();
    const failed = ring.failure(asking(1000), { model: A }, { signal: leaving.signal });
    await coming?.request;
    setTimeout(() => leaving.abort(), 100);
    expect((await failed).kind).toBe('cancelled');
    const { rows, holds } = await ledgerOf(home.path);
    expect([rows.map((row) => [row['kind'], row['cost_from']]), holds]).toEqual([[['cancelled', 'estimate']], []]);
  });

  it('that is under way when the engine closes is written down', async () => {
    await using home = await makeHome();
    await using ring = await openRing({ names: ['custom-a'], config: priced({ budgets }), home: home.path });
    const coming = ring.vendors[0]?.next(LONG, { deliver: stallAfter('half') });
    const failed = ring.failure(asking(1000), { model: A });
    await coming?.request;
    await Promise.all([failed, ring.engine.close()]);
    const { rows, holds } = await ledgerOf(home.path);
    expect([rows.map((row) => row['kind']), holds]).toEqual([['cancelled'], []]);
  });

  it.each(['german', 'amharic', 'chinese', 'korean'])(
    'without tokens from the vendor is estimated by its script, and called an estimate: %s',
    async (language) => {
      await using home = await makeHome();
      await using ring = await openRing({ names: ['custom-a'], config: priced(), home: home.path });
      const text = LANGUAGES[language] ?? '';
      const thinking = PROSE_AND_CODE['a document']?.slice(0, 400) ?? '';
      ring.vendors[0]?.next(answer({ text: [text], thinking: [thinking], usage: null }));
      const { cost } = await ring.call('Hi', { model: A });
      const tokens = countTokens(text) + countTokens(thinking);
      expect(Number(cost.nanoUsd) / TOKEN / tokens).toBeGreaterThan(0.75);
      expect(Number(cost.nanoUsd) / TOKEN / tokens).toBeLessThan(1.6);
      expect((await ledgerOf(home.path)).rows).toMatchObject([{ cost_from: 'estimate', nano_usd: cost.nanoUsd }]);
    },
  );

  it.each([
    ['nothing was counted for a text', { input: 0, output: 0 }, tokensOf(WORDS).likely],
    ['nobody can have counted right', { input: 9e18, output: 9e18 }, tokensOf(WORDS).likely],
    ['thinking was counted apart', { input: 5, output: 80, thinking: 500 }, 580],
  ])('is priced by what can be true where %s', async (_, usage, tokens) => {
    await using home = await makeHome();
    await using ring = await openRing({ names: ['custom-a'], config: priced(), home: home.path });
    ring.vendors[0]?.always(answer({ text: [WORDS], usage }));
    for (let nth = 0; nth < 2; nth += 1) expect((await ring.call('Hi', { model: A })).cost.nanoUsd).toBe(tokens * TOKEN);
    const { ledger } = await ring.engine.ledger();
    expect(ledger.reports.by('provider', 0)).toMatchObject([{ nanoUsd: 2 * tokens * TOKEN }]);
  });

  it('that broke off after what the vendor had counted by then is priced by what was heard', async () => {
    await using home = await makeHome();
    const row = [...FIRST_OF_EACH_WIRE].find(({ wire }) => wire === 'anthropic-messages') ?? expect.fail('no such wire');
    await using vendor = await startVendor(row.dialect);
    const text = JSON.stringify({ retries: 0, pricing: { '*': { input_usd_per_mtok: 1000, output_usd_per_mtok: 10 } } });
    const env = row.env(vendor.url, 'key-of-the-user');
    const engine = createEngine(parseConfig({ env, home: home.path, files: [{ path: 'config.yaml', text, trusted: true }] }));
    const said = Array.from({ length: 100 }, (_, nth) => `a hundred words, of which this is ${nth}, `);
    vendor.next(answer({ text: said, usage: { input: 7, output: 1000 } }), { deliver: cutAfter('half') });
    await engine.call({ ask: { messages: [userText('Hi')] }, model: `${row.provider.id}/sim-1` }).catch(() => undefined);
    const [attempt] = (await ledgerOf(home.path)).rows;
    await engine.close();
    expect(attempt).toMatchObject({ cost_from: 'estimate', input: 7 });
    // Seven tokens in, and some four hundred heard.
    expect(Number(attempt?.['nano_usd'])).toBeGreaterThan(7 * 1_000_000 + 300 * TOKEN);
  });

  /** A vendor that counts its input as it begins, at a dollar a thousand tokens in. */
  async function beginning(wire: WireId, home: string) {
    const row = [...FIRST_OF_EACH_WIRE].find((one) => one.wire === wire) ?? expect.fail('no such wire');
    const vendor = await startVendor(row.dialect);
    const text = JSON.stringify({
      retries: 0,
      pricing: { '*': { input_usd_per_mtok: 1000, output_usd_per_mtok: 10 } },
      timeouts: { idle_ms: 300 },
    });
    const env = row.env(vendor.url, 'key-of-the-user');
    const engine = createEngine(parseConfig({ env, home, files: [{ path: 'config.yaml', text, trusted: true }] }));
    const ask = (signal?: AbortSignal) =>
      engine
        .call({ ask: { messages: [userText('Hi')] }, model: `${row.provider.id}/sim-1` }, signal === undefined ? {} : { signal })
        .catch(() => undefined);
    return { vendor, engine, ask };
  }

  it.each([
    ['its time runs out', 'anthropic-messages'],
    ['its time runs out', 'google-generate'],
    ['its caller leaves', 'anthropic-messages'],
    ['its caller leaves', 'google-generate'],
  ] as const)('that ends because %s is priced by what the vendor had counted by then (%s)', async (how, wire) => {
    await using home = await makeHome();
    const { vendor, engine, ask } = await beginning(wire, home.path);
    const text = Array.from({ length: 40 }, (_, nth) => `word ${nth} `);
    const coming = vendor.next(answer({ text, usage: { input: 50_000, output: 80 } }), { deliver: stallAfter('half') });
    const leaving = new AbortController();
    const asked = ask(leaving.signal);
    await coming.request;
    if (how === 'its caller leaves') setTimeout(() => leaving.abort(), 150);
    await asked;
    const [attempt] = (await ledgerOf(home.path)).rows;
    await engine.close();
    await vendor[Symbol.asyncDispose]();
    expect(attempt).toMatchObject({ kind: how === 'its caller leaves' ? 'cancelled' : 'timeout', input: 50_000 });
    expect(Number(attempt?.['nano_usd'])).toBeGreaterThanOrEqual(50_000 * 1_000_000);
  });

  it('that the vendor calls failed is priced by the usage beside it', async () => {
    await using home = await makeHome();
    const { vendor, engine, ask } = await beginning('openai-responses', home.path);
    const usage = { input_tokens: 50_000, output_tokens: 7, total_tokens: 50_007 };
    const error = { code: 'server_error', message: 'Something broke.' };
    const response = { id: 'r', object: 'response', status: 'failed', error, output: [], model: 'sim-1', usage };
    vendor.always(
      edited({ text: [] }, (events) => [
        ...events.slice(0, 1),
        { name: 'response.failed', data: { type: 'response.failed', response } },
      ]),
    );
    await ask();
    const [attempt] = (await ledgerOf(home.path)).rows;
    await engine.close();
    await vendor[Symbol.asyncDispose]();
    expect(attempt).toMatchObject({ kind: 'upstream', input: 50_000, output: 7, nano_usd: 50_000 * 1_000_000 + 7 * TOKEN });
  });

  it('says everything that reports tell apart', async () => {
    await using home = await makeHome();
    await using ring = await openRing({ names: ['custom-a'], config: priced(), home: home.path });
    ring.vendors[0]?.next(answer({ usage: { input: 7, cacheRead: 3, output: 5, thinking: 2 } }), { deliver: late(20) });
    await ring.call('Hi', { model: A }, { tool: 'route_by_task', agent: 'a-host', session: 'one' });
    const { rows } = await ledgerOf(home.path);
    expect(rows).toMatchObject([
      { tool: 'route_by_task', agent: 'a-host', session: 'one', provider: 'custom-a', model: 'sim-1', asked: A },
    ]);
    expect(rows).toMatchObject([
      { served: 'sim-1-2026-11-01', input: 7, cache_read: 3, output: 5, thinking: 2, nano_usd: 5 * TOKEN, cost_from: 'config' },
    ]);
    expect(Number(rows[0]?.['ms'])).toBeGreaterThanOrEqual(Number(rows[0]?.['first_byte_ms']));
  });
});

describe('what was said', () => {
  const SECRET = 'the-launch-code-is-0000';
  const ANSWER = 'nobody-may-read-this';

  const files = async (home: string): Promise<string> => {
    const names = (await readdir(home)).filter((name) => name.startsWith('switchboard.db'));
    return (await Promise.all(names.map((name) => readFile(join(home, name), 'latin1')))).join('');
  };

  it.each([
    ['stays out of the ledger', {}, false],
    ['stands in it where the config asks for that', { log: { content: true } }, true],
  ])('%s', async (_, config, isKept) => {
    await using home = await makeHome();
    await using ring = await openRing({ names: ['custom-a'], config: priced(config), home: home.path });
    ring.vendors[0]?.inTurn(answer({ text: [ANSWER] }), failure({ status: 400, message: `I do not like ${SECRET}` }));
    await ring.call({ ...asking(100, SECRET), system: 'the-system-is-secret' }, { model: A });
    await ring.failure(asking(100, SECRET), { model: A });
    const open = await files(home.path);
    await ring.engine.close();
    const closed = await files(home.path);
    for (const text of [open, closed]) expect([text.includes(SECRET), text.includes(ANSWER)]).toEqual([isKept, isKept]);
    expect(closed).not.toContain('key-of-the-user');
  });
});
