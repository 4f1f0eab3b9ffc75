import { describe, expect, it } from 'vitest';
import { Failure } from '../../src/core/errors.ts';
import { networkFailure } from '../../src/net/network-error.ts';
import { hangUp, resetAfter, silence } from '../support/delivery.ts';
import { dialects } from '../support/dialects/index.ts';
import { makeHome } from '../support/home.ts';
import { run } from '../support/process.ts';
import { answer, raw } from '../support/reply.ts';
import { startVendor } from '../support/vendor.ts';
import { certify } from './certificate.ts';
import { deadAddress, startPort, startTls } from './proxy.ts';
import { talkTo } from './talker.ts';

const chat = dialects['openai-chat'];

describe('a connection that does not come about', () => {
  it('is told as refused where nobody listens', async () => {
    const url = await deadAddress();
    await using talker = talkTo({ base_url: `${url}/v1` });
    const { kind, message } = await talker.failure();
    expect({ kind, message }).toEqual({
      kind: 'network',
      message: `Custom endpoint custom-x could not be reached at ${url}: nothing answers there (connection refused)`,
    });
  });

  it('is told as a name that does not resolve', async () => {
    await using talker = talkTo({ base_url: 'http://models.invalid/v1' });
    expect(await talker.failure()).toMatchObject({
      kind: 'network',
      message: expect.stringMatching(/at http:\/\/models\.invalid: the name does not resolve/),
    });
  });

  it('is told as a certificate that is self-signed', async () => {
    await using vendor = await startVendor(chat);
    await using tls = await startTls(vendor.url, certify('localhost'));
    await using talker = talkTo({ base_url: `${tls.url.replace('127.0.0.1', 'localhost')}/v1` });
    expect(await talker.failure()).toMatchObject({
      kind: 'network',
      message: expect.stringContaining('its certificate is self-signed'),
    });
    expect(vendor.requests).toEqual([]);
  });

  it('is told as a certificate for another name', async () => {
    await using home = await makeHome();
    await using vendor = await startVendor(chat);
    const certificate = certify('elsewhere.example');
    await using tls = await startTls(vendor.url, certificate);
    const vars = {
      NODE_EXTRA_CA_CERTS: await home.write('ca.pem', certificate.cert),
      SWITCHBOARD_CUSTOM_X_BASE_URL: `${tls.url.replace('127.0.0.1', 'localhost')}/v1`,
    };
    const ended = await run({
      home,
      vars,
      args: ['call', '-m', 'custom-x/sim-1', '--config', await home.write('own.yaml', 'retries: 0'), 'Hi'],
    });
    expect(ended).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('its certificate is for another name') });
    expect(vendor.requests).toEqual([]);
  });

  it('is told as TLS that nobody speaks', async () => {
    await using vendor = await startVendor(chat);
    await using talker = talkTo({ base_url: `${vendor.url.replace('http:', 'https:')}/v1` });
    expect(await talker.failure()).toMatchObject({ kind: 'network', message: expect.stringMatching(/does not speak TLS/) });
  });

  it.each([
    { what: 'resets', act: { deliver: resetAfter(0) } },
    { what: 'hangs up', act: { deliver: hangUp } },
  ])('is told where the vendor $what before it answers', async ({ act }) => {
    await using vendor = await startVendor(chat);
    vendor.always(answer(), act);
    await using talker = talkTo({ base_url: `${vendor.url}/v1` });
    const { kind, message } = await talker.failure();
    expect(kind).toMatch(/^(?:network|upstream)$/);
    expect(message).toMatch(/reset|broke off/);
  });

  it('is told where what listens speaks no HTTP', async () => {
    await using port = await startPort((socket) => void socket.end('SSH-2.0-OpenSSH_9.9\r\n'));
    await using talker = talkTo({ base_url: `${port.url}/v1` });
    const { kind, message } = await talker.failure();
    expect(kind).toBe('network');
    expect(message).not.toMatch(/SSH|HPE_|UND_/);
  });

  it('says nothing of the path, the query or who signed in', async () => {
    const url = await deadAddress();
    await using talker = talkTo({ base_url: `${url.replace('http://', 'http://user:pass-word@')}/secret-path/v1` });
    expect((await talker.failure()).message).not.toMatch(/secret-path|pass-word/);
  });

  it('ends with the call’s time where nobody answers', async () => {
    await using vendor = await startVendor(chat);
    vendor.always(answer(), { deliver: silence });
    await using home = await makeHome();
    const ended = await run({
      home,
      vars: { SWITCHBOARD_CUSTOM_X_BASE_URL: `${vendor.url}/v1` },
      args: ['call', '-m', 'custom-x/sim-1', '--timeout', '1', 'Hi'],
    });
    expect(ended).toMatchObject({ code: 1, stderr: expect.stringMatching(/no answer within 1(?:\.0)? s/) });
  });
});

describe('a web page in place of an answer', () => {
  const page = (title: string) => `<!DOCTYPE html><html><head><title>${title}</title></head><body>Hm.</body></html>`;

  it.each([
    [403, 'Just a moment...', { 'cf-mitigated': 'challenge' }, 'network', /^A check for browsers between here and/],
    [503, 'Just a moment...', {}, 'network', /^A check for browsers/],
    [403, 'Access denied', {}, 'network', /^A proxy, a firewall or a sign-in page between here and/],
    [407, 'Proxy login', {}, 'network', /sign-in page/],
    [404, 'Not Found', {}, 'not_found', /does not know/],
    [502, 'Bad Gateway', {}, 'upstream', /failed to answer/],
    [413, 'Request Entity Too Large', {}, 'too_long', /longer/],
  ])('with the status %i and the title “%s” is told', async (status, title, headers, kind, message) => {
    await using vendor = await startVendor(chat);
    vendor.always(raw(status, { 'content-type': 'text/html', ...headers }, page(title)));
    await using talker = talkTo({ base_url: `${vendor.url}/v1` });
    const failure = await talker.failure();
    expect(failure).toMatchObject({ kind, message: expect.stringMatching(message), facts: { status, vendorSaid: title } });
    expect(failure.message).not.toMatch(/right to this model|the key/);
  });
});

describe('an error of the network', () => {
  const coded = (code: string, message = 'boom'): Error => Object.assign(new Error(message), { code });

  it.each([
    ['ECONNREFUSED', 'nothing answers there'],
    ['ECONNRESET', 'reset'],
    ['ENOTFOUND', 'does not resolve'],
    ['EAI_AGAIN', 'does not resolve for now'],
    ['ETIMEDOUT', 'timed out'],
    ['UND_ERR_CONNECT_TIMEOUT', 'timed out'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'self-signed'],
    ['CERT_HAS_EXPIRED', 'expired'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'another name'],
  ])('with the code %s is told in words, however deep it lies', (code, words) => {
    const wrapped = new TypeError('fetch failed', { cause: new Error('inner', { cause: coded(code) }) });
    for (const error of [coded(code), wrapped])
      expect(networkFailure('Acme', { origin: 'https://acme.example' }, error).message).toContain(words);
  });

  it('is passing or lasting, and a certificate that nobody vouches for names the variable', () => {
    const facts = (code: string) => networkFailure('Acme', { origin: 'https://a.b' }, coded(code)).facts;
    expect(['ECONNRESET', 'EAI_AGAIN', 'ECONNREFUSED'].map((code) => facts(code).shouldRetry)).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(['ENOTFOUND', 'CERT_HAS_EXPIRED', 'EPROTO'].map((code) => facts(code).shouldRetry)).toEqual([false, false, false]);
    expect(facts('SELF_SIGNED_CERT_IN_CHAIN')).toMatchObject({
      shouldRetry: false,
      advice: expect.stringContaining('NODE_EXTRA_CA_CERTS'),
    });
  });

  it('with a code that nobody knows is told with it, and an error without one without it', () => {
    expect(networkFailure('Acme', { origin: 'https://a.b' }, coded('E_ODD')).message).toMatch(/the connection failed \(E_ODD\)$/);
    for (const odd of [new Error('secret words'), 'secret words', undefined, null, { code: 7 }]) {
      const failure = networkFailure('Acme', { origin: 'https://a.b' }, odd);
      expect(failure).toBeInstanceOf(Failure);
      expect(failure.message).toMatch(/the connection failed$/);
    }
  });
});
