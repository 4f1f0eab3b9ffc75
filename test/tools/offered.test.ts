import { expect, it } from 'vitest';
import { TOOLS } from '../../src/tools/index.ts';
import { listedTools } from '../support/listed-tools.ts';

/** What a host is told of these tools: all of it as one text, the instructions, and each tool's parameters. */
async function told(...names: string[]) {
  const { tools, instructions } = await listedTools(TOOLS.filter(({ name }) => names.includes(name)));
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
