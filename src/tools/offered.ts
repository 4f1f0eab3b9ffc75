import type { Tool } from './define.ts';

/** What a parameter says that call_model explains: three tokens in place of thirty. */
const SAME = 'As call_model.';

/** Who explains what the tools have in common. */
const EXPLAINS = 'call_model';

/** A tool that is pointed to in brackets: `(list_models shows ids)`. */
const POINTER = / \(([a-z]+_[a-z_]+)[^)]*\)/g;

type Schema = Tool['inputSchema'];
type Property = Schema['properties'][string];

const withoutPointers = (text: string, names: readonly string[]): string =>
  text.replaceAll(POINTER, (pointer, name: string) => (names.includes(name) ? pointer : ''));

function worded(property: Property, names: readonly string[]): Property {
  const { description } = property;
  return typeof description === 'string' ? { ...property, description: withoutPointers(description, names) } : property;
}

/** A parameter that says nothing which call_model's does not: neither its explanation nor its words are repeated. */
function brief(property: Property, explained: Property | undefined): Property {
  if (explained === undefined || explained['description'] !== property['description']) return property;
  const { enum: _words, ...rest } = property;
  return { ...rest, description: SAME };
}

function schemaIn({ name, inputSchema }: Tool, explained: Schema['properties'], names: readonly string[]): Schema {
  const properties = Object.entries(inputSchema.properties).map(([key, property]) => {
    const shown = name === EXPLAINS ? property : brief(property, explained[key]);
    return [key, worded(shown, names)];
  });
  return { ...inputSchema, properties: Object.fromEntries(properties) };
}

/** Tools as a host is offered them together: what one explains the others do not repeat, and none points to one that is not there. */
export function offered(tools: readonly Tool[]): Tool[] {
  const names = tools.map(({ name }) => name);
  const explained = tools.find(({ name }) => name === EXPLAINS)?.inputSchema.properties ?? {};
  return tools.map((tool) => ({
    ...tool,
    description: withoutPointers(tool.description, names),
    inputSchema: schemaIn(tool, explained, names),
  }));
}
