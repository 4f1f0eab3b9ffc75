import { expect } from 'vitest';
import { compressed, ENCODINGS } from '../../support/compressed.ts';
import type { Encoding } from '../../support/compressed.ts';
import { asWritten, cutAfter, endAfter, oneByte, resetAfter, splitAt } from '../../support/delivery.ts';
import { toldUsage } from '../../support/dialects/dialect.ts';
import { answer, complaint, failure as refusal, withHeaders } from '../../support/reply.ts';
import type { Behaviour } from '../contract.ts';

const SCRIPT = { text: ['Grüße ', 'aus 東', '京 🌸'], usage: { input: 3, output: 8 } };
const TEXT = 'Grüße aus 東京 🌸';

const WHOLE = { 'in one piece': asWritten, 'byte by byte': oneByte, 'parted in its first bytes': splitAt(1, 3, 11) };
const BROKEN = {
  'cut off': cutAfter('half'),
  reset: resetAfter('half'),
  'ended too early': endAfter('half'),
  'never begun': endAfter(0),
};

const arrives = (encoding: Encoding): Behaviour => ({
  name: `arrives whole when it is compressed with ${encoding}`,
  async run({ row, vendor, call }) {
    for (const deliver of Object.values(WHOLE)) {
      vendor.next(compressed(encoding, answer(SCRIPT)), { deliver });
      expect(await call('Wie geht es?')).toMatchObject({ text: TEXT, usage: toldUsage(row.dialect, SCRIPT.usage) });
    }
    expect(vendor.requests.map(({ headers }) => headers['accept-encoding'])).toEqual(['identity', 'identity', 'identity']);
  },
});

const isNoAnswer = (encoding: Encoding): Behaviour => ({
  name: `is no answer when it is compressed with ${encoding} and breaks off, and the next call is answered`,
  async run({ vendor, call, failure }) {
    for (const deliver of Object.values(BROKEN)) {
      vendor.next(compressed(encoding, answer(SCRIPT)), { deliver });
      expect(['network', 'upstream']).toContain((await failure()).kind);
    }
    vendor.always(answer());
    expect((await call('Once more.')).text).toBe('Hello');
  },
});

/** Nobody asked for any of these, and nothing here unpacks them. */
const STRANGE = ['zstd', 'compress', 'gzip, br', 'made-up'];

export const compression: readonly Behaviour[] = [
  ...ENCODINGS.map(arrives),
  ...ENCODINGS.map(isNoAnswer),
  {
    name: 'arrives whole when its encoding is written in capitals, or is said to be none',
    async run({ vendor, call }) {
      vendor.inTurn(
        withHeaders({ 'content-encoding': 'GZIP' }, compressed('gzip', answer(SCRIPT))),
        withHeaders({ 'content-encoding': 'identity' }, answer(SCRIPT)),
      );
      for (let nth = 0; nth < 2; nth += 1) expect((await call('Wie geht es?')).text).toBe(TEXT);
    },
  },
  {
    name: 'is no answer when it is compressed in a way that nobody here knows',
    async run({ vendor, failure }) {
      for (const encoding of STRANGE) {
        const asked = vendor.next(withHeaders({ 'content-encoding': encoding }, answer(SCRIPT)));
        expect((await failure()).kind).toBe('upstream');
        await asked.over;
      }
    },
  },
  {
    name: 'is no answer when it is not compressed, but said to be',
    async run({ vendor, failure }) {
      for (const encoding of ENCODINGS) {
        vendor.inTurn(withHeaders({ 'content-encoding': encoding }, answer(SCRIPT)));
        expect(['network', 'upstream']).toContain((await failure()).kind);
      }
    },
  },
  {
    name: 'is an error that says what it says, compressed or not',
    async run({ vendor, failure }) {
      for (const encoding of ENCODINGS) {
        vendor.inTurn(
          compressed(encoding, complaint('tooLong')),
          compressed(encoding, refusal({ status: 429, message: 'Slow.' })),
        );
        expect((await failure()).kind).toBe('too_long');
        expect(await failure()).toMatchObject({ kind: 'rate_limited', facts: { vendorSaid: 'Slow.' } });
      }
    },
  },
];
