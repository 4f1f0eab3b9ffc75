import { BedrockRuntimeServiceException } from '@aws-sdk/client-bedrock-runtime';
import { describe, expect, it } from 'vitest';
import { dialects } from './dialects/index.ts';
import { damaged } from './event-stream.ts';
import { answer, edited, failure, failureMidStream } from './reply.ts';
import { SDKS } from './vendor-sdks.ts';
import { startVendor } from './vendor.ts';

const dialect = dialects['bedrock-converse'];
const { stream } = SDKS[dialect.wire];

describe('binary frames', () => {
  it('are checked by AWS’s SDK, bit by bit', async () => {
    await using vendor = await startVendor(dialect);
    vendor.inTurn(
      answer(),
      edited({}, (events) => events.map((event, nth) => (nth === 2 ? damaged(dialect.framing.frame(event)) : event))),
    );
    expect((await stream(vendor.url)).text).toBe('Hello');
    await expect(stream(vendor.url)).rejects.toThrow(/checksum/i);
  });

  it.each([
    [429, 'ThrottlingException'],
    [503, 'ServiceUnavailableException'],
    [500, 'InternalServerException'],
  ])('tell AWS’s SDK of the status %i as it is named, in mid-stream and before', async (status, name) => {
    await using vendor = await startVendor(dialect);
    vendor.inTurn(failureMidStream({ status, message: 'Not now.' }), failure({ status, message: 'Not now.' }));
    for (let nth = 0; nth < 2; nth += 1) {
      const error: unknown = await stream(vendor.url).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(BedrockRuntimeServiceException);
      expect(error).toMatchObject({ name, message: 'Not now.' });
    }
  });
});
