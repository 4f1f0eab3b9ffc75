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
    expect(told.text).toMatch(/^Answer from openai\/sim-1:\n\n\{"city":"Lima"\}\n\n\[/);
    expect(facts(told)).toMatchObject({ json: { city: 'Lima' } });
  });

  it('is given in the words of the model, so that no number is rounded', async () => {
    openai.inTurn(answer({ text: ['```json\n{ "id": 12345678901234567890,\n  "n": 1.10, "s": "a  \\"b" }\n```'] }));
    const told = await desk.call('call_model', { model: MODEL, prompt: 'Id?', json_schema: { type: 'object' } });
    expect(told.text).toContain('\n{"id":12345678901234567890,"n":1.10,"s":"a  \\"b"}\n');
  });

  it('holds for every model of a comparison, and for a task', async () => {
    const compared = await desk.call('compare_models', { models: [MODEL, CLAUDE], prompt: 'Capital?', json_schema: SCHEMA });
    expect(facts(compared)).toMatchObject([{ json: { city: 'Lima' } }, { json: { city: 'Quito' } }]);
  });

  it('sends an answer that does not match back once, and then says what was wrong', async () => {
    openai.inTurn(answer({ text: ['{"town":"Lima"}'] }));
    const mended = await desk.call('call_model', { model: MODEL, prompt: 'Capital?', json_schema: SCHEMA });
    expect(mended).toMatchObject({ failed: false, text: expect.stringContaining('a corrected one') });
    openai.inTurn(answer({ text: ['{"town":"Lima"}'] }), answer({ text: ['I would rather not.'] }));
    const failed = await desk.call('call_model', { model: MODEL, prompt: 'Capital?', json_schema: SCHEMA });
    expect(failed).toMatchObject({
      failed: true,
      text: expect.stringMatching(/answered twice with what does not match json_schema/),
    });
  });

  it.each([
    ['that is no JSON', '{"type":', /json_schema is no JSON object/],
    ['that is a list', '[]', /json_schema is no JSON object/],
    ['with a type that does not exist', '{"type":"strng"}', /json_schema/],
    ['that points elsewhere', '{"$ref":"https://example.com/schema.json"}', /json_schema/],
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
    anthropic.next(answer({ text: ['Lima.'], sources, usage: { input: 9, output: 3, searches: 1 }, model: 'claude-sonnet-5-5' }));
    const told = await desk.call('call_model', { model: CLAUDE, prompt: 'Capital?', web_search: true });
    expect(told.text).toContain('Sources:\n- Peru: https://example.com/peru\n\n[');
    expect(facts(told)).toMatchObject({ sources });
    expect(anthropic.requests.at(-1)?.text).toContain('web_search');
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
