import { expect } from 'vitest';
import { json, saying } from '../../support/reply.ts';
import type { Behaviour } from '../contract.ts';

/** What Google alone does. */
export const google: readonly Behaviour[] = [
  {
    name: 'says with the status 400 that the key is wrong',
    async run({ vendor, failure }) {
      const reason = {
        '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
        reason: 'API_KEY_INVALID',
        domain: 'googleapis.com',
      };
      const message = 'API key not valid. Please pass a valid API key.';
      vendor.always(json(400, { error: { code: 400, message, status: 'INVALID_ARGUMENT', details: [reason] } }));
      expect((await failure()).kind).toBe('auth');
    },
  },
  {
    name: 'speaks of billing where only the minute is used up, and says when to come back',
    async run({ vendor, failure }) {
      const details = [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '32.5s' }];
      const message = 'You exceeded your current quota, please check your plan and billing details.';
      vendor.always(json(429, { error: { code: 429, message, status: 'RESOURCE_EXHAUSTED', details } }));
      expect(await failure()).toMatchObject({ kind: 'rate_limited', facts: { retryAfterMs: 32_500 } });
    },
  },
  {
    name: 'blocks a prompt without a candidate',
    async run({ vendor, failure }) {
      const usageMetadata = { promptTokenCount: 9, totalTokenCount: 9 };
      vendor.always(
        saying({ data: { promptFeedback: { blockReason: 'PROHIBITED_CONTENT' }, usageMetadata, modelVersion: 'sim-1' } }),
      );
      expect((await failure()).kind).toBe('refused');
    },
  },
  {
    name: 'streams a JSON array where it was not heard to want events',
    async run({ row, vendor, call }) {
      vendor.always((dialect, request) => {
        const script = { text: ['In ', 'pieces'], stop: 'end', usage: { input: 2, output: 2 }, model: 'sim-1' } as const;
        const events = row.dialect.events(script, request).map(({ data }) => data);
        return json(200, events)(dialect, request);
      });
      expect(await call('Hi')).toMatchObject({ text: 'In pieces', stop: 'end', usage: { input: 2, output: 2 } });
    },
  },
];
