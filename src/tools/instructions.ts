import { list } from '../core/text.ts';
import type { Tool } from './define.ts';

/** A provider that can be called here, in the words that people use: `OpenAI`, `GPT`. */
export type Reachable = { title: string; families: readonly string[] };

/** The longest that a host shows of a server's instructions (Claude Code cuts at 2,048 characters). */
const MAX_CHARACTERS = 2000;

/** The most providers that are named; the rest is counted. */
const MAX_NAMED = 6;

/** One clause for each tool; hosts that hide definitions show their model only this. */
const PURPOSES: Readonly<Record<string, string>> = {
  call_model: 'call_model asks one model',
  compare_models: 'compare_models asks several',
  route_by_task: 'route_by_task picks one for a kind of work',
  list_models: 'list_models finds ids and prices',
  get_result: 'get_result reads the rest of a long result',
};

/** Names each family once, with the first provider that has it. */
function nameProviders(reach: readonly Reachable[]): string[] {
  const seen = new Set<string>();
  return reach.map(({ title, families }) => {
    const fresh = families.filter((family) => !seen.has(family));
    for (const family of fresh) seen.add(family);
    return fresh.every((family) => title.includes(family)) ? title : `${fresh.join(', ')} (${title})`;
  });
}

function nameReach(reach: readonly Reachable[]): string {
  if (reach.length === 0) return '';
  const named = nameProviders(reach.slice(0, MAX_NAMED));
  const more = reach.length - named.length;
  return `Set up here: ${list([...named, ...(more > 0 ? [`${more} more`] : [])])}.`;
}

/**
 * Writes what a host shows its model of the whole server: when to use it, which vendors and
 * families it reaches, and one clause for each tool that is offered. Every session pays for it.
 */
export function writeInstructions(tools: readonly Tool[], reach: readonly Reachable[] = []): string {
  const canAsk = tools.some(({ annotations }) => annotations.openWorldHint);
  const purposes = tools.flatMap(({ name }) => PURPOSES[name] ?? []);
  const sentences = [
    'Switchboard calls other language models.',
    nameReach(reach),
    canAsk
      ? 'Use it when the user names another model or vendor, wants a second opinion or review, or a cheaper, stronger or longer-context model suits the work.'
      : '',
    purposes.length === 0 ? '' : `${purposes.join('; ')}.`,
  ].filter((sentence) => sentence !== '');
  return sentences.join(' ').slice(0, MAX_CHARACTERS);
}

/** Words that people search by beside the words of the definitions. */
const SEARCHED: Readonly<Record<string, string>> = {
  call_model: 'ask another model, second opinion, consult, delegate, review by another model, cheaper model',
  compare_models: 'compare models, ask several models, second opinions, disagreement, panel',
  route_by_task: 'best model for a task, cheaper model, cheap model, delegate, route',
  list_models: 'available models, model ids, prices, context window',
  get_result: 'rest of a long result, job_id',
};

/** The one tool that is worth a place in every session: without it a model does not think of asking. */
const ALWAYS_LOADED = 'call_model';

/** The longest result in characters that Claude Code is asked to show whole; ours are shorter. */
const MAX_RESULT_CHARS = 100_000;

/** Returns what Claude Code reads of a tool beside its definition; no other host charges for it. */
export function writeHints({ name, annotations }: Tool, reach: readonly Reachable[] = []): Record<string, unknown> {
  const names = annotations.openWorldHint ? reach.flatMap(({ title, families }) => [title, ...families]) : [];
  return {
    'anthropic/searchHint': [SEARCHED[name] ?? '', ...new Set(names)].filter((words) => words !== '').join(', '),
    'anthropic/maxResultSizeChars': MAX_RESULT_CHARS,
    ...(name === ALWAYS_LOADED ? { 'anthropic/alwaysLoad': true } : {}),
  };
}
