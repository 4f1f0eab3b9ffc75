import type { Socket } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { userText } from '../../src/core/chat.ts';
import { inventory } from '../../src/engine/inventory.ts';
import { startPort } from '../net/proxy.ts';
import { answer, json, raw } from '../support/reply.ts';
import { listOf, namedIn, openShelf, startLister } from './shelf.ts';

afterEach(() => void vi.useRealTimers());

const ask = { messages: [userText('Hi')] };

describe('a server of this machine', () => {
  it('is found when list_models asks, and its models are ready', async () => {
    await using ollama = await startLister();
    ollama.always(listOf('llama3.3:70b', 'qwen2.5-coder:7b', 'nomic-embed-text'));
    await using shelf = openShelf({ running: { ollama: `${ollama.url}/v1` } });
    const text = await shelf.list({ available_only: true });
    expect(namedIn(text)).toEqual(['ollama/llama3.3:70b', 'ollama/qwen2.5-coder:7b']);
    expect(text).toMatch(/^2 known models can be called now/);
    expect(ollama.requests).toMatchObject([{ method: 'GET', path: '/v1/models' }]);
  });

  it('is found when a bare name is called that nobody else knows', async () => {
    await using ollama = await startLister();
    ollama.inTurn(listOf('qwen2.5-coder:7b'), answer(), answer());
    await using shelf = openShelf({ running: { ollama: `${ollama.url}/v1` } });
    const { served } = await shelf.engine.call({ ask, model: 'qwen2.5-coder:7b' });
    expect(served.provider).toBe('ollama');
    await shelf.engine.call({ ask, model: 'QWEN2.5-coder:7b' });
    expect(ollama.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /v1/models',
      'POST /v1/chat/completions',
      'POST /v1/chat/completions',
    ]);
    expect(ollama.requests[2]?.body).toMatchObject({ model: 'qwen2.5-coder:7b' });
  });

  it('is not asked when a name is called that is known, or that names its provider', async () => {
    await using ollama = await startLister();
    ollama.always(answer());
    await using shelf = openShelf({ running: { ollama: `${ollama.url}/v1` } });
    await shelf.engine.call({ ask, model: 'ollama/llama3.3' });
    await expect(shelf.engine.call({ ask, model: 'gpt-4' })).rejects.toMatchObject({ kind: 'auth' });
    expect(ollama.requests.map(({ method }) => method)).toEqual(['POST']);
  });

  it('costs no time where it is not there, and an unknown name is told as unknown', async () => {
    await using shelf = openShelf({});
    await shelf.list();
    await expect(shelf.engine.resolve('no-such-model:7b')).rejects.toMatchObject({ kind: 'not_found' });
  });

  it.each([
    { what: 'takes connections and never answers', act: () => {} },
    { what: 'speaks no HTTP', act: (socket: Socket) => void socket.end('SSH-2.0-x\r\n') },
  ])('that $what holds nobody up', async ({ act }) => {
    await using port = await startPort(act);
    await using shelf = openShelf({ running: { ollama: `${port.url}/v1`, lmstudio: `${port.url}/other` } });
    expect(namedIn(await shelf.list({ available_only: true }))).toEqual([]);
    await expect(shelf.engine.resolve('some-model:7b')).rejects.toMatchObject({ kind: 'not_found' });
  });

  it('that stops in the middle of its list holds nobody up either', async () => {
    await using slow = await startLister();
    await using quick = await startLister();
    slow.always(listOf('late'), { deliver: (reply) => ['head', ...reply.pieces, 'stall'] });
    quick.always(listOf('prompt'));
    await using shelf = openShelf({ running: { ollama: `${slow.url}/v1`, vllm: `${quick.url}/v1` } });
    expect(namedIn(await shelf.list({ available_only: true }))).toEqual(['vllm/prompt']);
  });

  it.each([
    { what: 'something else', content: json(200, { hello: 'world' }) },
    { what: 'a web page', content: raw(200, { 'content-type': 'text/html' }, '<h1>It works!</h1>') },
    { what: 'that it wants a key', content: json(401, { error: 'unauthorized' }) },
    { what: 'a list that is no JSON', content: raw(200, { 'content-type': 'application/json' }, '{"data":[') },
  ])('that answers $what is not taken for one', async ({ content }) => {
    await using other = await startLister();
    other.always(content);
    await using shelf = openShelf({ running: { llamacpp: `${other.url}/v1` } });
    expect(namedIn(await shelf.list({ available_only: true }))).toEqual([]);
  });

  it('counts once where two names mean the same address', async () => {
    await using server = await startLister();
    server.always(listOf('only-me'));
    const url = `${server.url}/v1`;
    await using shelf = openShelf({ running: { llamacpp: url, localai: url } });
    expect(namedIn(await shelf.list({ available_only: true }))).toEqual(['llamacpp/only-me']);
    expect(server.requests).toHaveLength(1);
    await shelf.engine.lists.refresh();
    expect(namedIn(await shelf.list({ available_only: true }))).toEqual(['llamacpp/only-me']);
  });

  it('is asked again after a while, and forgotten when it has gone', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const server = await startLister();
    server.always(listOf('here'));
    await using shelf = openShelf({ running: { ollama: `${server.url}/v1` } });
    await shelf.list();
    await shelf.list();
    expect(server.requests).toHaveLength(1);
    vi.setSystemTime(Date.now() + 11_000);
    await shelf.list();
    expect(server.requests).toHaveLength(2);
    await server.close();
    vi.setSystemTime(Date.now() + 11_000);
    expect(namedIn(await shelf.list({ available_only: true }))).toEqual([]);
    await expect(shelf.engine.resolve('here')).rejects.toMatchObject({ kind: 'not_found' });
  });

  it('that has one model is the default where nothing else is set up', async () => {
    await using server = await startLister();
    server.always(listOf('here'));
    await using shelf = openShelf({ running: { ollama: `${server.url}/v1` } });
    await shelf.list();
    expect(await shelf.engine.resolve(undefined)).toMatchObject({ provider: 'ollama', model: 'here' });
  });

  it('is asked at the address that OLLAMA_HOST names, with no key', async () => {
    await using server = await startLister();
    server.always(listOf('here'));
    const env = { OLLAMA_HOST: new URL(server.url).host, OPENAI_API_KEY: 'sk-not-for-you' };
    await using shelf = openShelf({ env });
    const { models } = await inventory(shelf.engine);
    expect(models.filter(({ provider }) => provider === 'ollama').map(({ model }) => model)).toEqual(['here']);
    expect(JSON.stringify(server.requests[0]?.headers)).not.toContain('sk-not-for-you');
  });
});
