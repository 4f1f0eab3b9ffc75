import { describe, expect, it } from 'vitest';
import { certify } from '../net/certificate.ts';
import { deadAddress, startPort, startProxy, startTls } from '../net/proxy.ts';
import { talkTo } from '../net/talker.ts';
import { dialects } from '../support/dialects/index.ts';
import { makeHome } from '../support/home.ts';
import { run } from '../support/process.ts';
import { answer } from '../support/reply.ts';
import { startVendor } from '../support/vendor.ts';

const chat = dialects['openai-chat'];
const FAR = 'http://models.invalid/v1';

describe('a proxy', () => {
  it.each(['HTTP_PROXY', 'http_proxy'])('that %s names leads to a vendor without TLS', async (name) => {
    await using vendor = await startVendor(chat);
    await using proxy = await startProxy(vendor.url);
    vendor.always(answer());
    await using talker = talkTo({ base_url: FAR }, { [name]: proxy.url });
    expect((await talker.call()).text).toBe('Hello');
    // The whole address, as many proxies want it of what is no TLS, and no tunnel.
    expect(proxy.asked).toEqual(['http://models.invalid/v1/chat/completions']);
    expect(vendor.requests[0]).toMatchObject({ path: '/v1/chat/completions', headers: { host: 'models.invalid' } });
  });

  it('that HTTPS_PROXY names leads to a vendor with TLS, whose certificate is looked at', async () => {
    await using home = await makeHome();
    await using vendor = await startVendor(chat);
    const certificate = certify('models.invalid');
    await using tls = await startTls(vendor.url, certificate);
    await using proxy = await startProxy(tls.url);
    vendor.always(answer());
    const vars = { HTTPS_PROXY: proxy.url, SWITCHBOARD_CUSTOM_X_BASE_URL: FAR.replace('http:', 'https:') };
    const args = ['call', '-m', 'custom-x/sim-1', '--config', await home.write('own.yaml', 'retries: 0'), 'Hi'];
    const ca = { NODE_EXTRA_CA_CERTS: await home.write('ca.pem', certificate.cert) };
    expect(await run({ home, vars: { ...vars, ...ca }, args })).toMatchObject({ code: 0, stdout: 'Hello\n' });
    expect(proxy.asked).toEqual(['CONNECT models.invalid:443']);
    expect(await run({ home, vars, args })).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/self-signed.*NODE_EXTRA_CA_CERTS/),
    });
    // What cannot change is not asked for again: the proxy was asked once more.
    expect(proxy.asked).toHaveLength(2);
    expect(vendor.requests).toHaveLength(1);
  });

  it('is shown its own name and password, and the vendor is not', async () => {
    await using vendor = await startVendor(chat);
    await using proxy = await startProxy(vendor.url);
    vendor.always(answer());
    await using talker = talkTo({ base_url: FAR }, { HTTP_PROXY: proxy.url.replace('//', '//me:let-me-in@') });
    await talker.call();
    expect(proxy.credentials).toEqual([`Basic ${Buffer.from('me:let-me-in').toString('base64')}`]);
    expect(vendor.requests[0]?.headers).not.toHaveProperty('proxy-authorization');
  });

  it.each(['models.invalid', 'example.org,models.invalid', 'example.org models.invalid:80', '.invalid', '*.INVALID', '*'])(
    'is passed by for what NO_PROXY=%s names',
    async (none) => {
      await using vendor = await startVendor(chat);
      await using proxy = await startProxy(vendor.url);
      await using talker = talkTo({ base_url: FAR }, { HTTP_PROXY: proxy.url, NO_PROXY: none });
      expect(await talker.failure()).toMatchObject({ kind: 'network', message: expect.stringContaining('does not resolve') });
      expect(proxy.asked).toEqual([]);
    },
  );

  it.each(['127.0.0.1', 'localhost'])('is never asked for %s, whatever NO_PROXY says', async (host) => {
    await using vendor = await startVendor(chat);
    await using proxy = await startProxy(vendor.url);
    vendor.always(answer());
    for (const none of [{}, { NO_PROXY: 'example.org' }, { NO_PROXY: '' }]) {
      const env = { HTTP_PROXY: proxy.url, HTTPS_PROXY: proxy.url, ...none };
      await using talker = talkTo({ base_url: `${vendor.url.replace('127.0.0.1', host)}/v1` }, env);
      expect((await talker.call()).text).toBe('Hello');
    }
    expect(proxy.asked).toEqual([]);
  });

  it('that is not there is a failure of the network, without its password', async () => {
    const dead = await deadAddress();
    await using talker = talkTo({ base_url: FAR }, { HTTP_PROXY: dead.replace('//', '//me:let-me-in@') });
    const { kind, message } = await talker.failure();
    expect(kind).toBe('network');
    expect(message).not.toContain('let-me-in');
    expect(message).toContain(`through the proxy ${new URL(dead).host}`);
  });

  it('that is named without a scheme, as curl takes it, is asked', async () => {
    await using vendor = await startVendor(chat);
    await using proxy = await startProxy(vendor.url);
    vendor.always(answer());
    await using talker = talkTo({ base_url: FAR }, { HTTP_PROXY: new URL(proxy.url).host });
    expect((await talker.call()).text).toBe('Hello');
    expect(proxy.asked).toHaveLength(1);
  });

  it('that refuses is told, with what to write where it wants to know who is calling', async () => {
    await using proxy = await startPort((socket) => void socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n'));
    for (const base_url of [FAR, FAR.replace('http:', 'https:')]) {
      await using talker = talkTo({ base_url }, { ALL_PROXY: proxy.url });
      expect(await talker.failure()).toMatchObject({
        kind: 'network',
        message: expect.stringContaining('the proxy wants to know who is calling (407)'),
        facts: { advice: expect.stringContaining('http://name:password@host:8080'), shouldRetry: false },
      });
    }
  });

  it('that cannot be one stops nobody who is reached without it', async () => {
    await using vendor = await startVendor(chat);
    vendor.always(answer());
    await using talker = talkTo({ base_url: `${vendor.url}/v1` }, { ALL_PROXY: 'socks5h://127.0.0.1:1080' });
    expect((await talker.call()).text).toBe('Hello');
  });

  it.each(['not an address', 'socks5://127.0.0.1:1080'])('that cannot be one (%s) is told by its variable', async (value) => {
    await using home = await makeHome();
    const vars = { HTTPS_PROXY: value, SWITCHBOARD_CUSTOM_X_BASE_URL: FAR.replace('http:', 'https:') };
    const ended = await run({
      home,
      vars,
      args: ['call', '-m', 'custom-x/sim-1', '--config', await home.write('own.yaml', 'retries: 0'), 'Hi'],
    });
    expect(ended).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('HTTPS_PROXY') });
    expect(ended.stderr).not.toContain('defect');
  });
});
