import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { anthropicVars, startAnthropic } from '../support/anthropic.ts';
import { type Desk, openDesk } from '../support/desk.ts';
import { KEY, MODEL, openAIVars, startOpenAI } from '../support/openai.ts';
import { answer } from '../support/reply.ts';
import type { Vendor } from '../support/vendor.ts';

const CLAUDE = 'anthropic/claude-sonnet-5-5';
const SCHEMA = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'], additionalProperties: false };
const PICTURE =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

let openai: Vendor;
let anthropic: Vendor;
let desk: Desk;

const facts = ({ meta }: { meta: Record<string, unknown> }): unknown => meta['switchboard/answer'];

beforeAll(async () => {
  [openai, anthropic] = await Promise.all([startOpenAI(), startAnthropic()]);
  desk = await openDesk({ ...openAIVars(openai), ...anthropicVars(anthropic), GROQ_API_KEY: KEY });
});
beforeEach(() => {
  openai.always(answer({ text: ['{"city": ', '"Lima"}'] }));
  anthropic.always(answer({ text: ['```json\n{"city":"Quito"}\n```'], model: 'claude-sonnet-5-5' }));
});
afterAll(async () => {
  await desk[Symbol.asyncDispose]();
  await Promise.all([openai.close(), anthropic.close()]);
});

describe('json_schema', () => {
  it.each([
    ['as text', JSON.stringify(SCHEMA)],
    ['as an object', SCHEMA],
  ])('%s makes the answer valid JSON, in the text and in _meta', async (_, json_schema) => {
    const told = await desk.call('call_model', { model: MODEL, prompt: 'Capital of Peru?', json_schema });
    expect(told.text).toMatch(/^Answer from openai\/sim-1: \{"city":"Lima"\}\n\n\[/);
    expect(facts(told)).toMatchObject({ json: { city: 'Lima' } });
  });

  it('is given in the words of the model, so that no number is rounded', async () => {
    openai.inTurn(answer({ text: ['```json\n{ "id": 12345678901234567890,\n  "n": 1.10, "s": "a  \\"b" }\n```'] }));
    const told = await desk.call('call_model', { model: MODEL, prompt: 'Id?', json_schema: { type: 'object' } });
    expect(told.text).toContain(': {"id":12345678901234567890,"n":1.10,"s":"a  \\"b"}\n');
  });

  it('holds for every model of a comparison, and for a task', async () => {
    const compared = await desk.call('compare_models', { models: [MODEL, CLAUDE], prompt: 'Capital?', json_schema: SCHEMA });
    expect(facts(compared)).toMatchObject([{ json: { city: 'Lima' } }, { json: { city: 'Quito' } }]);
  });

  it('sends an answer that does not match back once, and then says what was wrong', async () => {
    openai.inTurn(answer({ text: ['{"town":"Lima"}'] }));
    const mended = await desk.call('call_model', { model: MODEL, prompt: 'Capital?', json_schema: SCHEMA });
    expect(mended).toMatchObject({
      failed: false,
      text: expect.stringContaining('json_schema answered twice: the first answer did not match ('),
    });
    openai.inTurn(answer({ text: ['{"town":"Lima"}'] }), answer({ text: ['I would rather not.'] }));
    const failed = await desk.call('call_model', { model: MODEL, prompt: 'Capital?', json_schema: SCHEMA });
    expect(failed).toMatchObject({
      failed: true,
      text: expect.stringMatching(
        /answered twice with what does not match json_schema .* The model answered: “I would rather not\.”/,
      ),
    });
  });

  it('is met by an answer that only wraps what was wanted, at the first try', async () => {
    const before = openai.requests.length;
    openai.inTurn(answer({ text: ['{"answer": {"city": "Lima"}}'] }));
    const told = await desk.call('call_model', { model: MODEL, prompt: 'Capital?', json_schema: SCHEMA });
    expect(told.text).toMatch(/^Answer from openai\/sim-1: \{"city":"Lima"\}\n/);
    expect(told.text).toContain('json_schema read with a correction: "answer" around it was taken away');
    expect(openai.requests).toHaveLength(before + 1);
  });

  it('of which the provider takes only a part is told as that', async () => {
    const city = { type: 'string', minLength: 2, pattern: '^[A-Z]' };
    const json_schema = { ...SCHEMA, properties: { city } };
    const { text } = await desk.call('call_model', { model: CLAUDE, prompt: 'Capital?', json_schema });
    expect(text).toMatch(/ · json_schema sent in part: the provider does not enforce .*minLength.*, which we check\]$/);
  });

  it.each([
    ['that is no JSON', '{"type":', /json_schema is not valid JSON: write/],
    ['that only begins', '{', /json_schema is not valid JSON: write/],
    ['that is a list', '[]', /json_schema is no JSON object/],
    ['with a type that does not exist', '{"type":"strng"}', /json_schema/],
    ['that points elsewhere', '{"$ref":"https://example.com/schema.json"}', /json_schema/],
    [
      'that is nested without an end',
      `${'{"properties":'.repeat(13_000)}{}${'}'.repeat(13_000)}`,
      /json_schema is nested too deep/,
    ],
    ['that is a vendor’s wrapper', { name: 'x', strict: true, schema: SCHEMA }, /pass what is under "schema" alone/],
    ['that is longer than anybody needs', `{"description":"${'x'.repeat(200_001)}"}`, /json_schema may be at most/],
  ])('%s is refused before anybody is asked', async (_, json_schema, says) => {
    const before = openai.requests.length;
    const told = await desk.call('call_model', { model: MODEL, prompt: 'Capital?', json_schema });
    expect(told).toMatchObject({ failed: true, text: expect.stringMatching(says) });
    expect(openai.requests).toHaveLength(before);
  });

  it('with a pattern that would match forever ends the check and not the server', async () => {
    openai.always(answer({ text: [JSON.stringify({ city: `${'a'.repeat(60)}!` })] }));
    const hostile = { ...SCHEMA, properties: { city: { type: 'string', pattern: '^(a+)+$' } } };
    const told = await desk.call('call_model', { model: MODEL, prompt: 'Capital?', json_schema: hostile });
    expect(told.failed).toBe(true);
    expect(told.text).not.toContain('defect');
  });
});

describe('web_search', () => {
  it('lists the pages that the answer rests on, and asks for a search', async () => {
    const sources = [{ url: 'https://example.com/peru', title: 'Peru' }];
    anthropic.always(
      answer({ text: ['Lima.'], sources, usage: { input: 9, output: 3, searches: 1 }, model: 'claude-sonnet-5-5' }),
    );
    const asked = { model: CLAUDE, prompt: 'Capital?', web_search: true };
    const told = await desk.call('call_model', asked);
    expect(told.text).toContain('Sources:\n- Peru: https://example.com/peru\n\n[');
    expect(await desk.data('call_model', asked)).toMatchObject({ 'switchboard/answer': { sources } });
    expect(anthropic.requests.at(-1)?.text).toContain('web_search');
  });

  it('is on for the task of recent events, unless the caller says no', async () => {
    const ask = async (args: object) => {
      await desk.call('route_by_task', { prompt: 'What is new?', ...args });
      return [...openai.requests, ...anthropic.requests].filter(({ text }) => text.includes('web_search')).length;
    };
    const before = await ask({ task: 'simple' });
    expect(await ask({ task: 'real_time' })).toBe(before + 1);
    expect(await ask({ task: 'real_time', web_search: false })).toBe(before + 1);
  });

  it('of a task says how to do without it, where nobody who is set up can search', async () => {
    await using other = await openDesk({ CEREBRAS_API_KEY: 'k', CEREBRAS_BASE_URL: `${openai.url}/v1` });
    const { text } = await other.call('route_by_task', { task: 'real_time', prompt: 'What is new?' });
    expect(text).toMatch(/it cannot search the web\. The task searches the web: .+ or pass web_search false/);
    const plain = await other.call('route_by_task', { task: 'real_time', prompt: 'What is new?', web_search: false });
    expect(plain.text).not.toContain('search');
  });
});

describe('an image', () => {
  it('is not sent to a model without vision, and those are named that have it', async () => {
    const before = openai.requests.length;
    const told = await desk.call('call_model', { model: 'openai/o3-mini', prompt: 'Look.', images: [PICTURE] });
    expect(told).toMatchObject({
      failed: true,
      text: expect.stringMatching(/it reads no images\. These can be called now and read images: anthropic\/\S+/),
    });
    expect(openai.requests).toHaveLength(before);
  });
});
