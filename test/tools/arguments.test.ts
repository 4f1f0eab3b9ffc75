import { describe, expect, it } from 'vitest';
import { openDesk } from '../support/desk.ts';
import { makeHome } from '../support/home.ts';
import { MODEL, openAIVars, startOpenAI } from '../support/openai.ts';
import { answer } from '../support/reply.ts';

const prompt = 'Hi';

describe('arguments that do not fit are told, and nobody is called', () => {
  it.each([
    {
      tool: 'call_model',
      args: { prompt, modle: 'x' },
      says: 'call_model: there is no argument "modle" (did you mean "model"?); it takes ',
    },
    {
      tool: 'call_model',
      args: { prompt, qqqqqqqqqqqq: 1 },
      says: 'call_model: there is no argument "qqqqqqqqqqqq"; it takes model, prompt, ',
    },
    { tool: 'call_model', args: {}, says: 'call_model: prompt is missing.' },
    { tool: 'call_model', args: { prompt: null }, says: 'call_model: prompt is missing.' },
    { tool: 'call_model', args: { prompt: ' \n\t' }, says: 'call_model: prompt is empty: say what the model should do.' },
    { tool: 'call_model', args: { prompt: '' }, says: 'call_model: prompt is empty: say what the model should do.' },
    { tool: 'call_model', args: { prompt: 7 }, says: 'call_model: prompt has to be a string.' },
    { tool: 'call_model', args: { prompt: ['Hi'] }, says: 'call_model: prompt has to be a string.' },
    { tool: 'call_model', args: { prompt, model: 'x'.repeat(301) }, says: 'call_model: model may be at most 300 characters.' },
    { tool: 'call_model', args: { prompt, temperature: 2.1 }, says: 'call_model: temperature may be at most 2.' },
    { tool: 'call_model', args: { prompt, temperature: -1 }, says: 'call_model: temperature has to be at least 0.' },
    { tool: 'call_model', args: { prompt, temperature: 'warm' }, says: 'call_model: temperature has to be a number.' },
    { tool: 'call_model', args: { prompt, max_tokens: 0 }, says: 'call_model: max_tokens has to be at least 1.' },
    { tool: 'call_model', args: { prompt, max_tokens: 1.5 }, says: 'call_model: max_tokens has to be an integer.' },
    { tool: 'call_model', args: { prompt, timeout_s: 0.5 }, says: 'call_model: timeout_s has to be at least 1.' },
    {
      tool: 'call_model',
      args: { prompt, reasoning_effort: 'hihg' },
      says: 'call_model: reasoning_effort has to be one of none, minimal, low, medium, high, xhigh or max.',
    },
    {
      tool: 'call_model',
      args: { temperature: 3, max_tokens: 0 },
      says: 'prompt is missing, max_tokens has to be at least 1 and temperature',
    },
    { tool: 'compare_models', args: { prompt, models: [] }, says: 'compare_models: models has to have at least 1 item.' },
    {
      tool: 'compare_models',
      args: { prompt, models: Array(9).fill('a/b') },
      says: 'compare_models: models may have at most 8 items.',
    },
    { tool: 'compare_models', args: { prompt, models: ['a/b', 7] }, says: 'compare_models: models[1] has to be a string.' },
    {
      tool: 'compare_models',
      args: { prompt, models: '["openai", groq]' },
      says: 'compare_models: models has to be a list, such as ["openai", "groq"].',
    },
    { tool: 'compare_models', args: { prompt, models: 7 }, says: 'models has to be a list, such as ["openai", "groq"].' },
    { tool: 'call_model', args: { prompt, files: '["src/a.ts"' }, says: 'files has to be a list, such as ["src/a.ts"].' },
    { tool: 'call_model', args: { prompt, files: ['a.ts', ''] }, says: 'call_model: files[1] is empty.' },
    { tool: 'route_by_task', args: { prompt, task: ' ' }, says: 'task is empty: say what kind of work it is' },
    { tool: 'get_result', args: { job_id: '' }, says: 'job_id is empty: pass the one that the long result names.' },
    { tool: 'compare_models', args: { prompt, model: 'a/b' }, says: 'there is no argument "model" (did you mean "models"?)' },
    { tool: 'route_by_task', args: { prompt }, says: 'route_by_task: task is missing.' },
    {
      tool: 'route_by_task',
      args: { prompt, task: 'code', priority: 'best' },
      says: 'priority has to be one of quality, balanced, cheap or fast.',
    },
    { tool: 'list_models', args: { available_only: 'maybe' }, says: 'list_models: available_only has to be true or false.' },
    { tool: 'list_models', args: { limit: 201 }, says: 'list_models: limit may be at most 200.' },
  ])('$tool $args', async ({ tool, args, says }) => {
    await using vendor = await startOpenAI();
    await using desk = await openDesk(openAIVars(vendor));
    const { text, failed, meta } = await desk.call(tool, args);
    expect({ failed, text }).toEqual({ failed: true, text: expect.stringContaining(says) });
    expect(text).toMatch(/\.$/);
    expect(text).not.toMatch(/\.\.|\n/);
    expect(meta).toMatchObject({ 'switchboard/error': { kind: 'input', retryable: false } });
    expect(vendor.requests).toEqual([]);
  });
});

describe('arguments are taken as they are meant', () => {
  it.each([
    { what: 'null counts as absent', args: { temperature: null, max_tokens: null, system: null }, sent: {} },
    {
      what: 'an empty text counts as absent',
      args: { system: '', thread_id: '', git_diff: ' ', json_schema: '', files: '', temperature: '', reasoning_effort: '' },
      sent: {},
    },
    { what: 'wait_for_previous, which a host adds, is ignored', args: { wait_for_previous: true }, sent: {} },
    {
      what: 'a quoted number is a number',
      args: { temperature: '0.5', max_tokens: '900' },
      sent: { temperature: 0.5, max_output_tokens: 900 },
    },
    { what: 'zero is not absent', args: { temperature: 0 }, sent: { temperature: 0 } },
  ])('$what', async ({ args, sent }) => {
    await using vendor = await startOpenAI();
    vendor.always(answer());
    await using desk = await openDesk(openAIVars(vendor));
    expect(await desk.call('call_model', { model: MODEL, prompt, ...args })).toMatchObject({ failed: false });
    const bare = { model: 'sim-1', input: expect.anything(), stream: true, store: false };
    expect(vendor.requests[0]?.body).toEqual({ ...bare, ...sent });
  });

  it('a prompt that is a number in a text stays a text', async () => {
    await using vendor = await startOpenAI();
    vendor.always(answer());
    await using desk = await openDesk(openAIVars(vendor));
    await desk.call('call_model', { model: MODEL, prompt: '42' });
    expect(vendor.requests[0]?.text).toContain('"42"');
  });

  it('an empty model is the default one', async () => {
    await using vendor = await startOpenAI();
    vendor.always(answer());
    await using desk = await openDesk(openAIVars(vendor), `default_model: ${MODEL}`);
    expect(await desk.call('call_model', { model: '', prompt })).toMatchObject({ failed: false });
    expect(vendor.requests[0]?.body).toMatchObject({ model: 'sim-1' });
  });

  it.each(['openai/sim-1,openai/sim-2', 'openai/sim-1, openai/sim-2,', '"openai/sim-1, openai/sim-2"'])(
    'models in one text are several: %s',
    async (models) => {
      await using vendor = await startOpenAI();
      vendor.always(answer());
      await using desk = await openDesk(openAIVars(vendor));
      expect((await desk.call('compare_models', { prompt, models })).text).toMatch(/^2 models were asked, 2 answered, /);
    },
  );

  it('a file in a text is a list of one, also where it begins with a bracket', async () => {
    await using home = await makeHome();
    await using vendor = await startOpenAI();
    vendor.always(answer());
    await Promise.all([home.write('a,b.ts', 'const fair = 1;'), home.write('[id].ts', 'const odd = 2;')]);
    const config = `files: { allow_dirs: [${JSON.stringify(home.path)}] }`;
    await using desk = await openDesk(openAIVars(vendor), config, { cwd: home.path });
    for (const files of ['a,b.ts', '[id].ts'])
      expect(await desk.call('call_model', { model: MODEL, prompt, files })).toMatchObject({ failed: false });
    expect(vendor.requests.map(({ text }) => [text.includes('fair'), text.includes('odd')])).toEqual([
      [true, false],
      [false, true],
    ]);
  });

  it('a quoted list is a list, and a quoted truth value is one', async () => {
    await using vendor = await startOpenAI();
    vendor.always(answer());
    await using desk = await openDesk(openAIVars(vendor));
    const { text } = await desk.call('compare_models', { prompt, models: '["openai/sim-1", "openai/sim-2"]' });
    expect(text).toMatch(/^2 models were asked, 2 answered, /);
    expect(await desk.call('list_models', { available_only: 'true', limit: '1' })).toMatchObject({ failed: false });
  });
});
