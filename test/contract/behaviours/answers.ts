import { expect } from 'vitest';
import { wholeId } from '../../../src/catalog/known.ts';
import { toldUsage } from '../../support/dialects/dialect.ts';
import type { Untold } from '../../support/dialects/dialect.ts';
import { openaiChat } from '../../support/dialects/openai-chat.ts';
import { answer, failureUnder200, raw, spokenIn, unstreamed, withStrangers } from '../../support/reply.ts';
import type { Behaviour } from '../contract.ts';
import type { Row } from '../rows.ts';
import { MODEL } from '../stage.ts';

const tells = ({ dialect }: Row, what: Untold): boolean => dialect.untold?.includes(what) !== true;

const STOPS = ['end', 'length', 'refused'] as const;

const saysWhy = (stop: (typeof STOPS)[number]): Behaviour => ({
  name: `says why the model stopped: ${stop}`,
  async run({ vendor, call }) {
    vendor.always(answer({ text: ['As far as', ' I got'], stop }));
    expect(await call('Tell me.')).toMatchObject({ text: 'As far as I got', stop });
  },
});

/** Where servers of the chat wire put what a model thinks; every client of that wire meets them all. */
const PLACES = ['reasoning_content', 'reasoning', 'tags'] as const;

const keepsApart = (thinking: (typeof PLACES)[number]): Behaviour => ({
  name: `keeps thinking apart from the answer, also from servers that write it as ${thinking}`,
  async run({ row, vendor, call }) {
    const said = answer({ thinking: ['First', ' this.'], text: ['Then', ' that.'] });
    vendor.always(row.wire === 'openai-chat' ? spokenIn(openaiChat({ thinking }), said) : said);
    expect(await call('Think.')).toMatchObject({ thinking: 'First this.', text: 'Then that.' });
  },
});

export const answers: readonly Behaviour[] = [
  {
    name: 'is the text, with who served it',
    everywhere: true,
    async run({ row, vendor, call }) {
      vendor.always(answer({ text: ['Good', ' morning', '.\n'], model: 'sim-1-2026-11-01' }));
      const { attempts, timing, cost, ...rest } = await call('Greet me.');
      expect(rest).toEqual({
        text: 'Good morning.\n',
        stop: 'end',
        served: { provider: row.provider.id, model: tells(row, 'model') ? 'sim-1-2026-11-01' : wholeId(row.provider, MODEL) },
        usage: { input: 12, output: 5 },
        notes: [],
      });
      expect(attempts).toEqual([
        {
          provider: row.provider.id,
          model: wholeId(row.provider, MODEL),
          outcome: 'answered',
          ms: expect.any(Number),
          firstByteMs: expect.any(Number),
          usage: rest.usage,
          cost,
        },
      ]);
      // Nobody knows the model of the tests: that is said, and never 0, unless it runs at home.
      expect(cost.nanoUsd).toBe(row.provider.local ? 0 : null);
      expect(timing.firstByteMs).toBeLessThanOrEqual(timing.totalMs);
      expect(vendor.requests).toHaveLength(1);
    },
  },
  ...STOPS.map(saysWhy),
  ...PLACES.map(keepsApart),
  {
    name: 'counts input without cache, and output with thinking',
    everywhere: true,
    async run({ row, vendor, call }) {
      const usage = { input: 100, cacheRead: 900, output: 70, thinking: 50 };
      const written = tells(row, 'cacheWrite') ? { cacheWrite: 30 } : {};
      vendor.always(answer({ thinking: ['Hm.'], usage: { ...usage, ...written } }));
      expect((await call('Count.')).usage).toEqual(toldUsage(row.dialect, { ...usage, ...written }));
    },
  },
  {
    name: 'leaves out what the vendor does not report',
    async run({ vendor, call }) {
      vendor.inTurn(answer({ usage: { input: 7, output: 3 } }), answer({ usage: null }));
      expect((await call('Count.')).usage).toEqual({ input: 7, output: 3 });
      expect((await call('Count.')).usage).toEqual({});
    },
  },
  {
    name: 'is read from a JSON body, although a stream was asked for',
    async run({ vendor, call }) {
      const said = { text: ['In one ', 'piece'], stop: 'length', usage: { input: 4, output: 9, thinking: 2 } } as const;
      vendor.always(unstreamed({ ...said, thinking: ['So.'], model: 'sim-whole' }));
      expect(await call('Do not stream.')).toMatchObject({
        text: 'In one piece',
        thinking: 'So.',
        stop: 'length',
        usage: said.usage,
        served: { model: 'sim-whole' },
      });
    },
  },
  {
    name: 'is not troubled by events and fields that nobody knows',
    async run({ vendor, call }) {
      vendor.always(withStrangers({ thinking: ['Hm.'], text: ['All', ' fine'] }));
      expect(await call('Anything new?')).toMatchObject({
        text: 'All fine',
        thinking: 'Hm.',
        stop: 'end',
        usage: { input: 12, output: 5 },
      });
    },
  },
  {
    name: 'is none when it has no text',
    async run({ vendor, failure }) {
      vendor.inTurn(answer({ text: [] }), answer({ text: ['', ' \n'] }));
      for (let nth = 0; nth < 2; nth += 1) expect((await failure()).kind).toBe('empty');
    },
  },
  {
    name: 'is none when it has no text in a JSON body',
    async run({ vendor, failure }) {
      vendor.always(unstreamed({ text: [] }));
      expect((await failure()).kind).toBe('empty');
    },
  },
  {
    name: 'is none when the model spent everything on thinking',
    async run({ row, vendor, failure }) {
      const usage = { input: 4, output: 64, thinking: 64 };
      vendor.always(answer({ thinking: ['On', ' and on'], text: [], stop: 'length', usage }));
      const { kind, message, facts } = await failure();
      expect(kind).toBe('empty');
      expect(message).toContain('thinking');
      expect(facts.attempts).toMatchObject([{ outcome: 'failed', kind: 'empty', usage: toldUsage(row.dialect, usage) }]);
    },
  },
  {
    name: 'is a refusal when there is nothing but that',
    async run({ vendor, failure }) {
      vendor.always(answer({ text: [], stop: 'refused' }));
      expect((await failure()).kind).toBe('refused');
    },
  },
  {
    name: 'is none when an error comes under the status 200',
    async run({ vendor, failure }) {
      vendor.always(failureUnder200({ status: 429, message: 'Slow down, please.' }));
      expect(await failure()).toMatchObject({ kind: 'rate_limited', facts: { vendorSaid: 'Slow down, please.' } });
    },
  },
  {
    name: 'is none when a web page comes under the status 200',
    async run({ vendor, failure }) {
      vendor.always(raw(200, { 'content-type': 'text/html' }, '<html><body>Welcome to the hotel’s Wi-Fi</body></html>'));
      expect(await failure()).toMatchObject({ kind: 'upstream' });
    },
  },
  {
    name: 'is none when the body is empty',
    async run({ row, vendor, failure }) {
      vendor.inTurn(
        raw(200, { 'content-type': row.dialect.framing.contentType }, ''),
        raw(200, { 'content-type': 'application/json' }, ''),
      );
      for (let nth = 0; nth < 2; nth += 1) expect((await failure()).kind).toBe('upstream');
    },
  },
];
