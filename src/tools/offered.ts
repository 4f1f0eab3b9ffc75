import type { Tool } from './define.ts';

/** A tool that is pointed to in brackets: `(list_models shows ids)`. */
const POINTER = / \(([a-z]+_[a-z_]+)[^)]*\)/g;

const dropPointers = (text: string, names: readonly string[]): string =>
  text.replaceAll(POINTER, (pointer, name: string) => (names.includes(name) ? pointer : ''));

type Schema = Tool['inputSchema'];

function dropPointersIn(schema: Schema, names: readonly string[]): Schema {
  const properties = Object.entries(schema.properties).map(([key, property]) => {
    const { description } = property;
    const said = typeof description === 'string' ? { description: dropPointers(description, names) } : {};
    return [key, { ...property, ...said }];
  });
  return { ...schema, properties: Object.fromEntries(properties) };
}

/** Returns tools as a host is offered them: none points to one that is not there. */
export function offered(tools: readonly Tool[]): Tool[] {
  const names = tools.map(({ name }) => name);
  return tools.map((tool) => ({
    ...tool,
    description: dropPointers(tool.description, names),
    inputSchema: dropPointersIn(tool.inputSchema, names),
  }));
}

/** The command that does what a tool does, for a text that would name a tool which is not offered. */
const COMMANDS: Readonly<Record<string, string>> = {
  call_model: '`switchboard call`',
  list_models: '`switchboard models`',
};

/**
 * Replaces the names of tools that are not offered by their commands. Quoted words are somebody
 * else's and stay as they are.
 */
export function avoidUnoffered(text: string, tools: readonly Pick<Tool, 'name'>[]): string {
  const missing = Object.keys(COMMANDS).filter((name) => !tools.some((tool) => tool.name === name));
  if (missing.length === 0) return text;
  const pattern = new RegExp(`“[^”]*”|"[^"]*"|(?<![\\w./-])(?:${missing.join('|')})(?!\\w)`, 'g');
  return text.replaceAll(pattern, (said) => COMMANDS[said] ?? said);
}
