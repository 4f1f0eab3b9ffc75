import { describe, expect, it } from 'vitest';
import { asWritten, type Delivery, late } from '../support/delivery.ts';
import { ERAS } from '../support/eras.ts';
import { makeHome } from '../support/home.ts';
import { openLines } from '../support/line-client.ts';
import { KEY, MODEL, openAIVars, startOpenAI } from '../support/openai.ts';
import { answer, type Content } from '../support/reply.ts';

/** Says the word that is numbered in the prompt. */
const echo: Content = (dialect, request) =>
  answer({ text: [/word-\d+/.exec(JSON.stringify(request))?.[0] ?? 'nothing'] })(dialect, request);

describe.each(ERAS)('the server on stdio, spoken to in lines, %s', { concurrent: true }, (era) => {
  it('says nothing else on stdout, although OPENAI_LOG asks the SDK to', async () => {
    await using home = await makeHome();
    await using vendor = await startOpenAI();
    vendor.always(answer());
    await using client = await openLines({ home, vars: { ...openAIVars(vendor), OPENAI_LOG: 'debug' } }, era);
    expect(await client.call('call_model', { model: MODEL, prompt: 'Hi' })).toMatchObject({ failed: false });
    expect(client.stderr()).not.toContain(KEY);
  });

  it('reports progress to a token that is 0', async () => {
    await using home = await makeHome();
    await using vendor = await startOpenAI();
    vendor.always(answer());
    await using client = await openLines({ home, vars: openAIVars(vendor) }, era);
    await client.call('call_model', { model: MODEL, prompt: 'Hi' }, { progressToken: 0 });
    const news = client.messages().filter(({ method }) => method === 'notifications/progress');
    expect(news).toMatchObject([{ params: { progressToken: 0, progress: expect.any(Number), message: expect.any(String) } }]);
  });

  it('answers twenty calls at once, each to its own id', async () => {
    await using home = await makeHome();
    await using vendor = await startOpenAI();
    let asked = 0;
    // The first to be asked is the last to answer.
    const deliver: Delivery = (reply) => late(200 - (asked += 1) * 10, asWritten)(reply);
    vendor.always(echo, { deliver });
    await using client = await openLines({ home, vars: openAIVars(vendor) }, era);
    const words = Array.from({ length: 20 }, (_, at) => `word-${at}`);
    const answers = await Promise.all(words.map((word) => client.call('call_model', { model: MODEL, prompt: `Say ${word}` })));
    expect(answers.map(({ text }) => /word-\d+/.exec(text)?.[0])).toEqual(words);
    expect(client.stderr()).toBe('');
  });

  it('comes up without a key, teaches what to set, and names it when it is called all the same', async () => {
    await using home = await makeHome();
    await using client = await openLines({ home }, era);
    const listed = await client.call('list_models', {});
    expect(listed).toMatchObject({ failed: false, text: expect.stringContaining('No model can be called yet') });
    expect(listed.text).toContain('OPENAI_API_KEY');
    const named = await client.call('call_model', { model: 'anthropic', prompt: 'Hi' });
    expect(named).toMatchObject({ failed: true, text: expect.stringContaining('ANTHROPIC_API_KEY') });
    const unnamed = await client.call('call_model', { prompt: 'Hi' });
    expect(unnamed).toMatchObject({ failed: true, text: expect.stringContaining('OPENAI_API_KEY') });
  });

  it('answers what is not for it in the protocol’s own errors, and goes on', async () => {
    await using home = await makeHome();
    await using client = await openLines({ home }, era);
    expect((await client.request('tools/mend')).error?.code).toBe(-32_601);
    expect((await client.request('tools/call', { name: 'call_modle', arguments: {} })).error?.code).toBe(-32_602);
    client.write('this is no message\n');
    expect((await client.request('tools/list')).result).toMatchObject({ tools: { length: 5 } });
  });
});

describe('two servers in one home', { concurrent: true }, () => {
  it('both answer', async () => {
    await using home = await makeHome();
    await using vendor = await startOpenAI();
    vendor.always(answer());
    await using one = await openLines({ home, vars: openAIVars(vendor) }, 'legacy');
    await using other = await openLines({ home, vars: openAIVars(vendor) }, 'modern');
    const answers = await Promise.all([one, other].map((client) => client.call('call_model', { model: MODEL, prompt: 'Hi' })));
    expect(answers).toMatchObject([{ failed: false }, { failed: false }]);
  });
});
