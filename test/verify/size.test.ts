import { describe, expect, it } from 'vitest';
import { disguised, size } from '../contract/behaviours/size.ts';
import { contract } from '../contract/contract.ts';
import { FIRST_OF_EACH_WIRE } from '../contract/rows.ts';
import { ERAS } from '../support/eras.ts';
import { makeHome } from '../support/home.ts';
import { openLines } from '../support/line-client.ts';
import { MODEL, openAIVars, startOpenAI } from '../support/openai.ts';
import { answer } from '../support/reply.ts';

// Megabytes each: the limits are the same for every row, and only the wire's SDK decides what they cost. One SDK speaks both of
// OpenAI's wires.
describe('a size that no answer needs', () => {
  contract(size, (row) => FIRST_OF_EACH_WIRE.has(row) && row.wire !== 'openai-responses');
});
describe('a size in disguise', () => {
  contract(disguised, (row) => FIRST_OF_EACH_WIRE.has(row) && row.wire === 'anthropic-messages');
});

/** Megabytes take their time on a busy machine. */
const PATIENCE_MS = 120_000;

describe('a long prompt', () => {
  it.each(ERAS)('passes with five megabytes, %s', async (era) => {
    await using home = await makeHome();
    await using vendor = await startOpenAI();
    vendor.always(answer());
    await using client = await openLines({ home, vars: openAIVars(vendor) }, era, PATIENCE_MS);
    const prompt = 'abcde '.repeat(875_000);
    expect(await client.call('call_model', { model: MODEL, prompt })).toMatchObject({ failed: false });
    expect(vendor.requests[0]?.text).toContain(prompt.trim());
  });

  it('passes with twelve megabytes, which is within its limit of eight million characters', async () => {
    await using home = await makeHome();
    await using vendor = await startOpenAI();
    vendor.always(answer());
    await using client = await openLines({ home, vars: openAIVars(vendor) }, 'legacy', PATIENCE_MS);
    const call = client.call('call_model', { model: MODEL, prompt: '字'.repeat(4_000_000) });
    const ended = client.ended.then(({ code, stderr }) => `The server ended with ${code}: ${stderr}`);
    expect(await Promise.race([call, ended])).toMatchObject({ failed: false });
  });
});
