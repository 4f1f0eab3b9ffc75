import { describe, expect, it } from 'vitest';
import { type Ask, userText } from '../../src/core/chat.ts';
import { failureText } from '../../src/tools/render/failure.ts';
import { FIRST_OF_EACH_WIRE, ROWS } from '../contract/rows.ts';
import { setStage } from '../contract/stage.ts';
import { REAL, withNulls } from '../structure/real-schemas.ts';
import { answer, failure as refusal } from '../support/reply.ts';

const ROWS_OF_WIRES = [
  ...FIRST_OF_EACH_WIRE,
  ...ROWS.filter(({ name }) => ['deepseek', 'minimax', 'openai as openai-chat'].includes(name)),
];

const said = (value: unknown) => answer({ text: Array.from(JSON.stringify(value).match(/.{1,7}/gsu) ?? []) });

const asking = (schema: NonNullable<Ask['schema']>): Ask => ({ messages: [userText('Tell me.')], schema });

/** A try that was billed and brought nothing. */
const VAIN = { outcome: 'failed', kind: 'invalid_output', usage: { output: 5 } };

/** Where each wire is given a schema natively. */
const NATIVE = /"json_schema"|responseJsonSchema|"textFormat"/;

describe.each(ROWS_OF_WIRES.map((row) => [row.name, row] as const))('%s, asked for JSON', (_, row) => {
  it.each(Object.entries(REAL))(
    'gives %s, at the second try if need be, or says what is wrong',
    async (__, { schema, good, bad, wrong }) => {
      await using machine = await row.machine?.open();
      await using stage = await setStage(row);
      const { vendor, call, failure } = stage;
      void machine;

      vendor.inTurn(said(withNulls(schema, good)));
      const first = await call(asking(schema));
      expect(first).toMatchObject({ json: good, text: JSON.stringify(good) });
      expect(first.attempts).toHaveLength(1);
      const [request] = vendor.requests;
      const told = first.notes.find(({ param, sent }) => param === 'json_schema' && sent === 'sent in words');
      expect(NATIVE.test(request?.text ?? '')).toBe(told === undefined);

      vendor.inTurn(said(bad), said(good));
      const second = await call(asking(schema));
      expect(second).toMatchObject({
        json: good,
        attempts: [{ outcome: 'failed', kind: 'invalid_output' }, { outcome: 'answered' }],
      });
      expect(second.notes).toContainEqual(
        expect.objectContaining({ param: 'json_schema', sent: 'answered twice', why: expect.stringMatching(wrong) }),
      );
      expect(vendor.requests).toHaveLength(3);
      expect(vendor.requests[2]?.text).toContain('That does not match the JSON Schema');

      vendor.inTurn(said(bad), said(bad));
      const failed = await failure(asking(schema));
      expect(failed).toMatchObject({ kind: 'invalid_output', facts: { param: 'json_schema', attempts: [VAIN, VAIN] } });
      expect(failed.message).toMatch(/^it answered twice with what does not match json_schema/);
      expect(failed.message).toMatch(wrong);
      expect(vendor.requests).toHaveLength(5);
    },
  );

  it('is not sent back what was cut off or refused', async () => {
    await using machine = await row.machine?.open();
    await using stage = await setStage(row);
    void machine;
    const schema = { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] };
    stage.vendor.inTurn(answer({ text: ['{"a": "so f'], stop: 'length' }), answer({ text: ['I will not.'], stop: 'refused' }));
    const cut = await stage.failure(asking(schema));
    expect(cut).toMatchObject({ kind: 'invalid_output', facts: { attempts: [{}] } });
    expect(failureText(cut)).toMatch(/cut off at the output limit before the JSON was whole: raise max_tokens\./);
    const refused = await stage.failure(asking(schema));
    expect(refused).toMatchObject({ kind: 'refused', facts: { modelSaid: 'I will not.' } });
    expect(stage.vendor.requests).toHaveLength(2);
  });

  it('reads it out of a fence or amidst words', async () => {
    await using machine = await row.machine?.open();
    await using stage = await setStage(row);
    void machine;
    stage.vendor.inTurn(answer({ text: ['Sure!\n```json\n', '{"a": "b"}', '\n```\nAnything else?'] }));
    const answered = await stage.call(asking({ type: 'object', properties: { a: { type: 'string' } } }));
    expect(answered).toMatchObject({ text: '{"a":"b"}', json: { a: 'b' } });
  });

  it('is told a schema in words when it refuses it, and held to it all the same', async () => {
    await using machine = await row.machine?.open();
    await using stage = await setStage(row);
    void machine;
    const schema = { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] };
    const native = !['deepseek', 'minimax'].includes(row.name);
    if (!native) return;
    const message = 'Invalid schema for response_format: output_config.format is not supported with this model.';
    stage.vendor.inTurn(refusal({ status: 400, message }), said({ b: 1 }), said({ a: 'b' }));
    const answered = await stage.call(asking(schema));
    expect(answered.json).toEqual({ a: 'b' });
    const texts = stage.vendor.requests.map(({ text }) => [NATIVE.test(text), text.includes('valid against this JSON Schema')]);
    expect(texts).toEqual([
      [true, false],
      [false, true],
      [false, true],
    ]);
    expect(answered.notes.filter(({ sent }) => sent === 'sent in words')).toHaveLength(1);
  });

  it('is asked nothing by a schema that is none', async () => {
    await using machine = await row.machine?.open();
    await using stage = await setStage(row);
    void machine;
    const failed = await stage.failure(asking({ type: 'objekt' }));
    expect(failed).toMatchObject({ kind: 'input', message: expect.stringContaining('"type" has to be one of') });
    expect(stage.vendor.requests).toEqual([]);
  });
});

describe('a correction', () => {
  it('neither searches again nor writes to a cache, and what was found stays', async () => {
    const row = ROWS.find(({ name }) => name === 'anthropic') ?? expect.fail('There is no Anthropic.');
    await using stage = await setStage(row);
    const sources = [{ url: 'https://news.example/', title: 'News' }];
    stage.vendor.inTurn(answer({ text: ['{}'], sources }), said({ a: 'b' }));
    const schema = { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] };
    const answered = await stage.call({ ...asking(schema), webSearch: true });
    expect(answered).toMatchObject({ json: { a: 'b' }, sources });
    expect(stage.vendor.requests.map(({ text }) => [text.includes('web_search'), text.includes('cache_control')])).toEqual([
      [true, false],
      [false, false],
    ]);
  });

  it('of a conversation reads from the cache what the first try wrote to it', async () => {
    const row = ROWS.find(({ name }) => name === 'anthropic') ?? expect.fail('There is no Anthropic.');
    await using stage = await setStage(row);
    stage.vendor.inTurn(said({ a: 1, b: 2 }), said('b'));
    const messages = [
      userText('One?'),
      { role: 'assistant' as const, content: [{ type: 'text' as const, text: 'Yes.' }] },
      userText('So?'),
    ];
    await stage.call({ messages, schema: { type: 'string' } });
    expect(stage.vendor.requests.map(({ text }) => text.includes('cache_control'))).toEqual([true, true]);
  });
});

describe('a schema that shows only by an answer that it cannot be followed', () => {
  it('is refused then, and what was paid for is told', async () => {
    const row = ROWS.find(({ name }) => name === 'anthropic') ?? expect.fail('There is no Anthropic.');
    await using stage = await setStage(row);
    stage.vendor.always(said(`${'a'.repeat(60)}!`));
    const failed = await stage.failure(asking({ type: 'string', pattern: '^(a+)+$' }));
    expect(failed).toMatchObject({ kind: 'input', facts: { attempts: [{ model: 'sim-1', usage: { input: 12 } }] } });
    expect(failed.message).toContain('a pattern of it takes too long');
    expect(stage.vendor.requests).toHaveLength(1);
  });
});
