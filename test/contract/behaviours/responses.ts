import { expect } from 'vitest';
import { edited } from '../../support/reply.ts';
import type { Behaviour } from '../contract.ts';

/** What the Responses API alone does. */
export const responses: readonly Behaviour[] = [
  {
    name: 'may fail at its end',
    async run({ vendor, failure }) {
      const error = { code: 'rate_limit_exceeded', message: 'Slow down.' };
      const response = { id: 'r', object: 'response', status: 'failed', error, output: [], model: 'sim-1', usage: null };
      vendor.always(
        edited({}, (events) => [
          ...events.slice(0, -1),
          { name: 'response.failed', data: { type: 'response.failed', response } },
        ]),
      );
      expect(await failure()).toMatchObject({ kind: 'rate_limited', facts: { vendorSaid: 'Slow down.' } });
    },
  },
  {
    name: 'may tell of an error flat, as its documentation has it',
    async run({ vendor, failure }) {
      const data = { type: 'error', code: 'rate_limit_exceeded', message: 'Slow down.', param: null, sequence_number: 4 };
      vendor.always(edited({}, (events) => [...events.slice(0, 4), { name: 'error', data }]));
      expect(await failure()).toMatchObject({ kind: 'rate_limited', facts: { vendorSaid: 'Slow down.' } });
    },
  },
];
