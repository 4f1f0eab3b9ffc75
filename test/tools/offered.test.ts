import { Client, InMemoryTransport } from '@modelcontextprotocol/client';
import { expect, it } from 'vitest';
import { createServer } from '../../src/server.ts';
import { TOOLS } from '../../src/tools/index.ts';
import { CLIENT_INFO } from '../support/eras.ts';

/** What a host is told of these tools: all of it as one text, the instructions, and each tool's parameters. */
async function told(...names: string[]) {
  const server = createServer({
    version: '0.0.0',
    tools: TOOLS.filter(({ name }) => names.includes(name)),
    engine: () => Promise.reject(new Error('No tool is called.')),
    onDefect: () => undefined,
  });
  const [near, far] = InMemoryTransport.createLinkedPair();
  const client = new Client(CLIENT_INFO);
  await Promise.all([server.connect(far), client.connect(near)]);
  const { tools } = await client.listTools();
  const instructions = client.getInstructions() ?? '';
  const parameters = new Map(tools.map(({ name, inputSchema }) => [name, inputSchema.properties ?? {}]));
  return { all: `${JSON.stringify(tools)} ${instructions}`, instructions, of: (name: string) => parameters.get(name) };
}

it('beside call_model, the others do not repeat what it explains', async () => {
  const { of } = await told('call_model', 'compare_models');
  expect(of('compare_models')).toMatchObject({ reasoning_effort: { type: 'string', description: 'As call_model.' } });
  expect(of('compare_models')?.['reasoning_effort']).not.toHaveProperty('enum');
});

it('without call_model, they explain themselves', async () => {
  const { of } = await told('compare_models', 'route_by_task');
  for (const name of ['compare_models', 'route_by_task'])
    expect(of(name)).toMatchObject({
      prompt: { description: expect.stringMatching(/^The whole request/) },
      reasoning_effort: { description: 'How much it should think.', enum: expect.arrayContaining(['low', 'high']) },
    });
});

it.each(TOOLS)('$name alone points to no tool that is not there', async ({ name }) => {
  const { all } = await told(name);
  const strangers = TOOLS.filter((other) => other.name !== name && all.includes(other.name));
  expect(strangers.map((other) => other.name)).toEqual([]);
});

it('the instructions name the tools that reach other models, where there are any', async () => {
  expect((await told('compare_models', 'list_models')).instructions).toMatch(/language models: compare_models\. They see only/);
  expect((await told('list_models')).instructions).not.toContain('files');
});
