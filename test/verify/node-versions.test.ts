import { Client, StreamableHTTPClientTransport, type Transport } from '@modelcontextprotocol/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CLIENT_INFO, type Era, ERAS, VERSION } from '../support/eras.ts';
import { type Home, makeHome } from '../support/home.ts';
import { strayLines, told, type Told } from '../support/messages.ts';
import { until } from '../support/until.ts';
import { startUnder } from './node-process.ts';
import { bring } from './npx.ts';
import { runProgram } from './run-program.ts';
import { startVendors, type Vendors, WIRES } from './vendors.ts';

const SAYS = 'Paris, of course.';
const AT_ONCE = 50;

let home: Home;
let vendors: Vendors;

beforeAll(async () => {
  home = await makeHome();
  vendors = await startVendors(/capital of France/, SAYS);
});
afterAll(async () => {
  await vendors[Symbol.asyncDispose]();
  await home[Symbol.asyncDispose]();
});

/** Our own Node where it is of that version. */
const nodeOf = async (major: string): Promise<string> =>
  process.versions.node.startsWith(`${major}.`) ? process.execPath : (await bring(`node@${major}`)).node;

async function connect(transport: Transport, era: Era): Promise<Client> {
  const client = new Client(CLIENT_INFO, { versionNegotiation: { mode: era === 'legacy' ? era : { pin: VERSION.modern } } });
  await client.connect(transport);
  return client;
}

const ask = async (client: Client, model: string): Promise<Told> =>
  told(await client.callTool({ name: 'call_model', arguments: { model, prompt: 'What is the capital of France?' } }));

/** Asks all models in turn, so many times at once; returns what was no answer. */
async function failuresOfMany(client: Client): Promise<Told[]> {
  const models = Array.from({ length: AT_ONCE }, (_, index) => WIRES[index % WIRES.length]?.model ?? '');
  const all = await Promise.all(models.map((model) => ask(client, model)));
  return all.filter(({ text, failed }) => failed || !text.includes(SAYS));
}

describe.each(['20', '24'])('the built program under Node %s', (major) => {
  let node: string;

  beforeAll(async () => {
    node = await nodeOf(major);
  }, 200_000);

  it('is that Node', async () => {
    const { stdout } = await runProgram(node, ['--version'], { env: home.env(), cwd: home.project, timeoutMs: 10_000 });
    expect(stdout).toMatch(new RegExp(`^v${major}\\.`));
  });

  it.each(ERAS)('greets a %s client on stdio, answers on every wire, and leaves when stdin closes', async (era) => {
    await using server = startUnder(node, { home, vars: vendors.vars });
    const client = await connect(server.stdio, era);
    expect(client.getServerVersion()?.name).toBe('switchboard');
    for (const { model, served = model } of WIRES) {
      const { text, failed } = await ask(client, model);
      expect({ text, failed }).toEqual({ text: expect.stringContaining(`${served}: ${SAYS}`), failed: false });
    }
    await client.close();

    const { code, signal, stdout, stderr } = await server.ended;
    expect({ code, signal, stderr, stray: strayLines(stdout) }).toEqual({ code: 0, signal: null, stderr: '', stray: [] });
  });

  it.each(ERAS)(`answers ${AT_ONCE} calls of a %s client at once on stdio without a warning`, async (era) => {
    await using server = startUnder(node, { home, vars: vendors.vars });
    const client = await connect(server.stdio, era);
    expect(await failuresOfMany(client)).toEqual([]);
    await client.close();
    expect(await server.ended).toMatchObject({ code: 0, stderr: '' });
  });

  it.each(ERAS)(`answers ${AT_ONCE} calls of a %s client at once over HTTP without a warning`, async (era) => {
    await using server = startUnder(node, { home, vars: vendors.vars, args: ['serve', '--http', '--port', '0'] });
    const url = await until(
      () => /Switchboard is at (http:\S+)\n$/.exec(server.stderr())?.[1],
      () => `the server to say where it is; stderr: ${server.stderr()}`,
    );
    const client = await connect(new StreamableHTTPClientTransport(new URL(url)), era);
    expect(await failuresOfMany(client)).toEqual([]);
    await client.close();
    server.kill('SIGTERM');
    expect(await server.ended).toMatchObject({ code: 0, signal: null, stderr: `Switchboard is at ${url}\n` });
  });
});
