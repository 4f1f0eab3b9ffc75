import picomatch from 'picomatch';
import type { Setup } from '../../config/setup.ts';
import type { Ask, ModelRef } from '../../core/chat.ts';
import { type Body, parametersIn } from './parameters.ts';

/** Whether a parameter lets the vendor look things up or do something: a search, a tool of its own, a plugin. */
const looksUp = ([name, value]: [string, unknown]): boolean => {
  if (name === 'tools' || name === 'plugins') return Array.isArray(value) && value.length > 0;
  return /search/i.test(name) && value !== false && value !== null && value !== undefined;
};

/**
 * Whether the same request gets the same answer: only at temperature 0, as it is sent, and where nothing is looked up. What
 * the web says today it may not say tomorrow, an image by address included. Pure.
 */
export function isDeterministic({ model }: ModelRef, { messages }: Ask, body: Body, setup: Setup | undefined): boolean {
  const { searching = [] } = setup?.provider ?? {};
  if (searching.length > 0 && picomatch.isMatch(model, [...searching], { bash: true, nocase: true })) return false;
  if (messages.some(({ content }) => content.some(({ type }) => type === 'image_url'))) return false;
  const parameters = parametersIn(body);
  const temperatures = parameters.flatMap(([name, value]) => (name === 'temperature' ? [value] : []));
  return temperatures.length > 0 && temperatures.every((value) => value === 0) && !parameters.some(looksUp);
}
