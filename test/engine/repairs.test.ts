import { describe, expect, it } from 'vitest';
import { userText } from '../../src/core/chat.ts';
import { answer, type Content, failure, json, unstreamed } from '../support/reply.ts';
import { A, asked, openRing } from './ring.ts';

/** Refuses every request in which this is found, and answers the others. */
const refusing =
  (found: string | RegExp, refusal: Content, otherwise: Content = answer()): Content =>
  (dialect, request) => {
    const text = JSON.stringify(request);
    const isFound = typeof found === 'string' ? text.includes(found) : found.test(text);
    return (isFound ? refusal : otherwise)(dialect, request);
  };

const bad = (message: string, more: object = {}): Content => json(400, { error: { message, ...more } });

const ask = (text: string, more: object = {}) => ({ messages: [userText(text)], ...more });

/** A provider of each protocol that can do without a stream, and the model that is asked there. */
const STREAMING = ['openai', 'azure', 'openrouter', 'anthropic', 'custom-a'];

describe('a request that a vendor refuses as it is written', () => {
  it.each(STREAMING)('is asked once more without a stream by %s, and from the start the next time', async (name) => {
    await using ring = await openRing({ names: [name] });
    const [vendor] = ring.vendors;
    const message = 'Your organization must be verified to stream this model.';
    vendor?.always(refusing('"stream":true', bad(message, { param: 'stream', code: 'unsupported_value' }), unstreamed()));
    const model = `${name}/sim-1`;
    expect(await ring.call('Hi', { model })).toMatchObject({ text: 'Hello', notes: [] });
    expect(asked(ring)).toEqual([2]);
    expect(vendor?.requests[1]?.body).toMatchObject({ stream: false });
    expect(vendor?.requests[1]?.text).not.toContain('stream_options');
    expect((await ring.call('Hi', { model })).text).toBe('Hello');
    expect(asked(ring)).toEqual([3]);
  });

  it.each([
    'Your organization must be verified to stream this model.',
    'Streaming is not supported for this model.',
    "Unsupported value: 'stream' does not support true with this model.",
  ])('is asked without a stream whatever the words, behind a gateway too: %s', async (said) => {
    await using ring = await openRing();
    const refusal = bad(`litellm.BadRequestError: OpenAIException - ${JSON.stringify({ error: { message: said } })}`);
    ring.vendors[0]?.always(refusing('"stream":true', refusal, unstreamed()));
    expect((await ring.call('Hi', { model: A })).text).toBe('Hello');
    expect(asked(ring)[0]).toBe(2);
  });

  it('is asked without the options of a stream', async () => {
    await using ring = await openRing();
    const [vendor] = ring.vendors;
    vendor?.always(refusing('stream_options', bad("Unknown parameter: 'stream_options'.", { param: 'stream_options' })));
    expect((await ring.call('Hi', { model: A })).notes).toEqual([]);
    expect(vendor?.requests[1]?.body).toMatchObject({ stream: true });
  });

  it('is asked with the output limit under its other name, the number kept', async () => {
    await using ring = await openRing();
    const [vendor] = ring.vendors;
    const message = "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.";
    vendor?.always(refusing('"max_tokens"', bad(message, { param: 'max_tokens', code: 'unsupported_parameter' })));
    const given = await ring.call(ask('Hi', { maxTokens: 100 }), { model: A });
    expect(given.notes).toEqual([]);
    expect(vendor?.requests.map(({ body }) => body)).toMatchObject([{ max_tokens: 100 }, { max_completion_tokens: 100 }]);
  });

  it('is asked with the limit that a budget puts on it under its other name', async () => {
    const pricing = { 'custom-a/*': { input_usd_per_mtok: 1, output_usd_per_mtok: 1 } };
    await using ring = await openRing({ config: { budget: '$5 a day', pricing } });
    const [vendor] = ring.vendors;
    vendor?.always(refusing('"max_tokens"', bad("Unrecognized request argument supplied: 'max_tokens'")));
    await ring.call('Hi', { model: A });
    expect(vendor?.requests[1]?.body).toMatchObject({ max_completion_tokens: 16_000 });
  });

  it('loses an output limit whose number is refused, with a note', async () => {
    await using ring = await openRing();
    const message = "'max_tokens' is too large: 200000. This model supports at most 16384 completion tokens.";
    ring.vendors[0]?.always(refusing('200000', bad(message, { param: 'max_tokens' })));
    const { notes } = await ring.call(ask('Hi', { maxTokens: 200_000 }), { model: A });
    expect(notes).toMatchObject([{ param: 'max_tokens', asked: '200000', sent: null }]);
    expect(asked(ring)[0]).toBe(2);
  });

  it('loses what an agent’s profile asks for, as it loses what a call asks for', async () => {
    const agents = { cool: { model: A, temperature: 0.2, system: 'Be brief.' } };
    await using ring = await openRing({ config: { agents } });
    const [vendor] = ring.vendors;
    vendor?.always(refusing('"temperature"', bad("'temperature' is not supported here", { param: 'temperature' })));
    const { notes } = await ring.call('Hi', { model: 'cool' });
    expect(notes).toMatchObject([{ param: 'temperature', asked: '0.2', sent: null }]);
    expect(vendor?.requests).toHaveLength(2);
    expect(vendor?.requests[1]?.text.match(/Be brief/g)).toHaveLength(1);
  });

  it('begins with the system prompt where the vendor takes none', async () => {
    await using ring = await openRing({ names: ['google', 'custom-a'] });
    ring.vendors[0]?.always(refusing('systemInstruction', bad('Developer instruction is not enabled for models/gemma-3-27b-it')));
    ring.vendors[1]?.always(refusing('"system"', json(500, { error: 'Jinja Exception: System role not supported' })));
    for (const model of ['google/gemma-3-27b-it', A]) {
      const given = await ring.call(ask('Hi', { system: 'Be brief.' }), { model });
      expect(given.notes[0]).toMatchObject({ param: 'system', sent: 'sent with the prompt' });
    }
    expect(ring.vendors.map(({ requests }) => requests[1]?.text)).toEqual([
      expect.stringMatching(/"parts":\[\{"text":"Be brief\."\},\{"text":"Hi"\}\]/),
      expect.stringContaining('"content":"Be brief.\\n\\nHi"'),
    ]);
    expect(asked(ring)).toEqual([2, 2]);
  });

  it('is told its schema in words, and its system prompt in the turn, where a vendor takes neither', async () => {
    await using ring = await openRing({ names: ['google'] });
    const [vendor] = ring.vendors;
    const system = refusing('systemInstruction', bad('Developer instruction is not enabled'), answer({ text: ['{"a":1}'] }));
    vendor?.always(refusing('responseMimeType', bad('JSON mode is not enabled for models/gemma-3-27b-it'), system));
    const schema = { type: 'object', properties: { a: { type: 'integer' } }, required: ['a'] };
    const given = await ring.call(ask('Hi', { schema }), { model: 'google/gemma-3-27b-it' });
    expect(given.json).toEqual({ a: 1 });
    expect(asked(ring)).toEqual([3]);
  });

  it.each([
    ['The specified schema produces a constraint that has too many states for serving.', {}],
    ["Failed to generate JSON. See 'failed_generation'.", { code: 'json_validate_failed', failed_generation: '{"a":' }],
    ['json mode cannot be combined with tool calling', { type: 'invalid_request_error' }],
    ['Invalid schema for response_format: too deep.', { param: 'response_format' }],
    ['Failed to compile the grammar.', {}],
  ])('is told its schema in words: %s', async (message, more) => {
    await using ring = await openRing({ names: ['groq'] });
    ring.vendors[0]?.always(refusing('response_format', bad(message, more), answer({ text: ['{"a":1}'] })));
    const schema = { type: 'object', properties: { a: { type: 'integer' } }, required: ['a'] };
    const given = await ring.call(ask('Hi', { schema }), { model: 'groq/sim-1' });
    expect(given).toMatchObject({ json: { a: 1 }, notes: [{ param: 'json_schema', sent: 'sent in words' }] });
    expect(asked(ring)).toEqual([2]);
  });

  it('is asked without marks for a cache', async () => {
    await using ring = await openRing({ names: ['anthropic'] });
    const [vendor] = ring.vendors;
    vendor?.always(refusing('cache_control', bad('messages.2.content.0.cache_control: Extra inputs are not permitted')));
    const messages = [userText('Hi'), { role: 'assistant' as const, content: userText('Hello').content }, userText('And?')];
    expect((await ring.call({ messages }, { model: 'anthropic/sim-1' })).text).toBe('Hello');
    expect(asked(ring)).toEqual([2]);
  });

  it('is quoted where nothing of it could be written otherwise', async () => {
    await using ring = await openRing();
    ring.vendors[0]?.always(json(422, { message: { detail: [{ loc: ['body', 'top_k'], msg: 'Input should be at most 5' }] } }));
    const { kind, facts } = await ring.failure('Hi', { model: A });
    expect({ kind, param: facts.param, said: facts.vendorSaid }).toEqual({
      kind: 'bad_request',
      param: 'top_k',
      said: 'Input should be at most 5',
    });
    expect(asked(ring)[0]).toBe(1);
  });
});

describe('what cannot change', () => {
  it.each<[string, Content]>([
    ['a request larger than a minute’s allowance', failure({ status: 429, message: 'TPM: Limit 6000, Requested 12328 tokens' })],
    ['a limit of nothing', failure({ status: 429, message: 'Quota exceeded, limit: 0' })],
    ['a limit of the day', failure({ status: 429, message: 'The limit of 50 requests per day is used up' })],
    ['a wait of a quarter of an hour', failure({ status: 429 }, { 'retry-after': '812' })],
    ['a wait of 32 years', failure({ status: 503 }, { 'retry-after': '999999999' })],
    ['a prompt that is too long, told by a proxy', failure({ status: 502, message: 'prompt is too long: 9000 tokens > 8000' })],
    ['a redirect', json(302, {})],
    ['an empty account, said to be worth another try', failure({ status: 402 }, { 'x-should-retry': 'true' })],
  ])('is not asked about again: %s', async (_, content) => {
    await using ring = await openRing({ config: { retries: 2 } });
    ring.vendors[0]?.always(content);
    await ring.failure('Hi', { model: A });
    expect(asked(ring)[0]).toBe(1);
  });
});

describe('a wait', () => {
  it('that the vendor states is told to whoever listens', async () => {
    await using ring = await openRing({ config: { retries: 1 } });
    ring.vendors[0]?.inTurn(failure({ status: 429, message: 'Please try again in 30ms.' }), answer());
    const waits: (number | undefined)[] = [];
    await ring.call('Hi', { model: A }, { progress: ({ waitMs }) => waits.push(waitMs) });
    expect(waits).toContain(30);
  });

  it('of more than an hour is asked about once more after an hour, and not before', async () => {
    await using ring = await openRing();
    ring.vendors[0]?.inTurn(failure({ status: 429 }, { 'retry-after': '999999999' }), answer());
    expect((await ring.failure('Hi', { model: A })).facts.retryAfterMs).toBe(31 * 86_400_000);
    const again = await ring.failure('Hi', { model: A });
    expect(again.kind).toBe('rate_limited');
    expect(again.facts.retryAfterMs).toBeLessThanOrEqual(3_600_000);
    expect(asked(ring)[0]).toBe(1);
  });
});
