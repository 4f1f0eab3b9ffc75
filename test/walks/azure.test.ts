import { describe, expect, it } from 'vitest';
import { ask, bearers, entraToken, only, startIssuer, withoutPackages } from '../auth/issuer.ts';
import { silence } from '../support/delivery.ts';
import { dialects } from '../support/dialects/index.ts';
import { makeHome } from '../support/home.ts';
import { openLines } from '../support/line-client.ts';
import { run } from '../support/process.ts';
import { answer, failure, json } from '../support/reply.ts';
import { startVendor } from '../support/vendor.ts';
import type { Vendor } from '../support/vendor.ts';

const MODEL = 'azure/my-deployment';
const KEY = '0123456789abcdef0123456789abcdef';
const HEADER = 'secret-of-this-machine';

const startAzure = (): Promise<Vendor> => startVendor(dialects['openai-chat']);

const endpoint = ({ url }: Vendor) => ({ AZURE_OPENAI_ENDPOINT: `${url}/` });

/** What App Service puts into the environment of a program that has a managed identity. */
const identity = ({ url }: Vendor) => ({ IDENTITY_ENDPOINT: `${url}/msi/token`, IDENTITY_HEADER: HEADER });

describe.concurrent('Azure with a key', () => {
  it('is shown the key in its own header, at the address that needs no version', async () => {
    await using home = await makeHome();
    await using azure = await startAzure();
    azure.always(answer());
    expect(await ask(home, MODEL, { ...endpoint(azure), AZURE_OPENAI_API_KEY: KEY })).toMatchObject({ code: 0 });
    const { path, headers, body } = only(azure);
    expect({ path, key: headers['api-key'], bearer: headers.authorization }).toEqual({
      path: '/openai/v1/chat/completions',
      key: KEY,
      bearer: undefined,
    });
    expect(body).toMatchObject({ model: 'my-deployment' });
  });

  it('prefers the key to an identity that is there too', async () => {
    await using home = await makeHome();
    await using azure = await startAzure();
    await using issuer = await startIssuer();
    azure.always(answer());
    await ask(home, MODEL, { ...endpoint(azure), ...identity(issuer), AZURE_OPENAI_API_KEY: KEY });
    expect(only(azure).headers['api-key']).toBe(KEY);
    expect(issuer.requests).toEqual([]);
  });

  it('is reached on the older path when a version is set, each deployment at its own address', async () => {
    await using home = await makeHome();
    await using azure = await startAzure();
    azure.always(answer());
    const vars = { ...endpoint(azure), AZURE_OPENAI_API_KEY: KEY, AZURE_OPENAI_API_VERSION: '2024-10-21' };
    await using client = await openLines({ home, vars });
    for (const model of [MODEL, 'azure/other.one_2', MODEL]) await client.call('call_model', { model, prompt: 'Hi' });
    expect(azure.requests.map(({ path }) => path)).toEqual([
      '/openai/deployments/my-deployment/chat/completions?api-version=2024-10-21',
      '/openai/deployments/other.one_2/chat/completions?api-version=2024-10-21',
      '/openai/deployments/my-deployment/chat/completions?api-version=2024-10-21',
    ]);
  });

  it('is told the version that the config names', async () => {
    await using home = await makeHome();
    await using azure = await startAzure();
    azure.always(answer());
    const config = await home.write('own.yaml', 'providers: { azure: { api_version: 2025-01-01-preview } }');
    await ask(home, MODEL, { ...endpoint(azure), AZURE_OPENAI_API_KEY: KEY }, '--config', config);
    expect(only(azure).path).toBe('/openai/deployments/my-deployment/chat/completions?api-version=2025-01-01-preview');
  });
});

describe.concurrent('Azure with an identity', () => {
  it('is shown a token that was asked for its model endpoints', async () => {
    await using home = await makeHome();
    await using azure = await startAzure();
    await using issuer = await startIssuer();
    azure.always(answer());
    issuer.always(entraToken('token-1'));
    expect(await ask(home, MODEL, { ...endpoint(azure), ...identity(issuer) })).toMatchObject({ code: 0, stdout: 'Hello\n' });
    const asked = only(issuer);
    expect(new URL(asked.path, issuer.url).searchParams.get('resource')).toBe('https://cognitiveservices.azure.com');
    expect(asked.headers['x-identity-header']).toBe(HEADER);
    const { headers, path } = only(azure);
    expect({ bearer: headers.authorization, key: headers['api-key'], path }).toEqual({
      bearer: 'Bearer token-1',
      key: undefined,
      path: '/openai/v1/chat/completions',
    });
  });

  it('asks for one token, however many calls there are', async () => {
    await using home = await makeHome();
    await using azure = await startAzure();
    await using issuer = await startIssuer();
    azure.always(answer());
    issuer.always(entraToken('token-1'));
    await using client = await openLines({ home, vars: { ...endpoint(azure), ...identity(issuer) } });
    const call = (model: string) => client.call('call_model', { model, prompt: 'Hi' });
    await Promise.all([call(MODEL), call('azure/b'), call('azure/c')]);
    await call(MODEL);
    expect(bearers(azure)).toEqual(Array.from({ length: 4 }, () => 'Bearer token-1'));
    expect(issuer.requests).toHaveLength(1);
  });

  it('gets a new token before the old one expires', async () => {
    await using home = await makeHome();
    await using azure = await startAzure();
    await using issuer = await startIssuer();
    azure.always(answer());
    issuer.inTurn(entraToken('token-1', 60), entraToken('token-2'));
    await using client = await openLines({ home, vars: { ...endpoint(azure), ...identity(issuer) } });
    for (let nth = 0; nth < 3; nth += 1) await client.call('call_model', { model: MODEL, prompt: 'Hi' });
    expect(bearers(azure)).toEqual(['Bearer token-1', 'Bearer token-2', 'Bearer token-2']);
    expect(issuer.requests).toHaveLength(2);
  });

  it('says how to get a token where the machine gives none, and asks again at the next call', async () => {
    await using home = await makeHome();
    await using azure = await startAzure();
    await using issuer = await startIssuer();
    azure.always(answer());
    issuer.next(json(400, { error: 'invalid_request', error_description: 'No identity is assigned to this machine.' }));
    await using client = await openLines({ home, vars: { ...endpoint(azure), ...identity(issuer) } });
    const call = () => client.call('call_model', { model: MODEL, prompt: 'Hi' });
    const { text, failed, meta } = await call();
    expect({ failed, meta }).toMatchObject({ failed: true, meta: { 'switchboard/error': { kind: 'auth' } } });
    expect(text).toMatch(/Microsoft Entra ID gave no token.+az login.+AZURE_OPENAI_API_KEY/);
    expect(text + client.stderr()).not.toMatch(/No identity is assigned|secret-of-this-machine/);
    expect(azure.requests).toEqual([]);
    issuer.always(entraToken('token-1'));
    expect(await call()).toMatchObject({ failed: false });
  });

  it('ends with the code for no key where the machine has no identity at all', async () => {
    await using home = await makeHome();
    await using azure = await startAzure();
    const ended = await ask(home, MODEL, { ...endpoint(azure), AZURE_TOKEN_CREDENTIALS: 'EnvironmentCredential' });
    expect(ended).toMatchObject({ code: 3, stdout: '', stderr: expect.stringContaining('Microsoft Entra ID gave no token') });
  });

  it('gives up at the call’s own time when nobody hands out the token', { timeout: 15_000 }, async () => {
    await using home = await makeHome();
    await using azure = await startAzure();
    await using issuer = await startIssuer();
    issuer.always(entraToken('late'), { deliver: silence });
    await using client = await openLines({ home, vars: { ...endpoint(azure), ...identity(issuer) } });
    const { text } = await client.call('call_model', { model: MODEL, prompt: 'Hi', timeout_s: 1 });
    expect(text).toMatch(/There was no answer within 1(?:\.0)? s/);
  });

  it('does not say that no key was sent when Azure refuses the token', async () => {
    await using home = await makeHome();
    await using azure = await startAzure();
    await using issuer = await startIssuer();
    azure.always(failure({ status: 401 }));
    issuer.always(entraToken('token-1'));
    const ended = await ask(home, MODEL, { ...endpoint(azure), ...identity(issuer) });
    expect(ended).toMatchObject({ code: 3, stderr: expect.stringContaining('Azure OpenAI') });
    expect(ended.stderr).not.toContain('carried no key');
  });

  it('keeps the token out of what Azure says about it', async () => {
    await using home = await makeHome();
    await using azure = await startAzure();
    await using issuer = await startIssuer();
    const token = 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJub2JvZHkifQ.c2lnbmF0dXJl';
    azure.always(failure({ status: 400, message: `The audience of ${token} is not ours.` }));
    issuer.always(entraToken(token));
    const ended = await ask(home, MODEL, { ...endpoint(azure), ...identity(issuer) });
    expect(ended.stderr).toContain('is not ours');
    expect(ended.stderr).not.toContain(token);
  });

  it('says what to install where the package for it is missing', async () => {
    await using home = await makeHome();
    await using azure = await startAzure();
    const cli = await withoutPackages(home);
    const ended = await run({ home, cli, vars: endpoint(azure), args: ['call', '-m', MODEL, 'Hi'] });
    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(ended.stderr).toContain('npx -y -p switchboard-mcp -p @azure/identity switchboard-mcp');
    expect(ended.stderr).toContain('AZURE_OPENAI_API_KEY');
    expect(ended.stderr).not.toMatch(/ERR_MODULE_NOT_FOUND|defect/);
  });
});

it('says that Azure has no address where none is set', async () => {
  await using home = await makeHome();
  const ended = await ask(home, MODEL, { AZURE_OPENAI_API_KEY: KEY });
  expect(ended).toMatchObject({ code: 2, stderr: expect.stringContaining('AZURE_OPENAI_ENDPOINT') });
  expect(ended.stderr).not.toContain(KEY);
});
