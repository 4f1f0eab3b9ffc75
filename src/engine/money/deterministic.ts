import type { Setup } from '../../config/setup.ts';
import type { Ask, ModelRef } from '../../core/chat.ts';
import { isNamedBy } from '../../glob/glob.ts';

type Parameters = Readonly<Record<string, unknown>>;

/** The parameters of a request, with those of the tables in which some protocols put them. */
const flat = (parameters: Parameters): [name: string, value: unknown][] =>
  Object.entries(parameters).flatMap(([name, value]) => {
    const inner = typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
    return [[name, value], ...inner];
  });

/** Whether a parameter lets the vendor look things up or do something: a search, a tool of its own, a plugin. */
const looksUp = ([name, value]: [string, unknown]): boolean => {
  if (name === 'tools' || name === 'plugins') return Array.isArray(value) && value.length > 0;
  return /search/i.test(name) && value !== false && value !== null && value !== undefined;
};

/**
 * Whether the same request gets the same answer: only at temperature 0, as it is sent, and where nothing is looked up. What
 * the web says today it may not say tomorrow, an image by address included. `parameters`: what is sent besides the
 * conversation. Pure.
 */
export function isDeterministic(
  { model }: ModelRef,
  { messages }: Ask,
  parameters: Parameters,
  setup: Setup | undefined,
): boolean {
  const { searching = [] } = setup?.provider ?? {};
  if (isNamedBy(searching)(model)) return false;
  if (messages.some(({ content }) => content.some(({ type }) => type === 'image_url'))) return false;
  const all = flat(parameters);
  const temperatures = all.flatMap(([name, value]) => (name === 'temperature' ? [value] : []));
  return temperatures.length > 0 && temperatures.every((value) => value === 0) && !all.some(looksUp);
}
