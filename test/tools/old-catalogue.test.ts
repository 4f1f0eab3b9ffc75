import { describe, expect, it } from 'vitest';
import { loadCatalog } from '../../src/catalog/catalog.ts';
import { dayOf } from '../../src/core/day.ts';
import { setClock } from '../support/clock.ts';
import { openDesk } from '../support/desk.ts';
import { makeHome } from '../support/home.ts';
import { openAIVars, startOpenAI } from '../support/openai.ts';
import { run } from '../support/process.ts';
import { answer, failure } from '../support/reply.ts';

const catalog = await loadCatalog();

/** Sets the clock to this many days after that of the catalogue. */
const setAge = (days: number): Disposable => setClock(dayOf(Date.parse(catalog.date) + days * 86_400_000));

describe('a program whose catalogue is old', () => {
  it('says how old when models are listed, with what to do, and goes on', async () => {
    await using home = await makeHome();
    using _ = setAge(400);
    await using desk = await openDesk({ OPENAI_API_KEY: 'a-key' });
    const told = /\n(The catalogue is 400 days old: .+)\n- /;
    const [, said] = told.exec((await desk.call('list_models', { provider: 'openai' })).text) ?? [];
    expect(said).toContain('newer models and prices are missing. Install a newer version of this program;');
    const listed = await run({ home, args: ['models', '--provider', 'openai'] });
    expect(listed).toMatchObject({ code: 0, stdout: expect.stringMatching(told) });
  });

  it('says nothing of it before it matters', async () => {
    using _ = setAge(150);
    await using desk = await openDesk({ OPENAI_API_KEY: 'a-key' });
    expect((await desk.call('list_models', { provider: 'openai' })).text).not.toContain('days old');
  });

  it('says it where it chose the model by that catalogue', async () => {
    await using openai = await startOpenAI();
    openai.always(answer({ model: 'gpt-6.1-sol' }));
    await using desk = await openDesk(openAIVars(openai));
    using _ = setAge(400);
    const routed = await desk.call('route_by_task', { task: 'code review', prompt: 'Find the defect.' });
    expect(routed.text).toMatch(/\d candidates; the catalogue is 400 days old\]/);
    const unnamed = await desk.call('call_model', { prompt: 'Hi' });
    expect(unnamed.text).toContain('no model was named; the best choice at openai; the catalogue is 400 days old]');
    const named = await desk.call('call_model', { prompt: 'Hi', model: 'openai/gpt-6.1-sol' });
    expect(named.text).not.toContain('days old');
  });

  it('does not say it of a model that the user chose', async () => {
    await using openai = await startOpenAI();
    openai.always(answer());
    await using desk = await openDesk(openAIVars(openai), 'providers: { openai: { default_model: sim-1 } }');
    using _ = setAge(400);
    expect((await desk.call('call_model', { prompt: 'Hi' })).text).not.toContain('days old');
  });
});

describe('a model that its vendor retires', () => {
  const call = async (day: string, reply: Parameters<Awaited<ReturnType<typeof startOpenAI>>['always']>[0]) => {
    await using openai = await startOpenAI();
    openai.always(reply);
    await using desk = await openDesk(openAIVars(openai));
    using _ = setClock(day);
    return (await desk.call('call_model', { model: 'openai/gpt-4o', prompt: 'Hi' })).text;
  };
  const GONE = failure({ status: 404, message: 'The model does not exist.' });

  it.each([
    ['before its day', '2027-01-13', 'model gpt-4o: its vendor stops serving it on 2027-01-14]'],
    ['on its day', '2027-01-14', 'its vendor stopped serving it on 2027-01-14, so another may have answered in its name]'],
    ['long after', '2027-11-01', 'its vendor stopped serving it on 2027-01-14, so another may have answered in its name]'],
  ])('is told of with its answer: %s', async (_, day, said) => {
    expect(await call(day, answer({ model: 'gpt-4o-2024-08-06' }))).toContain(said);
  });

  it('is told of when its vendor does not find it', async () => {
    expect(await call('2027-02-01', GONE)).toContain('Model gpt-4o: its vendor stopped serving it on 2027-01-14.');
  });
});
