import type { Source } from '../core/chat.ts';
import type { Carries } from './fit.ts';
import { arr, defined, type Json, num, obj, str } from './read.ts';
import type { ChatQuirks } from './wire.ts';

type Style = NonNullable<ChatQuirks['webSearch']>;

/** How compatible vendors are told to search the web, and with which of their models. */
export const SEARCH: Record<Style, { field: Record<string, unknown>; search: Carries['search'] }> = {
  web_search_options: { field: { web_search_options: {} }, search: 'any' },
  enable_search: { field: { enable_search: true }, search: 'any' },
  'openrouter:web_search': { field: { tools: [{ type: 'openrouter:web_search' }] }, search: 'any' },
  web_search: {
    field: { tools: [{ type: 'web_search', web_search: { enable: true, search_engine: 'search-prime', search_result: true } }] },
    search: 'any',
  },
  browser_search: { field: { tools: [{ type: 'browser_search' }] }, search: 'any' },
  always: { field: {}, search: 'always' },
};

const source = (raw: Json): Source[] => {
  const url = str(raw['url']) ?? str(raw['link']);
  return url === undefined ? [] : [{ url, ...defined({ title: str(raw['title']) }) }];
};

/**
 * What an answer rests on: annotations of the message (OpenAI), lists beside the choices (`search_results`, `web_search`), or the
 * results of the tools that the vendor ran.
 */
export function sourcesIn(chunk: Json, message: unknown): Source[] {
  const { annotations, executed_tools } = obj(message);
  const cited = arr(annotations).map((one) => obj(obj(one)['url_citation'] ?? one));
  const ran = arr(executed_tools).flatMap((tool) => arr(obj(obj(tool)['search_results'])['results']));
  return [...cited, ...[...arr(chunk['search_results']), ...arr(chunk['web_search']), ...ran].map(obj)].flatMap(source);
}

/** How often the vendor searched, from where each of them counts. */
export const searchesIn = (usage: Json): number | undefined =>
  num(obj(usage['server_tool_use'])['web_search_requests']) ??
  num(usage['num_search_queries']) ??
  num(obj(obj(usage['plugins'])['search'])['count']);
