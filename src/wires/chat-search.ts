import type { Source } from '../core/chat.ts';
import { defined } from '../core/defined.ts';
import { arr, type Json, tokens, obj, str } from './read.ts';
import type { Quirks } from './wire.ts';

type Style = NonNullable<Quirks['webSearch']>;

/** How compatible vendors are told to search the web. */
export const SEARCH: Record<Style, Record<string, unknown>> = {
  web_search_options: { web_search_options: {} },
  enable_search: { enable_search: true },
  'openrouter:web_search': { tools: [{ type: 'openrouter:web_search' }] },
  web_search: {
    tools: [{ type: 'web_search', web_search: { enable: true, search_engine: 'search-prime', search_result: true } }],
  },
  browser_search: { tools: [{ type: 'browser_search' }] },
};

const source = (raw: Json): Source[] => {
  const url = str(raw['url']) ?? str(raw['link']);
  return url === undefined ? [] : [{ url, ...defined({ title: str(raw['title']) }) }];
};

/**
 * What an answer rests on: annotations of the message (OpenAI), a list beside the choices (`web_search`), or the results of the
 * tools that the vendor ran.
 */
export function sourcesIn(chunk: Json, message: unknown): Source[] {
  const { annotations, executed_tools } = obj(message);
  const cited = arr(annotations).map((one) => obj(obj(one)['url_citation'] ?? one));
  const ran = arr(executed_tools).flatMap((tool) => arr(obj(obj(tool)['search_results'])['results']));
  return [...cited, ...[...arr(chunk['web_search']), ...ran].map(obj)].flatMap(source);
}

/** How often the vendor searched, from where each of them counts. */
export const searchesIn = (usage: Json): number | undefined =>
  tokens(obj(usage['server_tool_use'])['web_search_requests']) ?? tokens(obj(obj(usage['plugins'])['search'])['count']);
