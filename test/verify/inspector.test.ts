import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { type Home, makeHome, type Vars } from '../support/home.ts';
import { told, type Told } from '../support/messages.ts';
import { CLI } from '../support/process.ts';
import { bring, type Brought } from './npx.ts';
import { runProgram } from './run-program.ts';
import { type Route, ROUTES, startVendors, type Vendors } from './vendors.ts';

const PACKAGE = '@modelcontextprotocol/inspector@0.15.0';

let inspector: Brought;
let home: Home;
let vendors: Vendors;

beforeAll(async () => {
  inspector = await bring(PACKAGE);
  home = await makeHome();
  vendors = await startVendors(/capital of France/, 'Paris, of course.');
}, 200_000);
afterAll(async () => {
  await vendors[Symbol.asyncDispose]();
  await home[Symbol.asyncDispose]();
});

/** What the inspector's command line prints about our server, which gets `vars` from it, and nothing else. */
async function inspect(method: string, args: readonly string[] = [], vars: Vars = vendors.vars): Promise<unknown> {
  const given = Object.entries(vars).flatMap(([name, value]) => ['-e', `${name}=${value}`]);
  const { code, stdout, stderr } = await runProgram(
    inspector.node,
    [inspector.program('mcp-inspector'), '--cli', ...given, inspector.node, CLI, '--method', method, ...args],
    { env: home.env(), cwd: home.project, timeoutMs: 30_000 },
  );
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout);
}

const callModel = async (model: string, vars?: Vars): Promise<Told> =>
  told(
    await inspect(
      'tools/call',
      ['--tool-name', 'call_model', '--tool-arg', `model=${model}`, '--tool-arg', 'prompt=What is the capital of France?'],
      vars,
    ),
  );

it('lists the tools with their schemas', async () => {
  const tools = z.object({
    tools: z.array(z.object({ name: z.string(), inputSchema: z.object({ type: z.literal('object') }) })),
  });
  const listed = tools.parse(await inspect('tools/list')).tools.map(({ name }) => name);
  expect(listed).toEqual(expect.arrayContaining(['call_model', 'compare_models', 'route_by_task', 'list_models']));
});

it.each<Route>(Object.values(ROUTES))('gets an answer from $model, which the environment alone describes', async (route) => {
  const { model, served = model, path, header } = route;
  expect(await callModel(model)).toMatchObject({
    text: expect.stringContaining(`${served}: Paris, of course.`),
    failed: false,
  });
  const request = vendors.seen().at(-1);
  expect(request?.path.split('?')[0]).toBe(path);
  expect(request?.headers).toContain(header);
});

it('is told of a model that nobody knows, and where to look', async () => {
  const { text, failed } = await callModel('gpt-of-nobody');
  expect(failed).toBe(true);
  expect(text).toMatch(/^No model "gpt-of-nobody" is known\. .*list_models shows what can be called now\.$/);
});

it('is told which key is missing', async () => {
  const { text, failed } = await callModel('anthropic/sim-1', {});
  expect(failed).toBe(true);
  expect(text).toContain('set ANTHROPIC_API_KEY');
});
