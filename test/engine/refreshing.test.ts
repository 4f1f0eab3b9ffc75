import { describe, expect, it } from 'vitest';
import { createPartners } from '../../src/engine/attempt/partners.ts';
import { createLiveLists } from '../../src/engine/models/live-lists.ts';
import { silence } from '../support/delivery.ts';
import { makeHome } from '../support/home.ts';
import { failure, json } from '../support/reply.ts';
import { configOf, groq, listOf, mine, namedIn, openShelf, startLister } from './shelf.ts';

describe('a refresh', () => {
  const env = (groqAt: { url: string }, mistralAt: { url: string }) => ({
    ...groq(groqAt),
    MISTRAL_API_KEY: 'k',
    MISTRAL_BASE_URL: `${mistralAt.url}/v1`,
  });

  it('waits for nobody who hangs, and keeps what others said', async () => {
    await using home = await makeHome();
    await using hangs = await startLister();
    await using answers = await startLister();
    hangs.always(listOf('never'), { deliver: silence });
    answers.always(listOf('brand-new'));
    const config = configOf({ env: env(answers, hangs) });
    const partners = createPartners(config, 'test');
    const patience: number[] = [];
    // The real request under the real deadline, but a shorter one.
    const lists = createLiveLists(
      config.providers,
      (setup, ms, signal) => {
        patience.push(ms);
        return partners.askForList(setup, Math.min(ms, 250), signal);
      },
      home.path,
    );
    const told = await lists.refresh();
    await partners.close();
    expect(told).toContainEqual({ provider: 'groq', models: 1 });
    expect(told.find(({ provider }) => provider === 'mistral')).toMatchObject({ failure: { kind: 'timeout' } });
    expect(Math.max(...patience)).toBeLessThanOrEqual(15_000);
  });

  it('goes on up with a defect, which is no trouble of the folder', async () => {
    await using home = await makeHome();
    const { providers } = configOf({ env: { MISTRAL_API_KEY: 'k' } });
    const odd = () => Promise.reject(new TypeError('This is a defect.'));
    const lists = createLiveLists(providers, odd, home.path);
    await expect(lists.refresh()).rejects.toThrow('This is a defect.');
  });

  it('says nothing of servers of this machine that are not there and that nobody named', async () => {
    await using shelf = openShelf({});
    expect(await shelf.engine.lists.refresh()).toEqual([]);
    await using named = openShelf({ config: { providers: { ollama: {} } } });
    expect(await named.engine.lists.refresh()).toMatchObject([{ provider: 'ollama', failure: { kind: 'network' } }]);
  });

  it('ends when it is cancelled', async () => {
    await using hangs = await startLister();
    await using shelf = openShelf({ env: env(hangs, hangs) });
    hangs.always(listOf('never'), { deliver: silence });
    const told = await shelf.engine.lists.refresh(AbortSignal.timeout(100));
    for (const id of ['groq', 'mistral'])
      expect(told.find(({ provider }) => provider === id)).toMatchObject({ failure: { kind: 'cancelled' } });
  });

  it('keeps the old list of who fails', async () => {
    await using home = await makeHome();
    await using vendor = await startLister();
    vendor.inTurn(listOf('brand-new'), failure({ status: 500 }), json(200, { odd: true }), listOf());
    await using shelf = openShelf({ env: groq(vendor), home: home.path });
    for (let nth = 0; nth < 3; nth += 1) await shelf.engine.lists.refresh();
    expect(namedIn(await shelf.list(mine))).toEqual(['groq/brand-new']);
    await using later = openShelf({ env: groq(vendor), home: home.path });
    expect(namedIn(await later.list(mine))).toEqual(['groq/brand-new']);
  });

  it('asks nobody whose credentials only lie around, unless the config names them', async () => {
    await using vendor = await startLister();
    vendor.always(listOf('brand-new'));
    const lying = { HF_TOKEN: 'hf_0123456789', HUGGINGFACE_BASE_URL: `${vendor.url}/v1` };
    await using shelf = openShelf({ env: lying });
    await shelf.engine.lists.refresh();
    expect(vendor.requests).toEqual([]);
    await using named = openShelf({ env: lying, config: { providers: { huggingface: {} } } });
    await named.engine.lists.refresh();
    expect(vendor.requests).toHaveLength(1);
  });

  it.each([
    { vendor: 'google', page: /[?&]pageToken=two/, first: { nextPageToken: 'two' }, key: 'models', env: 'GEMINI_API_KEY' },
    {
      vendor: 'anthropic',
      page: /[?&]after_id=m-1/,
      first: { has_more: true, last_id: 'm-1' },
      key: 'data',
      env: 'ANTHROPIC_API_KEY',
    },
    { vendor: 'cohere', page: /[?&]page_token=two/, first: { next_page_token: 'two' }, key: 'models', env: 'COHERE_API_KEY' },
  ])('reads all of the pages in which $vendor lists its models', async ({ vendor: id, page, first, key, env: name }) => {
    await using vendor = await startLister();
    const one = (model: string) => (id === 'anthropic' ? { id: model, type: 'model' } : { name: model, endpoints: ['chat'] });
    vendor.inTurn(json(200, { [key]: [one('m-1')], ...first }), json(200, { [key]: [one('m-2')], has_more: false }));
    await using shelf = openShelf({ env: { [name]: 'k', [`${id.toUpperCase()}_BASE_URL`]: `${vendor.url}/v1/x/v1` } });
    await shelf.engine.lists.refresh();
    const lists = await shelf.engine.lists.current();
    const ids = lists.get(id)?.models.map((model) => model.id);
    // One page of all, asked for by its size, is as good as one after the other.
    const whole = /[?&](?:pageSize|page_size|limit)=1000/.test(vendor.requests[0]?.path ?? '');
    expect(ids).toEqual(whole ? ['m-1'] : ['m-1', 'm-2']);
    expect(whole || page.test(vendor.requests[1]?.path ?? '')).toBe(true);
  });
});
