import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { WireId } from '../../src/wires/wire.ts';
import { dialects } from '../support/dialects/index.ts';
import { answer, redirect } from '../support/reply.ts';
import { startVendor } from '../support/vendor.ts';
import { talkTo } from './talker.ts';

/** Where each wire keeps its settings, and what the vendors behind it take that we do not model. */
type Row = { wire: WireId; extra: object; expected: object };

const ROWS: readonly Row[] = [
  {
    wire: 'openai-chat',
    extra: { stream_options: { chunk_size: 1 }, top_k: 5, logit_bias: { 1: 2 } },
    expected: { stream_options: { include_usage: true, chunk_size: 1 }, top_k: 5, logit_bias: { 1: 2 }, max_tokens: 50 },
  },
  {
    wire: 'openai-responses',
    extra: { reasoning: { summary: 'auto' }, metadata: { team: 'blue' }, store: true },
    expected: { reasoning: { effort: 'low', summary: 'auto' }, metadata: { team: 'blue' }, store: true, max_output_tokens: 50 },
  },
  {
    wire: 'anthropic-messages',
    extra: { output_config: { format: { type: 'text' } }, service_tier: 'auto' },
    expected: { output_config: { effort: 'low', format: { type: 'text' } }, service_tier: 'auto', max_tokens: 50 },
  },
  {
    wire: 'google-generate',
    extra: { generationConfig: { topK: 5, thinkingConfig: { includeThoughts: true } }, labels: { team: 'blue' } },
    expected: {
      generationConfig: { maxOutputTokens: 50, topK: 5, thinkingConfig: { thinkingLevel: 'LOW', includeThoughts: true } },
      labels: { team: 'blue' },
    },
  },
  {
    wire: 'bedrock-converse',
    extra: { top_k: 5, nested: { deep: [1] } },
    expected: { additionalModelRequestFields: { top_k: 5, nested: { deep: [1] } }, inferenceConfig: { maxTokens: 50 } },
  },
];

beforeEach(() => {
  // What the AWS SDK signs with.
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDEXAMPLE').stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
});
afterEach(() => void vi.unstubAllEnvs());

describe.each(ROWS)('a request on $wire', ({ wire, extra, expected }) => {
  it('carries extra_body, joined with our own entry by entry', async () => {
    await using vendor = await startVendor(dialects[wire]);
    vendor.always(answer());
    await using talker = talkTo({ base_url: `${vendor.url}/v1`, wire, extra_body: extra });
    const { text } = await talker.call({ maxTokens: 50, effort: 'low' });
    expect(vendor.requests[0]?.body).toMatchObject(expected);
    expect(text).toBe('Hello');
  });

  it('carries the same extra_body every time, and none of an earlier call', async () => {
    await using vendor = await startVendor(dialects[wire]);
    vendor.always(answer());
    await using talker = talkTo({ base_url: `${vendor.url}/v1`, wire, extra_body: extra });
    await talker.call({ maxTokens: 50, effort: 'low' });
    await talker.call();
    await talker.call();
    const [, second, third] = vendor.requests.map(({ text }) => text);
    expect(second).toBe(third);
    expect(second).not.toBe('');
    expect(second).not.toContain('50');
  });

  it('carries the headers of the config, and keeps the key in its own', async () => {
    await using vendor = await startVendor(dialects[wire]);
    vendor.always(answer());
    const headers = { 'X-Team': 'blue', 'User-Agent': 'ours/1.0' };
    await using talker = talkTo({ base_url: `${vendor.url}/v1`, wire, headers }, { SWITCHBOARD_CUSTOM_X_API_KEY: 'key-of-mine' });
    await talker.call();
    expect(vendor.requests[0]?.headers).toMatchObject({ 'x-team': 'blue', 'user-agent': 'ours/1.0' });
  });

  it.each([301, 302, 303, 307, 308] as const)('is not sent on where a %i points', async (status) => {
    await using other = await startVendor(dialects[wire]);
    other.always(answer());
    await using vendor = await startVendor(dialects[wire]);
    vendor.always(redirect(status, `${other.url}/elsewhere`));
    await using talker = talkTo({ base_url: `${vendor.url}/v1`, wire });
    expect(await talker.failure()).toMatchObject({
      kind: 'upstream',
      facts: { status, remedied: true },
      message: expect.stringContaining('set the base URL to the final address'),
    });
    expect(other.requests).toEqual([]);
    expect(vendor.requests).toHaveLength(1);
  });
});
