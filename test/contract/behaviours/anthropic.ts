import { expect } from 'vitest';
import { userText } from '../../../src/core/chat.ts';
import { answer, edited, failure as refusal } from '../../support/reply.ts';
import { modelWhere } from '../catalogue.ts';
import type { Behaviour } from '../contract.ts';

/** What every server of Anthropic's wire does. */
export const anthropic: readonly Behaviour[] = [
  {
    name: 'says with the status 400 that there is no credit left',
    async run({ row, vendor, failure }) {
      vendor.always(refusal({ ...row.dialect.complaints.noCredit, status: 400 }));
      expect((await failure()).kind).toBe('no_credit');
    },
  },
  {
    name: 'tells in mid-stream that it is overloaded',
    async run({ row, vendor, failure }) {
      vendor.always(edited({}, (events) => [...events.slice(0, 4), row.dialect.troubleEvent({ status: 529 })]));
      expect((await failure()).kind).toBe('overloaded');
    },
  },
  {
    name: 'takes no temperature beside thinking',
    async run({ vendor, call }) {
      vendor.always(answer());
      const { notes } = await call({ messages: [userText('Hi')], temperature: 0.3, effort: 'low' });
      expect(notes).toContainEqual(expect.objectContaining({ param: 'temperature', asked: '0.3', sent: null }));
      expect(vendor.requests[0]?.text).not.toContain('temperature');
    },
  },
  {
    name: 'takes temperatures up to 1',
    async run({ vendor, call }) {
      vendor.always(answer());
      const { notes } = await call({ messages: [userText('Hi')], temperature: 1.7 });
      expect(notes).toContainEqual(expect.objectContaining({ param: 'temperature', asked: '1.7', sent: '1' }));
      expect(vendor.requests[0]?.text).toContain('"temperature":1,');
    },
  },
];

/** What is so of models that Anthropic serves itself. */
export const anthropicItself: readonly Behaviour[] = [
  {
    name: 'is given a thinking budget that stays below max_tokens',
    async run({ row, vendor, call }) {
      vendor.always(answer());
      const model = modelWhere(row, ({ efforts }) => typeof efforts?.high === 'number')?.id ?? '';
      const { notes } = await call({ messages: [userText('Hi')], effort: 'high', maxTokens: 2000 }, { model });
      expect(vendor.requests[0]?.body).toMatchObject({ max_tokens: 2000, thinking: { type: 'enabled', budget_tokens: 1999 } });
      expect(notes).toContainEqual(expect.objectContaining({ param: 'reasoning_effort', sent: '1999 tokens' }));
    },
  },
];
