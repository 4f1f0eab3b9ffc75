import { describe, expect, it } from 'vitest';
import { type Ask, userText } from '../../src/core/chat.ts';
import { ROWS } from '../contract/rows.ts';
import { setStage } from '../contract/stage.ts';
import { answer, edited, unstreamed } from '../support/reply.ts';

const row = ROWS.find(({ name }) => name === 'perplexity') ?? expect.fail('There is no Perplexity.');

/** The body of the only request for an ask. */
async function bodyOf(ask: Partial<Ask>, model = 'sonar'): Promise<unknown> {
  await using stage = await setStage(row);
  stage.vendor.always(answer({ text: ['{"a":1}'] }));
  await stage.call({ messages: [userText('Hi')], ...ask }, { model });
  return stage.vendor.requests[0]?.body;
}

const MINIMAL = { input: [{ role: 'user', content: [{ type: 'input_text', text: 'Hi' }] }], store: false, stream: true };

describe('Perplexity’s Agent API', () => {
  it.each([
    ['its own model', 'sonar', { model: 'perplexity/sonar' }],
    ['its own model by its whole name', 'perplexity/sonar', { model: 'perplexity/sonar' }],
    ['the model of another maker', 'openai/gpt-9', { model: 'openai/gpt-9' }],
    ['a preset', 'fast', { preset: 'fast' }],
    ['a model that wants a bound', 'anthropic/claude-9', { model: 'anthropic/claude-9', max_output_tokens: 8192 }],
  ])('is asked for %s', async (_, model, named) => {
    expect(await bodyOf({}, model)).toEqual({ ...named, ...MINIMAL });
  });

  it('is sent no field that it does not know, nested ones among them', async () => {
    const schema = { type: 'object', properties: { a: { type: 'number' } }, required: ['a'], additionalProperties: false };
    const messages: Ask['messages'] = [
      userText('One?'),
      { role: 'assistant', content: [{ type: 'text', text: 'One.' }] },
      { role: 'user', content: [{ type: 'image_url', url: 'https://pictures.example/cat.png' }] },
    ];
    const all = {
      system: 'Be terse.',
      messages,
      maxTokens: 99,
      temperature: 0.5,
      effort: 'low',
      schema,
      webSearch: true,
    } as const;
    expect(await bodyOf(all)).toEqual({
      model: 'perplexity/sonar',
      instructions: 'Be terse.',
      input: [
        { role: 'user', content: [{ type: 'input_text', text: 'One?' }] },
        { role: 'assistant', content: 'One.' },
        { role: 'user', content: [{ type: 'input_image', image_url: 'https://pictures.example/cat.png' }] },
      ],
      max_output_tokens: 99,
      temperature: 0.5,
      reasoning: { effort: 'low' },
      tools: [{ type: 'web_search' }],
      response_format: { type: 'json_schema', json_schema: { name: 'answer', schema } },
      store: false,
      stream: true,
    });
  });

  it('is not asked for a summary of thinking, and who wanted one is told', async () => {
    await using stage = await setStage(row);
    stage.vendor.always(answer());
    const { notes } = await stage.call({ messages: [userText('Hi')], effort: 'low', thinkingSummary: true });
    expect(notes).toMatchObject([{ param: 'thinking_summary', sent: null, why: 'this vendor has no such parameter' }]);
    expect(stage.vendor.requests[0]?.body).toMatchObject({ reasoning: { effort: 'low' } });
    expect(stage.vendor.requests[0]?.text).not.toContain('summary');
  });

  it('says everything once, streamed or whole, in the middle of nulls', async () => {
    const said = { text: ['It ', 'rains.'], sources: [{ url: 'https://news.example/', title: 'News' }] };
    const nulled = edited(said, (events) =>
      events.map(({ data }) => ({ data: { ...data, item_id: null, logprobs: null, obfuscation: null, error: null } })),
    );
    await using stage = await setStage(row);
    stage.vendor.inTurn(answer(said), unstreamed(said), nulled);
    for (let nth = 0; nth < 3; nth += 1) expect(await stage.call('Hi')).toMatchObject({ ...said, text: 'It rains.' });
  });

  it.each(['failed', 'cancelled'])('gives no answer by a response that was %s, streamed or whole', async (status) => {
    const response = { object: 'response', status, output: [], error: { message: 'Step 3 broke.', type: 'internal_error' } };
    const event = { data: { type: `response.${status}`, response } };
    await using stage = await setStage(row);
    const whole = { ...unstreamed()(row.dialect, {}), pieces: [Buffer.from(JSON.stringify(response))] };
    stage.vendor.inTurn(
      edited({}, (events) => [...events.slice(0, -1), event]),
      () => whole,
    );
    for (let nth = 0; nth < 2; nth += 1) {
      expect(await stage.failure()).toMatchObject({ kind: 'upstream', facts: { vendorSaid: 'Step 3 broke.' } });
    }
  });
});
