import { describe, expect, it } from 'vitest';
import { requestFor } from '../support/eras.ts';
import { makeHome } from '../support/home.ts';
import { startHttp } from '../support/http-server.ts';
import { post } from '../support/post.ts';
import { run } from '../support/process.ts';

const TOKEN = 'a-token-of-the-tests-0123456789';
const LIST = requestFor('modern', 'tools/list');

const withToken = (authorization: string) => ({ ...LIST, headers: { ...LIST.headers, authorization } });

describe('serve --http with a token', { concurrent: true }, () => {
  it.each([
    { name: 'SWITCHBOARD_HTTP_TOKEN', args: [] },
    { name: 'SHARED_TOKEN', args: ['--token-env', 'SHARED_TOKEN'] },
  ])('in $name lets in who has it, and nobody else', async ({ name, args }) => {
    await using home = await makeHome();
    await using server = await startHttp({ home, vars: { [name]: TOKEN }, args });
    const refusals = [LIST, withToken('Bearer'), withToken(`Bearer ${TOKEN}x`), withToken(`Basic ${TOKEN}`)];
    for (const request of refusals) {
      const { status, headers, messages } = await post(server.url, request);
      expect({ status, challenge: headers['www-authenticate'] }).toEqual({
        status: 401,
        challenge: expect.stringContaining('Bearer'),
      });
      expect(messages).toMatchObject([{ id: null, error: { message: expect.stringContaining('bearer token') } }]);
    }
    expect(await post(server.url, withToken(`Bearer ${TOKEN}`))).toMatchObject({ status: 200 });
    expect(await post(server.url, withToken(`bearer ${TOKEN}`))).toMatchObject({ status: 200 });
    expect(server.stdout() + server.stderr()).not.toContain(TOKEN);
  });

  it('refuses a forged Host all the same', async () => {
    await using home = await makeHome();
    await using server = await startHttp({ home, vars: { SWITCHBOARD_HTTP_TOKEN: TOKEN } });
    const { headers, body } = withToken(`Bearer ${TOKEN}`);
    expect(await post(server.url, { headers: { ...headers, host: 'evil.example' }, body })).toMatchObject({ status: 403 });
  });
});

describe('serve --http on every address', { concurrent: true }, () => {
  it.each(['0.0.0.0', '::', '192.0.2.1'])('does not start on %s without a token', async (host) => {
    await using home = await makeHome();
    const ended = await run({ home, args: ['serve', '--http', '--port', '0', '--host', host] });
    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(ended.stderr).toMatch(/^Others could reach \S+ and spend your money: set SWITCHBOARD_HTTP_TOKEN .+\.\n$/);
  });

  it('starts with a token, and is found where it says that it is', async () => {
    await using home = await makeHome();
    await using server = await startHttp({ home, vars: { SWITCHBOARD_HTTP_TOKEN: TOKEN }, args: ['--host', '0.0.0.0'] });
    const { port } = new URL(server.url);
    expect(await post(`http://127.0.0.1:${port}/mcp`, withToken(`Bearer ${TOKEN}`))).toMatchObject({ status: 200 });
    expect(await post(server.url, withToken(`Bearer ${TOKEN}`))).toMatchObject({ status: 200 });
    expect(await post(server.url, LIST)).toMatchObject({ status: 401 });
  });
});

describe('serve --http', { concurrent: true }, () => {
  it('says on stderr where it is, and nothing on stdout', async () => {
    await using home = await makeHome();
    await using server = await startHttp({ home });
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/mcp$/);
    expect(server.stdout()).toBe('');
  });

  it('knows the names that the config gives it', async () => {
    await using home = await makeHome();
    await home.write('mine.yaml', 'http: { allowed_hosts: [box.example], allowed_origins: [app.example] }\n');
    await using server = await startHttp({ home, args: ['--config', `${home.path}/mine.yaml`] });
    const as = (more: Record<string, string>) => post(server.url, { ...LIST, headers: { ...LIST.headers, ...more } });
    expect(await as({ host: 'box.example', origin: 'https://app.example' })).toMatchObject({ status: 200 });
    expect(await as({ host: 'other.example' })).toMatchObject({ status: 403 });
    expect(await as({ origin: 'https://other.example' })).toMatchObject({ status: 403 });
  });

  it('ends with 2 when the variable for its token is not set', async () => {
    await using home = await makeHome();
    const ended = await run({ home, args: ['serve', '--http', '--port', '0', '--token-env', 'SHARED_TOKEN'] });
    expect(ended).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('SHARED_TOKEN is not set') });
  });

  it.each(['99999', '1.5', '-1', 'http'])('ends with 2 when its port is to be %s', async (port) => {
    await using home = await makeHome();
    const ended = await run({ home, args: ['serve', '--http', `--port=${port}`] });
    expect(ended).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(port) });
    expect(ended.stderr).not.toContain('defect');
  });

  it('ends with 2 when its port is taken', async () => {
    await using home = await makeHome();
    await using server = await startHttp({ home });
    const { port } = new URL(server.url);
    const ended = await run({ home, args: ['serve', '--http', '--port', port] });
    expect(ended).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('the port is taken') });
  });
});
