import { expect } from 'vitest';
import { atOnce, cutAfter, endAfter, hangUp, oneByte, resetAfter, splitInCharacter } from '../../support/delivery.ts';
import type { Delivery, Step } from '../../support/delivery.ts';
import { toldUsage } from '../../support/dialects/dialect.ts';
import { sse } from '../../support/framing.ts';
import { answer, edited, failureMidStream, spokenIn, malformed, redirect, withHeaders } from '../../support/reply.ts';
import { startVendor } from '../../support/vendor.ts';
import type { Behaviour } from '../contract.ts';
import type { Row } from '../rows.ts';

const SCRIPT = { thinking: ['Hm,', ' ja.'], text: ['Grüße ', 'aus 東', '京 🌸'], usage: { input: 3, output: 8, thinking: 2 } };
const heardFrom = ({ dialect }: Row) => ({
  thinking: 'Hm, ja.',
  text: 'Grüße aus 東京 🌸',
  stop: 'end',
  usage: toldUsage(dialect, SCRIPT.usage),
});

const arrives = (how: string, deliver: Delivery): Behaviour => ({
  name: `arrives whole when it is sent ${how}`,
  async run({ row, vendor, call }) {
    vendor.always(answer(SCRIPT), { deliver });
    expect(await call('Wie geht es?')).toMatchObject(heardFrom(row));
  },
});

const BROKEN: Record<string, Delivery> = {
  'is cut off in the middle': cutAfter('half'),
  'is cut off in its first event': cutAfter(12),
  'is reset in the middle': resetAfter('half'),
  'ends too early': endAfter('half'),
  'ends before its first event': endAfter(0),
};

/** Half an answer is worse than none: it may say the opposite. */
const isNoAnswer = (what: string, deliver: Delivery): Behaviour => ({
  name: `is no answer when it ${what}, and the next call is answered`,
  async run({ row, vendor, call, failure }) {
    const asked = vendor.next(answer(SCRIPT), { deliver });
    const { kind, facts } = await failure();
    expect((await asked.request).method).toBe('POST');
    expect(['network', 'upstream']).toContain(kind);
    expect(facts.attempts).toMatchObject([{ provider: row.provider.id, outcome: 'failed', kind }]);
    vendor.always(answer());
    expect((await call('Once more.')).text).toBe('Hello');
  },
});

const REDIRECTS = [301, 302, 303, 307, 308] as const;

/** Events that may follow the end of an answer before its connection closes. */
const AFTERMATHS: Record<string, Step[]> = {
  'a reset': ['reset'],
  silence: ['stall'],
};

const isWholeBefore = (what: string, aftermath: readonly Step[]): Behaviour => ({
  name: `is whole when ${what} follows its end, and is not asked for again`,
  // If a protocol has no last word, the rest is waited for as long as between two pieces.
  patience: { idleMs: 150 },
  async run({ row, vendor, call }) {
    vendor.always(answer(SCRIPT), { deliver: ({ pieces }) => ['head', ...pieces, ...aftermath] });
    const answered = await call('Wie geht es?');
    expect(answered).toMatchObject(heardFrom(row));
    expect(answered).not.toHaveProperty('partial');
    expect(vendor.requests).toHaveLength(1);
  },
});

export const streams: readonly Behaviour[] = [
  arrives('in one write', atOnce),
  arrives('byte by byte', oneByte),
  arrives('in two halves of a character', splitInCharacter),
  {
    name: 'arrives whole whatever its lines end with',
    async run({ row, vendor, call }) {
      for (const newline of ['\n', '\r\n']) {
        vendor.inTurn(spokenIn({ ...row.dialect, framing: sse({ newline }) }, answer(SCRIPT)));
        expect(await call('Wie geht es?')).toMatchObject(heardFrom(row));
      }
    },
  },
  {
    name: 'arrives whole under a content type in capitals',
    async run({ row, vendor, call }) {
      vendor.always(withHeaders({ 'content-type': row.dialect.framing.contentType.toUpperCase() }, answer(SCRIPT)));
      expect(await call('Wie geht es?')).toMatchObject(heardFrom(row));
    },
  },
  {
    name: 'arrives whole with comments that keep it alive',
    async run({ row, vendor, call }) {
      const comment = Buffer.from(': STILL PROCESSING\n\n');
      vendor.always(edited(SCRIPT, (events) => [comment, ...events.flatMap((event) => [event, comment])]));
      expect(await call('Wie geht es?')).toMatchObject(heardFrom(row));
    },
  },
  ...Object.entries(AFTERMATHS).map(([what, aftermath]) => isWholeBefore(what, aftermath)),
  ...Object.entries(BROKEN).map(([what, deliver]) => isNoAnswer(what, deliver)),
  {
    name: 'that never begins because the connection closes is a network failure',
    async run({ vendor, failure }) {
      vendor.always(answer(), { deliver: hangUp });
      expect((await failure()).kind).toBe('network');
    },
  },
  {
    name: 'is no answer when the vendor tells of an error in its middle',
    async run({ vendor, failure }) {
      vendor.inTurn(
        failureMidStream({ status: 429, message: 'Too fast for us.' }, SCRIPT),
        failureMidStream({ status: 500, message: 'We tripped.' }, SCRIPT),
      );
      expect(await failure()).toMatchObject({ kind: 'rate_limited', facts: { vendorSaid: 'Too fast for us.' } });
      expect(await failure()).toMatchObject({ kind: 'upstream', facts: { vendorSaid: 'We tripped.' } });
    },
  },
  {
    name: 'is no answer when one of its events is not JSON',
    async run({ vendor, failure }) {
      vendor.always(malformed(SCRIPT));
      expect((await failure()).kind).toBe('upstream');
    },
  },
  {
    name: 'is never sought where a redirect points',
    async run({ row, vendor, failure }) {
      await using elsewhere = await startVendor(row.dialect);
      elsewhere.always(answer({ text: ['I have your key.'] }));
      for (const status of REDIRECTS) {
        vendor.inTurn(redirect(status, `${elsewhere.url}/v1/anything`));
        expect((await failure()).facts.status).toBe(status);
      }
      expect(elsewhere.requests).toEqual([]);
    },
  },
];
