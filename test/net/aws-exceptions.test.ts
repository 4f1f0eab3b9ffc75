import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { FailureKind } from '../../src/core/errors.ts';
import { dialects } from '../support/dialects/index.ts';
import { failureMidStream } from '../support/reply.ts';
import { startVendor } from '../support/vendor.ts';
import { talkTo } from './talker.ts';

beforeEach(() => void vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDEXAMPLE').stubEnv('AWS_SECRET_ACCESS_KEY', 'secret'));
afterEach(() => void vi.unstubAllEnvs());

it.each<[string, number, string, FailureKind]>([
  ['ThrottlingException', 429, 'Too many requests, please wait.', 'rate_limited'],
  ['ServiceUnavailableException', 503, 'Not now.', 'overloaded'],
  ['InternalServerException', 500, 'Oops.', 'upstream'],
  ['ModelStreamErrorException', 424, 'The model broke off.', 'upstream'],
  ['ValidationException', 400, 'Input is too long for requested model.', 'too_long'],
])('an exception of AWS’s in the middle of a stream is what it says: %s', async (code, status, message, kind) => {
  await using vendor = await startVendor(dialects['bedrock-converse']);
  vendor.always(failureMidStream({ status, code, message }));
  await using talker = talkTo({ base_url: vendor.url, wire: 'bedrock-converse' });
  const failure = await talker.failure();
  expect(failure.kind).toBe(kind);
  expect(failure.message).not.toContain('malformed');
});
