import { expect } from 'vitest';
import { bomb } from '../../support/compressed.ts';
import { metered } from '../../support/metered.ts';
import { endless, flood } from '../../support/reply.ts';
import type { Behaviour } from '../contract.ts';

const LONG = ['x'.repeat(30_000), 'y'.repeat(30_000)];

/** As what a body without an end may be announced: the same limit holds, whatever it calls itself. */
const TYPES: readonly (readonly [string, (usual: string) => string])[] = [
  ['in capitals', (usual) => usual.toUpperCase()],
  ['without a type', () => ''],
];

/** Far above the limit for one event, because the sockets hold some, and far below that for a whole answer. */
const SOON_BYTES = 16 * 1_048_576;

const hasNoEnd = ([announced, typeFrom]: (typeof TYPES)[number]): Behaviour => ({
  name: `cuts off an event that has no end, and soon, when it is announced ${announced}`,
  patience: { totalMs: 3000 },
  async run({ row, vendor, failure }) {
    const { content, sentBytes } = metered(flood(200, typeFrom(row.dialect.framing.contentType)));
    const asked = vendor.next(content);
    expect((await failure()).kind).toBe('upstream');
    expect(await asked.over).toBe('broken off');
    // A frame says beforehand how long it is, so that nobody searches it for its end.
    if (row.wire !== 'bedrock-converse') expect(sentBytes()).toBeLessThan(SOON_BYTES);
  },
});

export const size: readonly Behaviour[] = [
  {
    name: 'cuts off a stream that has no end',
    async run({ vendor, failure }) {
      const asked = vendor.next(endless({ text: LONG }));
      expect((await failure()).kind).toBe('upstream');
      expect(await asked.over).toBe('broken off');
    },
  },
  {
    name: 'cuts off a JSON body that has no end',
    async run({ vendor, failure }) {
      const asked = vendor.next(flood(200, 'application/json'));
      expect((await failure()).kind).toBe('upstream');
      expect(await asked.over).toBe('broken off');
    },
  },
  {
    name: 'cuts off an error that has no end',
    async run({ vendor, failure }) {
      const asked = vendor.next(flood(500, 'application/json'));
      expect((await failure()).kind).toBe('upstream');
      expect(await asked.over).toBe('broken off');
    },
  },
  hasNoEnd(['as usual', (usual) => usual]),
  {
    name: 'cuts off an event of many lines that has no end, and soon',
    patience: { totalMs: 3000 },
    async run({ row, vendor, failure }) {
      const asked = vendor.next(flood(200, row.dialect.framing.contentType, `: ${'x'.repeat(61)}\n`));
      expect((await failure()).kind).toBe('upstream');
      expect(await asked.over).toBe('broken off');
    },
  },
];

/** What no wire makes a difference to. */
export const disguised: readonly Behaviour[] = [
  ...TYPES.map(hasNoEnd),
  {
    name: 'cuts off what is small on the wire and has no end when it is unpacked',
    async run({ row, vendor, failure }) {
      vendor.always(bomb('gzip', row.dialect.framing.contentType, 64 * 1_048_576));
      expect((await failure()).kind).toBe('upstream');
    },
  },
];
