import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../src/config/config.ts';
import { userText } from '../../src/core/chat.ts';
import { Failure, failureIn } from '../../src/core/errors.ts';
import { createEngine } from '../../src/engine/engine.ts';
import { failureText } from '../../src/tools/render/failure.ts';
import { bearers, only } from '../auth/issuer.ts';
import { dialects } from '../support/dialects/index.ts';
import { makeHome } from '../support/home.ts';
import { run } from '../support/process.ts';
import { answer, failure } from '../support/reply.ts';
import { startVendor } from '../support/vendor.ts';

const KEY = 'gsk_of-an-invented-user-0123456789';

/** A program that runs `code`. */
const program = (code: string): string[] => [process.execPath, '--eval', code];

/** In hexadecimal, so that what it prints is not among its arguments, which an error may hold. */
const output = (text: string): string => `Buffer.from('${Buffer.from(text).toString('hex')}', 'hex')`;

const printing = (text: string): string[] => program(`process.stdout.write(${output(text)})`);

type Settings = { command: readonly string[]; env?: Record<string, string> };

/** A vendor whose key a program prints, and an engine that knows nobody else. */
async function setStage({ command, env = {} }: Settings) {
  const vendor = await startVendor(dialects['openai-chat']);
  vendor.always(answer());
  const text = JSON.stringify({ retries: 0, providers: { groq: { base_url: `${vendor.url}/v1`, key_command: command } } });
  const engine = createEngine(parseConfig({ env, files: [{ path: 'config.yaml', text, trusted: true }] }));
  let asked = 0;
  const call = (timeoutMs?: number) => {
    asked += 1;
    return engine.call({ ask: { messages: [userText(`Question ${asked}`)] }, model: 'groq/sim-1', timeoutMs });
  };
  return {
    vendor,
    call,
    /** The failure of a call; whatever form it is shown in, `secret` may not be in it. */
    async failure(secret: string, timeoutMs?: number): Promise<Failure> {
      const thrown = await call(timeoutMs).then(
        () => undefined,
        (error: unknown) => failureIn(error),
      );
      if (thrown === undefined) throw new Error('It answered, or threw what is not a Failure.');
      const forms = [
        failureText(thrown),
        thrown.stack,
        JSON.stringify(thrown),
        inspect(thrown, { depth: null, showHidden: true }),
      ];
      for (const form of forms) expect(form).not.toContain(secret);
      return thrown;
    },
    async [Symbol.asyncDispose]() {
      await engine.close();
      await vendor.close();
    },
  };
}

describe.concurrent('a program that prints the key', () => {
  it('is believed without the white space around it', async () => {
    await using stage = await setStage({ command: printing(` ${KEY}\n`) });
    await stage.call();
    expect(bearers(stage.vendor)).toEqual([`Bearer ${KEY}`]);
  });

  it('is asked once for all calls, those at the same time too', async () => {
    await using home = await makeHome();
    const file = await home.write('asked', '');
    const code = `require('fs').appendFileSync(${JSON.stringify(file)}, 'x'); process.stdout.write(${output(KEY)} + require('fs').readFileSync(${JSON.stringify(file)}).length)`;
    await using stage = await setStage({ command: program(code) });
    await Promise.all([stage.call(), stage.call(), stage.call()]);
    await stage.call();
    expect(bearers(stage.vendor)).toEqual(Array.from({ length: 4 }, () => `Bearer ${KEY}1`));
  });

  it('is not asked where a variable holds the key', async () => {
    await using stage = await setStage({ command: program('process.exit(1)'), env: { GROQ_API_KEY: 'gsk_plain' } });
    await stage.call();
    expect(bearers(stage.vendor)).toEqual(['Bearer gsk_plain']);
  });

  it('gets its arguments as they are, because no shell reads them', async () => {
    const odd = ['$(echo x)', '; echo y', '*', '"q"', "it's", '`id`', 'a b'];
    const code = `process.stdout.write(Buffer.from(JSON.stringify(process.argv.slice(1))).toString('hex'))`;
    await using stage = await setStage({ command: [...program(code), '--', ...odd] });
    await stage.call();
    const { authorization = '' } = only(stage.vendor).headers;
    expect(JSON.parse(Buffer.from(authorization.replace('Bearer ', ''), 'hex').toString('utf8'))).toEqual(odd);
  });

  it('is not run through a shell either when its name looks like a line of one', async () => {
    await using stage = await setStage({ command: [`${process.execPath} --version`] });
    expect(await stage.failure('v2')).toMatchObject({ kind: 'auth' });
  });

  it('that fails is named, and nothing that it printed is shown', async () => {
    const code = `process.stderr.write(${output(`vault: ${KEY} is locked`)}); process.exit(3)`;
    await using stage = await setStage({ command: program(code) });
    const { kind, message } = await stage.failure(KEY);
    expect({ kind, message }).toEqual({
      kind: 'auth',
      message: `The key_command for Groq failed: run ${process.execPath} by hand to see why`,
    });
    expect(stage.vendor.requests).toEqual([]);
  });

  it('that printed the key before it failed has not shown it to anyone', async () => {
    await using stage = await setStage({ command: program(`process.stdout.write(${output(KEY)}); process.exit(1)`) });
    expect(await stage.failure(KEY)).toMatchObject({ kind: 'auth' });
  });

  it.each([
    { what: 'does not exist', command: ['/nowhere/op', 'read'], says: 'names the program "/nowhere/op", which is not there' },
    { what: 'prints nothing', command: printing(''), says: 'printed nothing' },
    { what: 'prints white space', command: printing(' \n\t\n'), says: 'printed nothing' },
    {
      what: 'prints without an end',
      command: program("setInterval(() => process.stdout.write('x'.repeat(65536)), 1)"),
      says: 'failed',
    },
  ])('that $what is an error of the key', async ({ command, says }) => {
    await using stage = await setStage({ command });
    expect(await stage.failure('xxxxxxxx')).toMatchObject({ kind: 'auth', message: expect.stringContaining(says) });
  });

  it.each([
    { what: 'several lines', text: `You are signed in.\n${KEY}\n` },
    { what: 'a character that no header holds', text: `${KEY}…` },
  ])('that prints $what is told as an error of the key, and not of the network', async ({ text }) => {
    await using stage = await setStage({ command: printing(text) });
    const { kind, message } = await stage.failure(KEY);
    expect({ kind, message }).toEqual({
      kind: expect.stringMatching(/^(?:auth|config)$/),
      message: expect.stringContaining('key_command'),
    });
  });

  it('is asked again after it failed', async () => {
    await using home = await makeHome();
    const file = await home.write('locked', '');
    const code = `const fs = require('fs'); if (fs.existsSync(${JSON.stringify(file)})) { fs.rmSync(${JSON.stringify(file)}); process.exit(1) } process.stdout.write(${output(KEY)})`;
    await using stage = await setStage({ command: program(code) });
    expect(await stage.failure(KEY)).toMatchObject({ kind: 'auth' });
    await stage.call();
    expect(bearers(stage.vendor)).toEqual([`Bearer ${KEY}`]);
  });

  it('has as long as the call has, and no longer', async () => {
    await using stage = await setStage({ command: program('setTimeout(() => {}, 60_000)') });
    expect(await stage.failure(KEY, 300)).toMatchObject({ kind: 'timeout' });
  });

  it('is what a refusal of the key names, and the key is in no text', async () => {
    await using stage = await setStage({ command: printing(KEY) });
    stage.vendor.inTurn(failure({ status: 401, message: `Bad key ${KEY}` }), failure({ status: 400, message: `Odd: ${KEY}!` }));
    expect(await stage.failure(KEY)).toMatchObject({
      kind: 'auth',
      message: expect.stringContaining('providers.groq.key_command'),
    });
    expect(await stage.failure(KEY)).toMatchObject({ facts: { vendorSaid: 'Odd: [redacted]!' } });
  });
});

it('does not reach the vendor’s child or the outputs of the program', async () => {
  await using home = await makeHome();
  await using vendor = await startVendor(dialects['openai-chat']);
  vendor.always(answer());
  const providers = { groq: { base_url: `${vendor.url}/v1`, key_command: printing(KEY), default_model: 'sim-1' } };
  const config = await home.write('own.yaml', JSON.stringify({ providers }));
  const ended = await run({ home, args: ['call', '--config', config, '--json', 'Hi'] });
  expect(ended).toMatchObject({ code: 0, stderr: '' });
  expect(bearers(vendor)).toEqual([`Bearer ${KEY}`]);
  expect(ended.stdout + only(vendor).text + only(vendor).path).not.toContain(KEY);
});
