import { describe, expect, it } from 'vitest';
import { ask, only, startIssuer, withoutPackages } from '../auth/issuer.ts';
import { readSignature } from '../auth/sigv4.ts';
import { silence } from '../support/delivery.ts';
import { dialects } from '../support/dialects/index.ts';
import { makeHome } from '../support/home.ts';
import { openLines } from '../support/line-client.ts';
import { run } from '../support/process.ts';
import { answer, failure, json, withHeaders } from '../support/reply.ts';
import { startVendor } from '../support/vendor.ts';
import type { Vendor } from '../support/vendor.ts';

const MODEL = 'bedrock/anthropic.claude-sim-9-v1:0';
const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const KEYS = { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: SECRET };

/** A region, and no server that hands out credentials. */
const REGION = { AWS_REGION: 'eu-central-1', AWS_EC2_METADATA_DISABLED: 'true' };

const startBedrock = (): Promise<Vendor> => startVendor(dialects['bedrock-converse']);

const site = ({ url }: Vendor) => ({ ...REGION, BEDROCK_BASE_URL: url });

describe.concurrent('Bedrock with a bearer key', () => {
  it('is asked at its OpenAI-compatible address, and shown the key as a bearer', async () => {
    await using home = await makeHome();
    await using bedrock = await startVendor(dialects['openai-chat']);
    bedrock.always(answer());
    const vars = { ...site(bedrock), ...KEYS, AWS_BEARER_TOKEN_BEDROCK: 'bedrock-api-key-0123456789' };
    expect(await ask(home, 'bedrock/openai.gpt-oss-120b-1:0', vars)).toMatchObject({ code: 0, stdout: 'Hello\n' });
    const { path, headers, body } = only(bedrock);
    expect(path).toBe('/openai/v1/chat/completions');
    expect(headers.authorization).toBe('Bearer bedrock-api-key-0123456789');
    expect(Object.keys(headers).filter((name) => name.startsWith('x-amz-'))).toEqual([]);
    expect(body).toMatchObject({ model: 'openai.gpt-oss-120b-1:0' });
  });
});

describe.concurrent('Bedrock with a bearer key and a model that is not OpenAI’s', () => {
  const CLAUDE = 'bedrock/us.anthropic.claude-sonnet-5-5';

  it('is asked in its own protocol, shown the key as a bearer, and says nothing on stderr', async () => {
    await using home = await makeHome();
    await using bedrock = await startBedrock();
    bedrock.always(answer());
    const vars = { ...site(bedrock), ...KEYS, AWS_BEARER_TOKEN_BEDROCK: 'bedrock-api-key-0123456789' };
    const ended = await ask(home, CLAUDE, vars, '--reasoning-effort', 'high', '--json');
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    const { path, headers, body } = only(bedrock);
    expect(path).toBe('/model/us.anthropic.claude-sonnet-5-5/converse-stream');
    expect(headers.authorization).toBe('Bearer bedrock-api-key-0123456789');
    expect(Object.keys(headers).filter((name) => name.startsWith('x-amz-'))).toEqual([]);
    expect(body).toMatchObject({
      additionalModelRequestFields: { thinking: { type: 'adaptive' } },
      outputConfig: { effort: 'high' },
    });
  });

  it('says what to type where Amazon’s package is not there', async () => {
    await using home = await makeHome();
    const cli = await withoutPackages(home);
    const vars = { ...REGION, BEDROCK_BASE_URL: 'http://127.0.0.1:9', AWS_BEARER_TOKEN_BEDROCK: 'bedrock-api-key-0123456789' };
    const ended = await run({ home, vars, cli, args: ['call', '-m', CLAUDE, 'Hi'] });
    expect(ended).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('npx -y -p switchboard-mcp -p @aws-sdk/client-bedrock-runtime'),
    });
  });
});

describe.concurrent('Bedrock with AWS credentials', () => {
  it('gets the whole request, signed for the region and the service', async () => {
    await using home = await makeHome();
    await using bedrock = await startBedrock();
    bedrock.always(answer());
    const ended = await ask(home, MODEL, { ...site(bedrock), ...KEYS }, '--system', 'Grüße & 🌸', '--max-tokens', '99');
    const request = only(bedrock);
    expect(request.path).toBe('/model/anthropic.claude-sim-9-v1%3A0/converse-stream');
    expect(request.body).toEqual({
      messages: [{ role: 'user', content: [{ text: 'Hi' }] }],
      system: [{ text: 'Grüße & 🌸' }],
      inferenceConfig: { maxTokens: 99 },
    });
    const { signedHeaders, ...signed } = readSignature(request, SECRET);
    expect(signed).toEqual({ accessKey: 'AKIDEXAMPLE', region: 'eu-central-1', service: 'bedrock', good: true });
    expect(signedHeaders).toEqual(expect.arrayContaining(['host', 'x-amz-date']));
    expect(ended).toMatchObject({ code: 0, stdout: 'Hello\n' });
  });

  it('is shown the session token of temporary credentials, which is signed too', async () => {
    await using home = await makeHome();
    await using bedrock = await startBedrock();
    bedrock.always(answer());
    await ask(home, MODEL, { ...site(bedrock), ...KEYS, AWS_SESSION_TOKEN: 'session-1' });
    const request = only(bedrock);
    expect(request.headers['x-amz-security-token']).toBe('session-1');
    const { good, signedHeaders } = readSignature(request, SECRET);
    expect(signedHeaders).toContain('x-amz-security-token');
    expect(good).toBe(true);
  });

  it('signs with the profile of the home that is named', async () => {
    await using home = await makeHome();
    await using bedrock = await startBedrock();
    bedrock.always(answer());
    await home.write('.aws/credentials', `[work]\naws_access_key_id = AKIDWORK\naws_secret_access_key = ${SECRET}\n`);
    await ask(home, MODEL, { ...site(bedrock), AWS_PROFILE: 'work' });
    expect(readSignature(only(bedrock), SECRET)).toMatchObject({ accessKey: 'AKIDWORK', good: true });
  });

  it('signs with what the container’s server hands out, and asks it once', async () => {
    await using home = await makeHome();
    await using bedrock = await startBedrock();
    await using issuer = await startIssuer();
    bedrock.always(answer());
    const expires = new Date(Date.now() + 3_600_000).toISOString();
    issuer.always(json(200, { AccessKeyId: 'AKIDROLE', SecretAccessKey: SECRET, Token: 'session-2', Expiration: expires }));
    const vars = { ...site(bedrock), AWS_CONTAINER_CREDENTIALS_FULL_URI: `${issuer.url}/role` };
    await using client = await openLines({ home, vars });
    const call = (prompt: string) => client.call('call_model', { model: MODEL, prompt });
    await Promise.all([call('One?'), call('Two?')]);
    await call('Three?');
    expect(bedrock.requests.map((request) => readSignature(request, SECRET).accessKey)).toEqual(
      Array.from({ length: 3 }, () => 'AKIDROLE'),
    );
    expect(issuer.requests).toHaveLength(1);
  });

  it('gives up at the call’s own time when nobody hands out credentials', { timeout: 15_000 }, async () => {
    await using home = await makeHome();
    await using bedrock = await startBedrock();
    await using issuer = await startIssuer();
    issuer.always(json(200, {}), { deliver: silence });
    const vars = { ...site(bedrock), AWS_CONTAINER_CREDENTIALS_FULL_URI: `${issuer.url}/role` };
    await using client = await openLines({ home, vars });
    const { text } = await client.call('call_model', { model: MODEL, prompt: 'Hi', timeout_s: 1 });
    expect(text).toMatch(/There was no answer within 1(?:\.0)? s/);
  });

  it('says how to sign in where the machine has none', async () => {
    await using home = await makeHome();
    await using bedrock = await startBedrock();
    const ended = await ask(home, MODEL, site(bedrock));
    expect(ended).toMatchObject({ code: 3, stdout: '' });
    expect(ended.stderr).toMatch(/AWS gave no credentials.+aws sso login.+AWS_ACCESS_KEY_ID.+AWS_BEARER_TOKEN_BEDROCK/);
    expect(bedrock.requests).toEqual([]);
  });

  it.each([
    { type: 'ExpiredTokenException', status: 403, kind: 'auth' },
    { type: 'UnrecognizedClientException', status: 403, kind: 'auth' },
    { type: 'InvalidSignatureException', status: 403, kind: 'auth' },
    { type: 'AccessDeniedException', status: 403, kind: 'forbidden' },
    { type: 'ThrottlingException', status: 429, kind: 'rate_limited' },
    { type: 'ServiceQuotaExceededException', status: 400, kind: 'rate_limited' },
    { type: 'ResourceNotFoundException', status: 404, kind: 'not_found' },
    { type: 'ModelNotReadyException', status: 429, kind: 'overloaded' },
  ])('reads $type ($status) as $kind', async ({ type, status, kind }) => {
    await using home = await makeHome();
    await using bedrock = await startBedrock();
    const told = { 'x-amzn-errortype': `${type}:http://internal.amazon.com/coral/` };
    bedrock.always(withHeaders(told, json(status, { message: 'That will not do.' })));
    const ended = await ask(home, MODEL, { ...site(bedrock), ...KEYS }, '--json');
    expect(JSON.parse(ended.stdout)).toMatchObject({ 'switchboard/error': { kind, status } });
    expect(ended.stdout + ended.stderr).not.toContain(SECRET);
  });

  it('does not say that no key was sent when AWS refuses the signature', async () => {
    await using home = await makeHome();
    await using bedrock = await startBedrock();
    bedrock.always(failure({ status: 403, code: 'ExpiredTokenException' }));
    const { stderr } = await ask(home, MODEL, { ...site(bedrock), ...KEYS });
    expect(stderr).toContain('Amazon Bedrock refused');
    expect(stderr).not.toContain('carried no key');
  });

  it('says what to install where the package for it is missing', async () => {
    await using home = await makeHome();
    await using bedrock = await startBedrock();
    const cli = await withoutPackages(home);
    const ended = await run({ home, cli, vars: { ...site(bedrock), ...KEYS }, args: ['call', '-m', MODEL, 'Hi'] });
    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(ended.stderr).toContain('npx -y -p switchboard-mcp -p @aws-sdk/client-bedrock-runtime switchboard-mcp');
    expect(ended.stderr).toContain('AWS_BEARER_TOKEN_BEDROCK');
    expect(ended.stderr).not.toMatch(/ERR_MODULE_NOT_FOUND|defect/);
  });

  it('asks for a region where none is set', async () => {
    await using home = await makeHome();
    expect(await ask(home, MODEL, KEYS)).toMatchObject({ stdout: '', stderr: expect.stringContaining('set AWS_REGION') });
  });
});
