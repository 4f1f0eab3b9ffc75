import { expect } from 'vitest';
import { userText } from '../../../src/core/chat.ts';
import type { FailureKind } from '../../../src/core/errors.ts';
import { readSignature } from '../../auth/sigv4.ts';
import { damaged } from '../../support/event-stream.ts';
import { answer, edited, failure as refusal, json, unstreamed } from '../../support/reply.ts';
import { modelWhere } from '../catalogue.ts';
import type { Behaviour } from '../contract.ts';

const EXCEPTIONS: readonly (readonly [string, FailureKind])[] = [
  ['throttlingException', 'rate_limited'],
  ['serviceUnavailableException', 'overloaded'],
  ['validationException', 'bad_request'],
  ['internalServerException', 'upstream'],
  ['modelStreamErrorException', 'upstream'],
];

const tellsInMidStream = ([name, kind]: readonly [string, FailureKind]): Behaviour => ({
  name: `may tell of a ${name} in mid-stream`,
  async run({ vendor, failure }) {
    vendor.always(edited({}, (events) => [...events.slice(0, 2), { name, data: { message: 'Not now.' } }]));
    expect(await failure()).toMatchObject({ kind, facts: { vendorSaid: 'Not now.' } });
  },
});

/** Errors whose name says more than their status. */
const NAMED: readonly (readonly [number, string, FailureKind])[] = [
  [400, 'ThrottlingException', 'rate_limited'],
  [403, 'ExpiredTokenException', 'auth'],
  [403, 'InvalidSignatureException', 'auth'],
  [429, 'ModelNotReadyException', 'overloaded'],
  [424, 'ModelErrorException', 'upstream'],
];

/** What Amazon Bedrock alone does on its own wire. */
export const bedrock: readonly Behaviour[] = [
  {
    name: 'can check the signature, and never sees the secret',
    async run({ vendor, key, call }) {
      vendor.always(answer());
      await call('Grüße, 東京');
      // A colon is encoded once in the address, and twice in what is signed.
      await call('And this?', { model: 'vendor.sim-1-v1:0' });
      for (const request of vendor.requests) {
        expect(readSignature(request, key)).toMatchObject({ accessKey: 'AKIDOFTHETESTS', region: 'eu-west-1', good: true });
        expect(JSON.stringify([request.path, request.headers, request.text])).not.toContain(key);
      }
      expect(vendor.requests).toHaveLength(2);
    },
  },
  ...EXCEPTIONS.map(tellsInMidStream),
  {
    name: 'names an error in a header',
    async run({ vendor, failure }) {
      for (const [status, code, kind] of NAMED) {
        vendor.inTurn(refusal({ status, code }));
        expect(await failure()).toMatchObject({ kind, facts: { status } });
      }
    },
  },
  {
    name: 'is not believed when a frame was damaged on its way',
    async run({ row, vendor, failure }) {
      vendor.always(
        edited({}, (events) => events.map((event, nth) => (nth === 2 ? damaged(row.dialect.framing.frame(event)) : event))),
      );
      expect((await failure()).kind).toBe('upstream');
    },
  },
  {
    name: 'answers nothing when it answers with JSON',
    async run({ vendor, failure }) {
      vendor.inTurn(unstreamed(), json(200, { message: 'Hello' }));
      for (let nth = 0; nth < 2; nth += 1) expect((await failure()).kind).toBe('upstream');
    },
  },
  {
    name: 'is given a thinking budget that stays below maxTokens',
    async run({ row, vendor, call }) {
      vendor.always(answer());
      const model = modelWhere(row, ({ efforts }) => typeof efforts?.high === 'number')?.id ?? '';
      const { notes } = await call({ messages: [userText('Hi')], effort: 'high', maxTokens: 2000 }, { model });
      expect(vendor.requests[0]?.body).toMatchObject({
        inferenceConfig: { maxTokens: 2000 },
        additionalModelRequestFields: { thinking: { type: 'enabled', budget_tokens: 1999 } },
      });
      expect(notes).toContainEqual(expect.objectContaining({ param: 'reasoning_effort', sent: '1999 tokens' }));
    },
  },
  {
    name: 'takes no temperature beside a thinking budget',
    async run({ row, vendor, call }) {
      vendor.always(answer());
      const model = modelWhere(row, ({ efforts }) => typeof efforts?.high === 'number')?.id ?? '';
      const { notes } = await call({ messages: [userText('Hi')], effort: 'low', temperature: 0.3 }, { model });
      expect(notes).toContainEqual(expect.objectContaining({ param: 'temperature', asked: '0.3', sent: null }));
      expect(vendor.requests[0]?.text).not.toContain('temperature');
    },
  },
  {
    name: 'is told not to think in the words of the model behind it',
    async run({ row, vendor, call }) {
      vendor.always(answer());
      const model = modelWhere(row, ({ efforts }) => efforts?.none === 'disabled')?.id ?? '';
      await call({ messages: [userText('Hi')], effort: 'none' }, { model });
      expect(vendor.requests[0]?.body).toMatchObject({ additionalModelRequestFields: { thinking: { type: 'disabled' } } });
    },
  },
];
