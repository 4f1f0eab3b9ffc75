import { describe, expect, it } from 'vitest';
import { userText } from '../../src/core/chat.ts';
import type { Answer, Ask } from '../../src/core/chat.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { CHAT, type Places, RESPONSE, startPlaces } from '../support/places.ts';
import { configOf, openShelf } from './shelf.ts';

type Caller = AsyncDisposable & { engine: Engine; call: (model: string, ask?: Partial<Ask>) => Promise<Answer> };

/** An engine that knows what the environment says. */
function callerWith(env: Record<string, string>): Caller {
  const { engine, ...shelf } = openShelf({ env, config: { retries: 0 } });
  const call: Caller['call'] = (model, ask = {}) => engine.call({ ask: { messages: [userText('Hi')], ...ask }, model });
  return { engine, call, [Symbol.asyncDispose]: () => shelf[Symbol.asyncDispose]() };
}

const openai = ({ url }: Places, path = '/v1') => ({ OPENAI_API_KEY: 'sk-1', OPENAI_BASE_URL: url + path });
const box = ({ url }: Places, path = '/v1') => ({ SWITCHBOARD_CUSTOM_BOX_BASE_URL: url + path });

describe('a server that speaks chat only, behind OPENAI_BASE_URL', () => {
  it.each([
    ['says 404', [404, { detail: 'Not Found' }]],
    ['says 404 in a text', [404, '404 page not found']],
    ['says 405', [405, { detail: 'Method Not Allowed' }]],
    [
      'says that there is no such endpoint, with a good status',
      [200, { error: 'Unexpected endpoint or method. (POST /v1/responses)' }],
    ],
    ['shows a page', [200, '<html>Welcome</html>']],
  ] as const)('answers by chat where it %s', async (_, elsewhere) => {
    await using server = await startPlaces({ 'POST /v1/chat/completions': CHAT }, elsewhere);
    await using caller = callerWith(openai(server));
    const { text, notes } = await caller.call('openai/my-local-model');
    expect(text).toBe('Hello');
    expect(notes).toEqual([
      { param: 'wire', asked: 'openai-responses', sent: 'openai-chat', why: expect.stringContaining('OPENAI_WIRE=openai-chat') },
    ]);
  });

  it('is found out once, whatever model is asked after that', async () => {
    await using server = await startPlaces({ 'POST /v1/chat/completions': CHAT });
    await using caller = callerWith(openai(server));
    await caller.call('openai/one');
    expect((await caller.call('openai/two')).notes).toEqual([]);
    expect(server.paths()).toEqual(['POST /v1/responses', 'POST /v1/chat/completions', 'POST /v1/chat/completions']);
    expect(server.asked.at(-1)?.body).toMatchObject({ model: 'two', messages: [{ role: 'user' }] });
  });

  it('is asked by the wire that the user chose, and by no other', async () => {
    await using server = await startPlaces({ 'POST /v1/chat/completions': CHAT });
    await using caller = callerWith({ ...openai(server), OPENAI_WIRE: 'openai-responses' });
    await expect(caller.call('openai/one')).rejects.toMatchObject({ kind: 'not_found' });
    expect(server.paths()).toEqual(['POST /v1/responses']);
  });

  it('is not asked for a search of the web that it could not make', async () => {
    await using server = await startPlaces({ 'POST /v1/chat/completions': CHAT });
    await using caller = callerWith(openai(server));
    await expect(caller.call('openai/one', { webSearch: true })).rejects.toMatchObject({ kind: 'not_found' });
    expect(server.paths()).toEqual(['POST /v1/responses']);
  });
});

describe('a server whose address lacks its version', () => {
  it('is found with it, by a provider of ours and by one of the user’s own', async () => {
    await using server = await startPlaces({
      'POST /v1/chat/completions': CHAT,
      'GET /v1/models': [200, { data: [{ id: 'm' }] }],
    });
    await using caller = callerWith({ ...openai(server, ''), ...box(server, '') });
    expect((await caller.call('custom-box/m')).notes).toEqual([
      {
        param: 'base_url',
        asked: server.url,
        sent: `${server.url}/v1`,
        why: 'Custom endpoint custom-box answers there: set SWITCHBOARD_CUSTOM_BOX_BASE_URL to that',
      },
    ]);
    expect((await caller.call('openai/m')).text).toBe('Hello');
  });

  it('is taken at its word where it answers so', async () => {
    await using server = await startPlaces({ 'POST /chat/completions': CHAT });
    await using caller = callerWith(box(server, ''));
    expect((await caller.call('custom-box/m')).notes).toEqual([]);
    expect(server.paths()).toEqual(['POST /chat/completions']);
  });

  it('lists its models all the same', async () => {
    await using server = await startPlaces({ 'GET /v1/models': [200, { data: [{ id: 'my-model' }] }] });
    await using caller = callerWith(box(server, ''));
    expect(await caller.engine.lists.refresh()).toEqual([{ provider: 'custom-box', models: 1 }]);
  });

  it('that answers nowhere is told with all that was tried, and what to correct', async () => {
    await using server = await startPlaces({});
    await using caller = callerWith(openai(server, ''));
    await expect(caller.call('openai/m')).rejects.toMatchObject({
      kind: 'not_found',
      facts: {
        advice: `nothing was found at ${server.url} or ${server.url}/v1, asked as openai-responses and openai-chat: correct OPENAI_BASE_URL, or the name of the model`,
      },
    });
  });
});

describe('a model that is not there', () => {
  it('sends nobody to another address', async () => {
    const unknown = [404, { error: { message: 'The model `m` does not exist', code: 'model_not_found' } }] as const;
    await using server = await startPlaces({ 'POST /v1/responses': unknown, 'POST /v1/chat/completions': CHAT });
    await using caller = callerWith(openai(server));
    await expect(caller.call('openai/m')).rejects.toMatchObject({
      kind: 'not_found',
      facts: expect.not.objectContaining({ unserved: 'here' }),
    });
    expect(server.paths()).toEqual(['POST /v1/responses']);
  });
});

describe('a deployment of Azure', () => {
  const azure = ({ url }: Places) => ({ AZURE_OPENAI_ENDPOINT: url, AZURE_OPENAI_API_KEY: 'az-1' });
  const refused = {
    error: {
      code: 'OperationNotSupported',
      message:
        'The chatCompletion operation does not work with the specified model, x. Please choose different model and try again.',
    },
  };

  it('that is served by responses only is asked so, and the others are not', async () => {
    await using server = await startPlaces({
      'POST /openai/v1/chat/completions': ({ body }) => (body['model'] === 'mine' ? [400, refused] : CHAT),
      'POST /openai/v1/responses': RESPONSE,
    });
    await using caller = callerWith(azure(server));
    for (const model of ['mine', 'other', 'mine']) expect((await caller.call(`azure/${model}`)).text).toBe('Hello');
    expect(server.paths().map((path) => path.replace('POST /openai/v1', ''))).toEqual([
      '/chat/completions',
      '/responses',
      '/chat/completions',
      '/responses',
    ]);
  });

  it.each(['gpt-5-pro', 'gpt-5.3-codex'])('whose name says so is asked by responses at once: %s', async (model) => {
    await using server = await startPlaces({ 'POST /openai/v1/responses': RESPONSE });
    await using caller = callerWith({ ...azure(server), AZURE_OPENAI_API_VERSION: '2024-10-21' });
    expect((await caller.call(`azure/${model}`)).text).toBe('Hello');
    expect(server.paths()).toEqual(['POST /openai/v1/responses']);
  });

  it('whose wire the user chose is asked by that one, and the failure says which other there is', async () => {
    await using server = await startPlaces({ 'POST /openai/v1/chat/completions': [400, refused] });
    await using caller = callerWith({ ...azure(server), AZURE_WIRE: 'openai-chat' });
    await expect(caller.call('azure/gpt-5-pro')).rejects.toMatchObject({
      kind: 'unsupported',
      facts: { advice: expect.stringContaining('wire: openai-responses') },
    });
  });
});

it('a dry run shows the address and the protocol that will be asked', () => {
  const { providers } = configOf({
    env: { OPENAI_API_KEY: 'sk-1', OPENAI_BASE_URL: 'https://gate.example/v1/chat/completions' },
  });
  const found = providers.find(({ provider }) => provider.id === 'openai');
  expect({ wire: found?.provider.wire, baseUrl: found?.baseUrl }).toEqual({
    wire: 'openai-chat',
    baseUrl: 'https://gate.example/v1',
  });
});
