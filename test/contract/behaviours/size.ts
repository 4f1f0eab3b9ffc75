import { expect } from 'vitest';
import { endless, flood } from '../../support/reply.ts';
import type { Behaviour } from '../contract.ts';

const LONG = ['x'.repeat(30_000), 'y'.repeat(30_000)];

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
];
