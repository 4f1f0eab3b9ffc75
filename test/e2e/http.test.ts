import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ERAS, HELLO, requestFor } from '../support/eras.ts';
import { type Home, makeHome } from '../support/home.ts';
import { type HttpServer, startHttp } from '../support/http-server.ts';
import { told } from '../support/messages.ts';
import { MODEL, openAIVars, startOpenAI } from '../support/openai.ts';
import { type Got, post, type Sent } from '../support/post.ts';
import { answer } from '../support/reply.ts';
import type { Vendor } from '../support/vendor.ts';

const CALL = { name: 'call_model', arguments: { model: MODEL, prompt: 'Hi' } };

let home: Home;
let vendor: Vendor;
let server: HttpServer;

beforeAll(async () => {
  [home, vendor] = await Promise.all([makeHome(), startOpenAI()]);
  vendor.always(answer());
  server = await startHttp({ home, vars: openAIVars(vendor) });
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await vendor.close();
  await home[Symbol.asyncDispose]();
});

/** What a refusal has to be, so that a JSON-RPC client understands it. */
const refusal = (status: number, says: RegExp) => ({
  status,
  type: expect.stringContaining('application/json'),
  messages: [{ jsonrpc: '2.0', id: null, error: { code: expect.any(Number), message: expect.stringMatching(says) } }],
});

const seen = ({ status, headers, messages }: Got) => ({ status, type: headers['content-type'], messages });

const list = (more: Record<string, string> = {}): Sent => {
  const { headers, body } = requestFor('modern', 'tools/list');
  return { headers: { ...headers, ...more }, body };
};

/** Begins a session; returns the headers of all its later requests. */
async function shakeHands(): Promise<Record<string, string>> {
  const { headers, body } = requestFor('legacy', 'initialize', HELLO);
  const got = await post(server.url, { headers, body });
  expect(got.status).toBe(200);
  const session = String(got.headers['mcp-session-id']);
  expect(session).toMatch(/^[\w-]{20,}$/);
  return { ...headers, 'mcp-session-id': session };
}

describe('over HTTP', () => {
  it.each(ERAS)('answers lines that a test wrote itself, and reports progress to a token that is 0, %s', async (era) => {
    const own = era === 'legacy' ? await shakeHands() : {};
    const { headers, body } = requestFor(era, 'tools/call', { ...CALL, _meta: { progressToken: 0 } });
    const { status, messages } = await post(server.url, { headers: { ...headers, ...own }, body });
    expect(status).toBe(200);
    expect(messages.filter(({ method }) => method === 'notifications/progress')).toMatchObject([
      { params: { progressToken: 0 } },
    ]);
    expect(told(messages.find(({ id }) => id === 1)?.result)).toMatchObject({ failed: false });
  });

  it.each(ERAS)('passes on a prompt of five megabytes, %s', async (era) => {
    const own = era === 'legacy' ? await shakeHands() : {};
    const prompt = 'abcde '.repeat(875_000);
    const { headers, body } = requestFor(era, 'tools/call', { ...CALL, arguments: { model: MODEL, prompt } });
    const { messages } = await post(server.url, { headers: { ...headers, ...own }, body });
    expect(told(messages.find(({ id }) => id === 1)?.result)).toMatchObject({ failed: false });
    expect(vendor.requests.at(-1)?.text).toContain(prompt.trim());
  });

  it.each(['evil.example', 'evil.example:80', 'localhost.evil.example', '127.0.0.1.evil.example'])(
    'refuses the forged Host %s',
    async (host) => expect(seen(await post(server.url, list({ host })))).toEqual(refusal(403, /Host/)),
  );

  it.each(['https://evil.example', 'http://localhost.evil.example', 'null'])('refuses the foreign Origin %s', async (origin) =>
    expect(seen(await post(server.url, list({ origin })))).toEqual(refusal(403, /Origin/)),
  );

  it.each(['http://localhost:3000', 'http://127.0.0.1:6274'])('lets a page of the same machine in, from %s', async (origin) => {
    expect(await post(server.url, list({ origin }))).toMatchObject({ status: 200 });
  });

  it.each(['/', '/mcp/', '/sse', '/mcp2', '/../mcp3'])('has nothing at %s', async (path) =>
    expect(seen(await post(new URL(path, server.url).href, list()))).toEqual(refusal(404, /\/mcp/)),
  );

  it('refuses a body that is not JSON', async () => {
    expect(seen(await post(server.url, { ...list(), body: '{"jsonrpc": "2.0", ' }))).toEqual(refusal(400, /JSON/));
  });

  it.each([
    { how: 'that says so', headers: {} },
    { how: 'that does not say so', headers: { 'transfer-encoding': 'chunked' } },
  ])('refuses a body above ten megabytes $how, and goes on', async ({ headers }) => {
    const body = JSON.stringify({ ...requestFor('modern', 'tools/call').body, padding: 'x'.repeat(10 * 1_048_576) });
    expect(seen(await post(server.url, { ...list(headers), body }))).toEqual(refusal(413, /10 MB/));
    expect(await post(server.url, list())).toMatchObject({ status: 200 });
  });

  it('tells fetch too that a body is above ten megabytes', async () => {
    const { headers } = requestFor('modern', 'tools/call');
    const response = await fetch(server.url, { method: 'POST', headers, body: 'x'.repeat(40 * 1_048_576) });
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ jsonrpc: '2.0', error: { message: expect.stringContaining('10 MB') } });
  });

  it('does not know a session that it did not begin', async () => {
    const { headers, body } = requestFor('legacy', 'tools/list');
    const strange = { ...headers, 'mcp-session-id': '00000000-0000-4000-8000-000000000000' };
    expect(seen(await post(server.url, { headers: strange, body }))).toEqual(refusal(404, /session/));
    expect(seen(await post(server.url, { headers, body }))).toEqual(refusal(400, /initialize/));
    expect(seen(await post(server.url, { method: 'GET', headers: strange }))).toEqual(refusal(404, /session/));
  });

  it('ends a session when its client says goodbye, and no other', async () => {
    const [leaves, stays] = [await shakeHands(), await shakeHands()];
    const { body } = requestFor('legacy', 'tools/list');
    expect(await post(server.url, { headers: leaves, body })).toMatchObject({ status: 200 });
    expect(await post(server.url, { method: 'DELETE', headers: leaves })).toMatchObject({ status: 200 });
    expect(seen(await post(server.url, { headers: leaves, body }))).toEqual(refusal(404, /session/));
    expect(await post(server.url, { headers: stays, body })).toMatchObject({ status: 200 });
  });

  it.each(['PUT', 'PATCH'])('has no use for %s', async (method) => {
    const { status } = await post(server.url, { ...list(), method });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
  });
});

const PAGE = 'http://localhost:6274';

describe('a page of an allowed Origin', () => {
  it('may ask first, and read the answers and their session', async () => {
    const ask = { 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type,mcp-session-id' };
    const preflight = await post(server.url, { method: 'OPTIONS', headers: { origin: PAGE, ...ask } });
    expect(preflight).toMatchObject({
      status: 204,
      headers: {
        'access-control-allow-origin': PAGE,
        'access-control-allow-methods': expect.stringContaining('POST'),
        'access-control-allow-headers': expect.stringContaining('mcp-session-id'),
      },
    });
    const { headers, body } = requestFor('legacy', 'initialize', HELLO);
    const got = await post(server.url, { headers: { ...headers, origin: PAGE }, body });
    expect(got).toMatchObject({
      status: 200,
      headers: {
        'access-control-allow-origin': PAGE,
        'access-control-expose-headers': expect.stringContaining('mcp-session-id'),
      },
    });
  });

  it('of another Origin is told nothing that it may read', async () => {
    const got = await post(server.url, { method: 'OPTIONS', headers: { origin: 'https://evil.example' } });
    expect(got.status).toBe(403);
    expect(got.headers).not.toHaveProperty('access-control-allow-origin');
  });
});

describe('a request', () => {
  it.each(['*/*', 'application/*, text/event-stream;q=0.5', undefined])('that accepts %s gets its answer', async (accept) => {
    const { headers, body } = requestFor('legacy', 'initialize', HELLO);
    const { accept: _, ...others } = headers;
    const sent = accept === undefined ? others : { ...others, accept };
    expect((await post(server.url, { headers: sent, body })).status).toBe(200);
  });

  it.each(['TRACE', 'PUT', 'PATCH'])('with the method %s is turned away with those that there are', async (method) => {
    const got = await post(server.url, { method });
    expect(got).toMatchObject({ status: 405, headers: { allow: 'GET, POST, DELETE, OPTIONS' } });
  });

  it('whose parts are wrong is refused in a sentence', async () => {
    const own = await shakeHands();
    const { body } = requestFor('legacy', 'tools/call', {});
    const got = await post(server.url, { headers: own, body });
    expect(got.messages).toMatchObject([
      { id: 1, error: { code: -32_602, message: expect.stringMatching(/^tools\/call: params\.name/) } },
    ]);
    expect(got.text).not.toContain('invalid_type');
  });
});

describe('without a token', () => {
  it('a client neither sees nor reads the conversations of another', async () => {
    const [anna, bert] = [await shakeHands(), await shakeHands()];
    const ask = async (own: Record<string, string>, method: string, params: object) => {
      const { headers, body } = requestFor('legacy', method, { ...params });
      return post(server.url, { headers: { ...headers, ...own }, body });
    };
    const begun = await ask(anna, 'tools/call', { ...CALL, arguments: { ...CALL.arguments, thread_id: 'new' } });
    const id = /thr_[\w-]{22}/.exec(begun.text)?.[0] ?? expect.fail(begun.text);
    const uri = `switchboard://threads/${id}`;
    expect((await ask(anna, 'resources/list', {})).text).toContain(id);
    expect((await ask(anna, 'resources/read', { uri })).text).toContain('Hello');
    expect((await ask(bert, 'resources/list', {})).text).not.toContain(id);
    expect((await ask(bert, 'resources/read', { uri })).text).toContain('There is no conversation');
    const { headers, body } = requestFor('modern', 'resources/list');
    expect((await post(server.url, { headers, body })).text).not.toContain(id);
  });
});

describe('sessions on which clients only listen', () => {
  it('lock nobody out: the longest unused makes room', async () => {
    const first = await shakeHands();
    const leaving = new AbortController();
    try {
      for (let nth = 0; nth < 258; nth += 1) {
        const own = await shakeHands();
        void fetch(server.url, { headers: { ...own, accept: 'text/event-stream' }, signal: leaving.signal }).catch(
          () => undefined,
        );
      }
      const { headers, body } = requestFor('legacy', 'tools/list');
      expect((await post(server.url, { headers: { ...headers, ...first }, body })).status).toBe(404);
      expect((await post(server.url, { headers: { ...headers, ...(await shakeHands()) }, body })).status).toBe(200);
    } finally {
      leaving.abort();
    }
  });
});
