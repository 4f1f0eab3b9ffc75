import { expect, it } from 'vitest';
import { TOOLS } from '../../src/tools/index.ts';
import { listedTools } from '../support/listed-tools.ts';

/** What a host is told of these tools: all of it as one text, the instructions, and each tool's parameters. */
async function told(...names: string[]) {
  const { tools, instructions } = await listedTools(TOOLS.filter(({ name }) => names.includes(name)));
  const parameters = new Map(tools.map(({ name, inputSchema }) => [name, inputSchema.properties ?? {}]));
  return { all: `${JSON.stringify(tools)} ${instructions}`, instructions, of: (name: string) => parameters.get(name) };
}

it('each explains itself, because hosts load one alone', async () => {
  const { of } = await told('call_model', 'compare_models', 'route_by_task');
  for (const name of ['call_model', 'compare_models', 'route_by_task'])
    expect(of(name)).toMatchObject({
      prompt: { description: 'All that it sees, beside what is sent along.' },
      reasoning_effort: { description: 'How much to think.', enum: expect.arrayContaining(['low', 'high']) },
    });
});

it.each(TOOLS)('$name alone points to no tool that is not there', async ({ name }) => {
  const { all } = await told(name);
  const strangers = TOOLS.filter((other) => other.name !== name && all.includes(other.name));
  expect(strangers.map((other) => other.name)).toEqual([]);
});

it('the instructions name the tools that reach other models, where there are any', async () => {
  const { instructions } = await told('compare_models', 'list_models');
  expect(instructions).toMatch(
    /^Switchboard calls other language models\. Use it when .+ compare_models asks several; list_models/,
  );
  expect((await told('list_models')).instructions).not.toContain('Use it when');
});
