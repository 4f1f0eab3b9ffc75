import { describe, expect, it } from 'vitest';
import { late, stallAfter } from '../support/delivery.ts';
import { ERAS, HELLO, requestFor } from '../support/eras.ts';
import { makeHome } from '../support/home.ts';
import { startHttp } from '../support/http-server.ts';
import { openLines } from '../support/line-client.ts';
import { arrival, MODEL, openAIVars, startOpenAI } from '../support/openai.ts';
import { post } from '../support/post.ts';
import { type Running, start } from '../support/process.ts';
import { answer } from '../support/reply.ts';

/** A second, and some for a machine that is busy: what hangs does so for minutes. */
const SOON_MS = 5000;

type Way = { name: string; end: (server: Running) => void };

const SIGNALS: readonly Way[] = [
  { name: 'SIGTERM', end: (server) => server.kill('SIGTERM') },
  { name: 'SIGINT', end: (server) => server.kill('SIGINT') },
];
const CLOSING: Way = { name: 'closing its stdin', end: (server) => server.closeStdin() };

/** Ends the server; tells how it went, and whether it went soon. */
async function endedBy({ end }: Way, server: Running): Promise<{ code: number | null; signal: string | null; soon: boolean }> {
  const asked = performance.now();
  end(server);
  const { code, signal } = await server.ended;
  return { code, signal, soon: performance.now() - asked < SOON_MS };
}

/** On its own feet. */
const WELL = { code: 0, signal: null, soon: true };

const CALL = { name: 'call_model', arguments: { model: MODEL, prompt: 'Hi' } };

describe.each(ERAS)('on stdio, %s', (era) => {
  it.each([CLOSING, ...SIGNALS])('$name ends an idle server', async (way) => {
    await using home = await makeHome();
    await using client = await openLines({ home }, era);
    expect(await endedBy(way, client)).toEqual(WELL);
  });

  it.each(SIGNALS)('$name ends a server in the middle of a call, and the call at its vendor', async (way) => {
    await using home = await makeHome();
    await using vendor = await startOpenAI();
    vendor.always(answer(), { deliver: stallAfter('half') });
    await using client = await openLines({ home, vars: openAIVars(vendor) }, era);
    const call = client.request('tools/call', CALL);
    call.catch(() => undefined);
    const { over } = await arrival(vendor);
    expect(await endedBy(way, client)).toEqual(WELL);
    expect(await over).toBe('broken off');
  });

  it('closing its stdin lets a call that was received finish, and then ends the server', async () => {
    await using home = await makeHome();
    await using vendor = await startOpenAI();
    vendor.always(answer({ text: ['In the end.'] }), { deliver: late(1500) });
    await using client = await openLines({ home, vars: openAIVars(vendor) }, era);
    const call = client.call('call_model', CALL.arguments);
    await arrival(vendor);
    client.closeStdin();
    expect((await call).text).toContain('In the end.');
    expect(await client.ended).toMatchObject({ code: 0, signal: null });
  });
});

describe('closing its stdin', () => {
  it('ends a server that nobody has spoken to', async () => {
    await using home = await makeHome();
    await using server = start({ home, args: ['serve'] });
    expect(await endedBy(CLOSING, server)).toEqual(WELL);
    expect(server.stdout()).toBe('');
  });
});

describe.each(SIGNALS)('$name over HTTP', (way) => {
  it('ends an idle server that has a session', async () => {
    await using home = await makeHome();
    await using server = await startHttp({ home });
    expect(await post(server.url, requestFor('legacy', 'initialize', HELLO))).toMatchObject({ status: 200 });
    expect(await endedBy(way, server)).toEqual(WELL);
  });

  it('ends a server in the middle of a call, and the call at its vendor', async () => {
    await using home = await makeHome();
    await using vendor = await startOpenAI();
    vendor.always(answer(), { deliver: stallAfter('half') });
    await using server = await startHttp({ home, vars: openAIVars(vendor) });
    const call = post(server.url, requestFor('modern', 'tools/call', CALL));
    call.catch(() => undefined);
    const { over } = await arrival(vendor);
    expect(await endedBy(way, server)).toEqual(WELL);
    expect(await over).toBe('broken off');
  });

  it('ends a command in the middle of its call', async () => {
    await using home = await makeHome();
    await using vendor = await startOpenAI();
    vendor.always(answer(), { deliver: stallAfter('half') });
    await using command = start({ home, vars: openAIVars(vendor), args: ['call', '-m', MODEL, 'Hi'] });
    const { over } = await arrival(vendor);
    expect(await endedBy(way, command)).toEqual({ ...WELL, code: way.name === 'SIGINT' ? 130 : 143 });
    expect(command.stdout()).toBe('');
    expect(await over).toBe('broken off');
  });
});
