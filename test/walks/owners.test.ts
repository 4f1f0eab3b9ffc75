import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requestFor } from '../support/eras.ts';
import { type Home, makeHome } from '../support/home.ts';
import { type HttpServer, startHttp } from '../support/http-server.ts';
import { openLines } from '../support/line-client.ts';
import { told } from '../support/messages.ts';
import { MODEL, openAIVars, startOpenAI } from '../support/openai.ts';
import { post } from '../support/post.ts';
import { run } from '../support/process.ts';
import { answer } from '../support/reply.ts';
import type { Vendor } from '../support/vendor.ts';
import { threadOf } from '../tools/conversing.ts';

let home: Home;
let vendor: Vendor;
let servers: HttpServer[];

const TOKENS = ['the-token-of-anna-0123456789', 'the-token-of-bert-0123456789'] as const;
type Visit = (method: string, params: { [key: string]: unknown; name?: string }) => Promise<Record<string, unknown>>;

const vars = () => ({ ...openAIVars(vendor), SWITCHBOARD_HOME: home.path });

/** Somebody with a token: what his requests result in, or the error's words. */
const withToken =
  (url: string, token: string): Visit =>
  async (method, params) => {
    const { headers, body } = requestFor('modern', method, params);
    const uri = typeof params['uri'] === 'string' ? { 'mcp-name': params['uri'] } : {};
    const { messages, text } = await post(url, { headers: { ...headers, ...uri, authorization: `Bearer ${token}` }, body });
    const found = messages.find(({ id }) => id === 1) ?? expect.fail(text);
    return { ...(found.result ?? { said: found.error?.message }) };
  };

const call = async (visit: Visit, name: string, args: object) => told(await visit('tools/call', { name, arguments: args }));
const read = async (visit: Visit, uri: string): Promise<string> => JSON.stringify(await visit('resources/read', { uri }));

beforeAll(async () => {
  [home, vendor] = await Promise.all([makeHome(), startOpenAI()]);
  vendor.always(answer({ text: ['A long answer. '.repeat(6000)] }));
  servers = await Promise.all(TOKENS.map((token) => startHttp({ home, vars: { ...vars(), SWITCHBOARD_HTTP_TOKEN: token } })));
});
afterAll(async () => {
  await Promise.all(servers.map((server) => server[Symbol.asyncDispose]()));
  await vendor.close();
  await home[Symbol.asyncDispose]();
});

describe('conversations and results', () => {
  it('belong to the token that made them: no other token and nobody on stdio reaches them, nor the other way about', async () => {
    const [anna, bert] = TOKENS.map((token, at) => withToken(servers[at]?.url ?? '', token));
    if (anna === undefined || bert === undefined) throw new Error('There are no servers.');
    await using desk = await openLines({ home, vars: vars() }, 'modern');
    const local: Visit = async (method, params) => {
      const { result, error } = await desk.request(method, params);
      return { ...(result ?? { said: error?.message }) };
    };
    const people = [anna, bert, local];
    const begun = await Promise.all(
      people.map((one) => call(one, 'call_model', { model: MODEL, prompt: 'Hi', thread_id: 'new' })),
    );
    const ids = begun.map((one) => ({ thread_id: threadOf(one), job_id: String(Object(one.meta['switchboard/result']).jobId) }));
    expect(ids.every(({ thread_id, job_id }) => /^thr_[\w-]{22}$/.test(thread_id) && /^job_[\w-]{22}$/.test(job_id))).toBe(true);
    const before = vendor.requests.length;
    for (const [who, person] of people.entries()) {
      const listed = JSON.stringify(await person('resources/list', {}));
      for (const [whose, { thread_id, job_id }] of ids.entries()) {
        const own = who === whose;
        const page = await call(person, 'get_result', { job_id });
        expect([who, whose, !page.failed]).toEqual([who, whose, own]);
        expect(listed.includes(thread_id)).toBe(own);
        const [thread, result] = [
          await read(person, `switchboard://threads/${thread_id}`),
          await read(person, `switchboard://results/${job_id}`),
        ];
        expect([thread.includes('A long answer.'), result.includes('A long answer.')]).toEqual([own, own]);
        if (own) continue;
        expect(thread).toContain('There is no conversation');
        const foreign = await call(person, 'call_model', { model: MODEL, prompt: 'And?', thread_id });
        expect(foreign).toMatchObject({ failed: true, text: expect.stringContaining('There is no conversation') });
      }
    }
    expect(vendor.requests).toHaveLength(before);
    // The file is the machine's user's own, so his command line shows all of it.
    const { stdout } = await run({ home, vars: vars(), args: ['threads'] });
    for (const { thread_id } of ids) expect(stdout).toContain(thread_id);
  });

  it('outlive the server, for the same token', async () => {
    const [token] = TOKENS;
    const launch = { home, vars: { ...vars(), SWITCHBOARD_HTTP_TOKEN: token } };
    const thread_id = threadOf(
      await call(withToken(servers[0]?.url ?? '', token), 'call_model', { model: MODEL, prompt: 'Hi', thread_id: 'new' }),
    );
    await using again = await startHttp(launch);
    const went = await call(withToken(again.url, token), 'call_model', { model: MODEL, prompt: 'And?', thread_id });
    expect(went.failed).toBe(false);
  });
});

describe('what was spent', () => {
  it('is not for those who have a token only: it is neither listed nor read', async () => {
    const anna = withToken(servers[0]?.url ?? '', TOKENS[0]);
    expect(JSON.stringify(await anna('resources/list', {}))).not.toContain('switchboard://usage');
    const said = await read(anna, 'switchboard://usage');
    expect(said).toMatch(/not found/i);
    expect(said).not.toContain('sim-1');
  });
});
