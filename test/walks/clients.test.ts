import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DOORS, type News, type Visitor } from '../support/clients.ts';
import { late, stallAfter } from '../support/delivery.ts';
import { VERSION } from '../support/eras.ts';
import { type Home, makeHome } from '../support/home.ts';
import { arrival, KEY, MODEL, openAIVars, startOpenAI } from '../support/openai.ts';
import { answer, failure } from '../support/reply.ts';
import type { Vendor } from '../support/vendor.ts';
import { threadOf, turnsIn } from '../tools/conversing.ts';

const ASKED = { model: MODEL, prompt: 'Hello?' };

describe.each(DOORS)('$name', ({ name, era, open }) => {
  let home: Home;
  let vendor: Vendor;
  let client: Visitor;

  beforeAll(async () => {
    [home, vendor] = await Promise.all([makeHome(), startOpenAI()]);
    client = await open({ home, vars: openAIVars(vendor) });
  });
  afterAll(async () => {
    await client[Symbol.asyncDispose]();
    await vendor.close();
    await home[Symbol.asyncDispose]();
  });

  it('is greeted, finds the tools in their order, and gets an answer', async () => {
    vendor.always(answer({ text: ['Paris, ', 'of course.'] }));

    expect(client.server).toMatchObject({ name: 'switchboard', version: '0.1.0' });
    expect(client.instructions).toContain('call_model');
    expect([undefined, VERSION[era]]).toContain(client.revision);
    expect(await client.tools()).toEqual(['call_model', 'compare_models', 'route_by_task', 'list_models', 'get_result']);

    const { text, failed, meta } = await client.call('call_model', { model: MODEL, prompt: 'The capital of France?' });
    expect({ failed, text }).toEqual({ failed: false, text: expect.stringContaining('Paris, of course.') });
    expect(text).toMatch(/^Answer from openai\/sim-1: /);
    expect(meta).toMatchObject({ 'switchboard/answer': { stop: 'end', usage: { input: 12, output: 5 } } });
    const request = await arrival(vendor);
    expect(request.text).toContain('The capital of France?');
    expect(request.headers.authorization).toBe(`Bearer ${KEY}`);
    expect(client.complaints).toEqual([]);
  });

  it('is told of a failure in a result, and can call again', async () => {
    vendor.always(failure({ status: 401, message: `Incorrect API key provided: ${KEY}` }));

    const { text, failed, meta } = await client.call('call_model', ASKED);
    expect(failed).toBe(true);
    expect(text).toContain('OPENAI_API_KEY');
    expect(text).not.toContain(KEY);
    expect(meta).toMatchObject({ 'switchboard/error': { kind: 'auth', retryable: false, status: 401 } });
    vendor.always(answer());
    expect(await client.call('call_model', ASKED)).toMatchObject({ failed: false });
    expect(client.complaints).toEqual([]);
  });

  it('hears how far a call is when it listens', async () => {
    vendor.always(answer(), { deliver: late(100) });
    const news: News[] = [];

    await client.call('call_model', ASKED, { onprogress: (one) => void news.push(one) });
    await client.call('call_model', ASKED);
    expect(news).toHaveLength(1);
    expect(news[0]?.message).toMatch(/^preparing the call, \d+ ms$/);
    expect(client.complaints).toEqual([]);
  });

  it('goes on with a conversation, which is a resource', async () => {
    vendor.always(answer({ text: ['It is Lima.'] }));
    const told = await client.call('call_model', { model: MODEL, prompt: 'Capital of Peru?', thread_id: 'new' });
    const thread_id = threadOf(told);
    expect(told.text).toContain(`thread_id ${thread_id}`);
    await client.call('call_model', { model: MODEL, prompt: 'Sure?', thread_id });
    expect(turnsIn(vendor.requests.at(-1) ?? expect.fail('nobody was asked'))).toEqual([
      'user: Capital of Peru?',
      'assistant: It is Lima.',
      'user: Sure?',
    ]);
    const uri = `switchboard://threads/${thread_id}`;
    expect(await client.resources()).toEqual([
      ...(name.includes('HTTP') ? [] : ['switchboard://usage']),
      // Without a token and a session nobody is shown a list: whoever knows the id may read.
      ...(name.includes('HTTP') && era === 'modern' ? [] : [uri]),
      'switchboard://threads/{id}',
      'switchboard://results/{id}',
    ]);
    expect(await client.read(uri)).toMatch(/## 1\. User\n\nCapital of Peru.+## 2\. openai\/sim-1.+It is Lima\..+## 4\. openai/s);
    await expect(client.read('switchboard://threads/thr_no')).rejects.toThrow(/There is no conversation "thr_no"/);
    expect(client.complaints).toEqual([]);
  });

  it('gets the ends of a long answer, and all of it as a resource and page by page', async () => {
    const long = 'A long answer. '.repeat(8000);
    vendor.always(answer({ text: [long] }));
    const { text, link, meta } = await client.call('call_model', ASKED);
    expect(text.length).toBeLessThanOrEqual(19_000);
    const { jobId } = Object(meta['switchboard/result']);
    expect(link?.uri).toBe(`switchboard://results/${jobId}`);
    const whole = await client.read(link?.uri ?? '');
    expect(whole).toContain(long.trim());
    const page = await client.call('get_result', { job_id: jobId });
    expect(whole.startsWith(page.text.slice(0, 15_000))).toBe(true);
    expect(client.complaints).toEqual([]);
  });

  it('reaches the vendor’s socket when it cancels, and can call again', async () => {
    vendor.always(answer(), { deliver: stallAfter('half') });
    const leaving = new AbortController();
    const before = vendor.requests.length;

    const call = client.call('call_model', ASKED, { signal: leaving.signal });
    const outcome = call.then(
      () => 'answered',
      () => 'given up',
    );
    const { over } = await arrival(vendor, before + 1);
    leaving.abort();
    expect(await over).toBe('broken off');
    expect(await outcome).toBe('given up');
    vendor.always(answer());
    expect(await client.call('call_model', ASKED)).toMatchObject({ failed: false });
  });
});
