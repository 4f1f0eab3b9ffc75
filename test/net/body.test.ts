import { expect, it } from 'vitest';
import { guardedFetch } from '../../src/net/fetch.ts';
import { createRoutes } from '../../src/net/routes.ts';
import { dialects } from '../support/dialects/index.ts';
import { answer } from '../support/reply.ts';
import { startVendor } from '../support/vendor.ts';

it.each([
  ['bytes', new TextEncoder().encode('{}')],
  ['nothing', undefined],
])('a body that is %s is not sent as an empty one', async (_, body) => {
  await using vendor = await startVendor(dialects['openai-chat']);
  vendor.always(answer());
  const routes = createRoutes({});
  const limits = { firstByteMs: 5000, idleMs: 5000, maxAnswerBytes: 1_000_000 };
  const endpoint = { title: 'A vendor', secrets: [], baseUrl: vendor.url, headers: () => Promise.resolve({}) };
  const fetch = guardedFetch({ routes, limits, userAgent: 'test' }, endpoint, { named: false, end: '{}' });
  const sending = fetch(`${vendor.url}/v1/chat/completions`, { method: 'POST', ...(body && { body }) });
  await expect(sending).rejects.toThrow('an SDK sent a body that is no text');
  expect(vendor.requests).toEqual([]);
  await routes.close();
});
