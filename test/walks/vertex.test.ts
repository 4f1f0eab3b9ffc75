import { generateKeyPairSync, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ask, bearers, googleToken, only, startIssuer } from '../auth/issuer.ts';
import { setup } from '../config/configured.ts';
import { certify } from '../net/certificate.ts';
import { startProxy, startTls } from '../net/proxy.ts';
import { silence } from '../support/delivery.ts';
import { dialects } from '../support/dialects/index.ts';
import { makeHome } from '../support/home.ts';
import type { Home } from '../support/home.ts';
import { openLines } from '../support/line-client.ts';
import { answer, failure, json } from '../support/reply.ts';
import { startVendor } from '../support/vendor.ts';
import type { Vendor } from '../support/vendor.ts';

const MODEL = 'vertex/gemini-9-sim';
const SCOPE = 'https://www.googleapis.com/auth/cloud-platform';

const startVertex = (): Promise<Vendor> => startVendor(dialects['google-generate']);

const project = ({ url }: Vendor) => ({
  VERTEX_BASE_URL: url,
  GOOGLE_CLOUD_PROJECT: 'my-project',
  GOOGLE_CLOUD_LOCATION: 'europe-west4',
});

/** The environment of a machine of Google's, with `issuer` as its metadata server. */
const machine = ({ url }: Vendor) => ({ GCE_METADATA_HOST: new URL(url).host, METADATA_SERVER_DETECTION: 'assume-present' });

const NO_MACHINE = { METADATA_SERVER_DETECTION: 'none' };

describe.concurrent('Vertex on a machine of Google’s', () => {
  it('is shown the machine’s token, at the address of the project and the location', async () => {
    await using home = await makeHome();
    await using vertex = await startVertex();
    await using issuer = await startIssuer();
    vertex.always(answer());
    issuer.always(googleToken('ya29.token-1'));
    expect(await ask(home, MODEL, { ...project(vertex), ...machine(issuer) })).toMatchObject({ code: 0, stdout: 'Hello\n' });
    const { path, headers } = only(vertex);
    expect({ path, bearer: headers.authorization, key: headers['x-goog-api-key'] }).toEqual({
      path: '/v1/projects/my-project/locations/europe-west4/publishers/google/models/gemini-9-sim:streamGenerateContent?alt=sse',
      bearer: 'Bearer ya29.token-1',
      key: undefined,
    });
    expect(only(issuer).path).toContain(encodeURIComponent(SCOPE));
  });

  it('asks Claude by Anthropic’s protocol, at an address that names the model', async () => {
    await using home = await makeHome();
    await using vertex = await startVendor(dialects['anthropic-messages']);
    await using issuer = await startIssuer();
    vertex.always(answer());
    issuer.always(googleToken('ya29.token-1'));
    const ended = await ask(home, 'vertex/claude-sonnet-4-5@20250929', { ...project(vertex), ...machine(issuer) });
    expect(ended).toMatchObject({ code: 0, stdout: 'Hello\n' });
    const { path, headers, body } = only(vertex);
    expect(path).toBe(
      '/v1/projects/my-project/locations/europe-west4/publishers/anthropic/models/claude-sonnet-4-5@20250929:streamRawPredict',
    );
    expect(headers.authorization).toBe('Bearer ya29.token-1');
    expect(body).toMatchObject({ anthropic_version: 'vertex-2023-10-16', stream: true, messages: [{ role: 'user' }] });
    expect(body).not.toHaveProperty('model');
  });

  it('asks models under their makers’ names by OpenAI’s protocol', async () => {
    await using home = await makeHome();
    await using vertex = await startVendor(dialects['openai-chat']);
    await using issuer = await startIssuer();
    vertex.always(answer());
    issuer.always(googleToken('ya29.token-1'));
    const model = 'meta/llama-4-maverick-17b-128e-instruct-maas';
    expect(await ask(home, `vertex/${model}`, { ...project(vertex), ...machine(issuer) })).toMatchObject({ code: 0 });
    expect(only(vertex)).toMatchObject({
      path: '/v1/projects/my-project/locations/europe-west4/endpoints/openapi/chat/completions',
      body: { model },
    });
  });

  it('asks for one token, however many calls there are', async () => {
    await using home = await makeHome();
    await using vertex = await startVertex();
    await using issuer = await startIssuer();
    vertex.always(answer());
    issuer.always(googleToken('ya29.token-1'));
    await using client = await openLines({ home, vars: { ...project(vertex), ...machine(issuer) } });
    const call = (prompt: string) => client.call('call_model', { model: MODEL, prompt });
    await Promise.all([call('One?'), call('Two?'), call('Three?')]);
    await call('Four?');
    expect(bearers(vertex)).toEqual(Array.from({ length: 4 }, () => 'Bearer ya29.token-1'));
    expect(issuer.requests).toHaveLength(1);
  });

  it('uses no token that has expired', async () => {
    await using home = await makeHome();
    await using vertex = await startVertex();
    await using issuer = await startIssuer();
    vertex.always(answer());
    issuer.inTurn(googleToken('ya29.token-1', 1), googleToken('ya29.token-2'));
    await using client = await openLines({ home, vars: { ...project(vertex), ...machine(issuer) } });
    for (let nth = 0; nth < 2; nth += 1) await client.call('call_model', { model: MODEL, prompt: 'Hi' });
    expect(bearers(vertex)).toEqual(['Bearer ya29.token-1', 'Bearer ya29.token-2']);
  });

  it('says how to sign in where the machine gives no token', async () => {
    await using home = await makeHome();
    await using vertex = await startVertex();
    await using issuer = await startIssuer();
    issuer.always(json(404, { error: 'This machine has no service account.' }));
    const ended = await ask(home, MODEL, { ...project(vertex), ...machine(issuer) });
    expect(ended).toMatchObject({ code: 3, stdout: '' });
    expect(ended.stderr).toMatch(/Google gave no token.+gcloud auth application-default login.+GOOGLE_APPLICATION_CREDENTIALS/);
    expect(ended.stderr).not.toContain('no service account');
    expect(vertex.requests).toEqual([]);
  });

  it('gives up at the call’s own time when nobody hands out the token', { timeout: 15_000 }, async () => {
    await using home = await makeHome();
    await using vertex = await startVertex();
    await using issuer = await startIssuer();
    issuer.always(googleToken('late'), { deliver: silence });
    await using client = await openLines({ home, vars: { ...project(vertex), ...machine(issuer) } });
    const { text } = await client.call('call_model', { model: MODEL, prompt: 'Hi', timeout_s: 1 });
    expect(text).toMatch(/There was no answer within 1(?:\.0)? s/);
  });

  it('keeps the token out of what Google says about it', async () => {
    await using home = await makeHome();
    await using vertex = await startVertex();
    await using issuer = await startIssuer();
    vertex.always(failure({ status: 400, message: 'What is ya29.token-of-mine supposed to be?' }));
    issuer.always(googleToken('ya29.token-of-mine'));
    const ended = await ask(home, MODEL, { ...project(vertex), ...machine(issuer) });
    expect(ended.stderr).toContain('supposed to be');
    expect(ended.stderr).not.toContain('ya29.token-of-mine');
  });
});

/** Google’s token endpoint, reached as the real one is: by its name, over TLS, through a proxy that leads it to `issuer`. */
async function leadToIssuer(home: Home, issuer: Vendor) {
  const certificate = certify('oauth2.googleapis.com');
  const tls = await startTls(issuer.url, certificate);
  const proxy = await startProxy(tls.url);
  return {
    vars: {
      ...NO_MACHINE,
      HTTPS_PROXY: proxy.url,
      NODE_EXTRA_CA_CERTS: await home.write('google.pem', certificate.cert),
    },
    async [Symbol.asyncDispose]() {
      await proxy[Symbol.asyncDispose]();
      await tls[Symbol.asyncDispose]();
    },
  };
}

const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
const EMAIL = 'robot@my-project.iam.gserviceaccount.com';

/** The file that Google gives to who makes a key for a service account. */
const SERVICE_ACCOUNT = JSON.stringify({
  type: 'service_account',
  project_id: 'my-project',
  private_key_id: 'k1',
  private_key: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }),
  client_email: EMAIL,
  client_id: '1',
  token_uri: 'https://oauth2.googleapis.com/token',
});

/** The file that `gcloud auth application-default login` leaves behind. */
const USER = JSON.stringify({ type: 'authorized_user', client_id: 'c', client_secret: 's', refresh_token: 'refresh-me' });

const claims = z.looseObject({ iss: z.string(), scope: z.string(), aud: z.string(), iat: z.number(), exp: z.number() });

/** What a JWT claims, once its signature has been found good. */
function verified(jwt: string): z.infer<typeof claims> {
  const [head = '', body = '', signature = ''] = jwt.split('.');
  const good = verify('RSA-SHA256', Buffer.from(`${head}.${body}`), pair.publicKey, Buffer.from(signature, 'base64url'));
  if (!good) throw new Error('The signature of the JWT is not that of the service account.');
  return claims.parse(JSON.parse(Buffer.from(body, 'base64url').toString('utf8')));
}

const form = ({ text }: { text: string }): Record<string, string> => Object.fromEntries(new URLSearchParams(text));

describe.concurrent('Vertex with a file of credentials', () => {
  it.each(['the variable', 'the config'])(
    'signs for the service account that %s names, and shows the token it gets',
    async (by) => {
      await using home = await makeHome();
      await using vertex = await startVertex();
      await using issuer = await startIssuer();
      await using way = await leadToIssuer(home, issuer);
      vertex.always(answer());
      issuer.always(googleToken('ya29.of-the-robot'));
      const file = await home.write('robot.json', SERVICE_ACCOUNT);
      const config = await home.write('own.yaml', `providers: { vertex: { credentials_file: ${file} } }`);
      const vars = { ...project(vertex), ...way.vars };
      const ended =
        by === 'the config'
          ? await ask(home, MODEL, vars, '--config', config)
          : await ask(home, MODEL, { ...vars, GOOGLE_APPLICATION_CREDENTIALS: file });
      expect(ended).toMatchObject({ code: 0, stdout: 'Hello\n' });
      const { grant_type, assertion = '' } = form(only(issuer));
      expect(grant_type).toBe('urn:ietf:params:oauth:grant-type:jwt-bearer');
      const { iss, scope, aud, iat, exp } = verified(assertion);
      expect({ iss, scope, aud }).toEqual({ iss: EMAIL, scope: SCOPE, aud: 'https://oauth2.googleapis.com/token' });
      expect(exp - iat).toBe(3600);
      expect(bearers(vertex)).toEqual(['Bearer ya29.of-the-robot']);
    },
  );

  it('uses what gcloud left behind in the home', async () => {
    await using home = await makeHome();
    await using vertex = await startVertex();
    await using issuer = await startIssuer();
    await using way = await leadToIssuer(home, issuer);
    vertex.always(answer());
    issuer.always(googleToken('ya29.of-the-user'));
    await home.write('.config/gcloud/application_default_credentials.json', USER);
    expect(await ask(home, MODEL, { ...project(vertex), ...way.vars })).toMatchObject({ code: 0 });
    expect(form(only(issuer))).toMatchObject({ grant_type: 'refresh_token', refresh_token: 'refresh-me' });
    expect(bearers(vertex)).toEqual(['Bearer ya29.of-the-user']);
  });

  it.each([
    { what: 'is not there', text: undefined },
    { what: 'is not JSON', text: 'not json' },
    { what: 'holds no key', text: '{ "type": "service_account", "client_email": "a@b" }' },
  ])('says so where the file $what, and shows nothing of it', async ({ text }) => {
    await using home = await makeHome();
    await using vertex = await startVertex();
    const file = text === undefined ? `${home.path}/nowhere.json` : await home.write('robot.json', text);
    const ended = await ask(home, MODEL, { ...project(vertex), ...NO_MACHINE, GOOGLE_APPLICATION_CREDENTIALS: file });
    expect(ended).toMatchObject({ code: 3, stdout: '', stderr: expect.stringContaining('GOOGLE_APPLICATION_CREDENTIALS') });
    expect(ended.stderr).not.toMatch(/defect|client_email/);
  });
});

describe('the address of Vertex', () => {
  const root = (env: Record<string, string>) => setup({ env: { GOOGLE_CLOUD_PROJECT: 'p', ...env } }, 'vertex').baseUrl;

  it('is that of the location, or the one without a location', () => {
    expect(root({ GOOGLE_CLOUD_LOCATION: 'us-east5' })).toBe(
      'https://us-east5-aiplatform.googleapis.com/v1/projects/p/locations/us-east5/publishers/google',
    );
    expect(root({})).toBe('https://aiplatform.googleapis.com/v1/projects/p/locations/global/publishers/google');
  });

  it('is missing the project where none is set, and the error names the variable', async () => {
    await using home = await makeHome();
    const ended = await ask(home, MODEL, NO_MACHINE);
    expect(ended).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('set GOOGLE_CLOUD_PROJECT') });
  });
});
