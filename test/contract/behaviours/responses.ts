import { expect } from 'vitest';
import { userText } from '../../../src/core/chat.ts';
import { answer, edited, failure as refusal } from '../../support/reply.ts';
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
    name: 'may refuse to summarise its thinking, and is asked again without',
    async run({ vendor, call }) {
      const message = 'Your organization must be verified to generate reasoning summaries.';
      vendor.inTurn(refusal({ status: 400, param: 'reasoning.summary', code: 'unsupported_value', message }), answer());
      const { text, notes } = await call({ messages: [userText('Hi')], effort: 'low', thinkingSummary: true });
      expect({ text, notes }).toMatchObject({ text: 'Hello', notes: [{ param: 'thinking_summary', sent: null }] });
      expect(vendor.requests.map(({ body }) => body)).toMatchObject([
        { reasoning: { effort: 'low', summary: 'auto' } },
        { reasoning: { effort: 'low' } },
      ]);
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
