import type { Source } from '../core/chat.ts';
import { defined } from '../core/defined.ts';
import { arr, type Json, tokens, obj, str } from './read.ts';
import type { Quirks } from './wire.ts';

type Style = NonNullable<Quirks['webSearch']>;

/** The fields that tell compatible vendors to search the web. */
export const SEARCH: Record<Style, Record<string, unknown>> = {
  web_search_options: { web_search_options: {} },
  enable_search: { enable_search: true },
  'openrouter:web_search': { tools: [{ type: 'openrouter:web_search' }] },
  web_search: {
    tools: [{ type: 'web_search', web_search: { enable: true, search_engine: 'search-prime', search_result: true } }],
  },
  browser_search: { tools: [{ type: 'browser_search' }] },
};

/** A page as vendors name one: its bare address, or a table. */
function source(raw: unknown): Source[] {
  const page = obj(raw);
  const url = str(raw) ?? str(page['url']) ?? str(page['link']) ?? str(page['uri']);
  return url === undefined ? [] : [{ url, ...defined({ title: str(page['title']) }) }];
}

/** Lists of pages beside the choices or in the message, by whoever sends them: Perplexity, xAI, Z.ai, gateways that pass them on. */
const LISTS = ['citations', 'search_results', 'web_search', 'sources'];

const listed = (table: Json): unknown[] => LISTS.flatMap((name) => arr(table[name]).flat());

/**
 * Finds the pages that an answer rests on: annotations of the message (OpenAI), lists beside the choices or in the message, what
 * a search that goes with the answer found (Azure, Qwen, Gemini behind a gateway), or the results of the tools that the vendor
 * ran.
 */
export function sourcesIn(chunk: Json, raw: unknown): Source[] {
  const message = obj(raw);
  const cited = arr(message['annotations']).map((one) => obj(one)['url_citation'] ?? one);
  const ran = arr(message['executed_tools']).flatMap((tool) => arr(obj(obj(tool)['search_results'])['results']));
  const grounded = arr(chunk['vertex_ai_grounding_metadata']).flatMap((one) =>
    arr(obj(one)['groundingChunks']).map((piece) => obj(piece)['web']),
  );
  const tables = [chunk, message, obj(chunk['search_info']), obj(message['context']), obj(message['provider_specific_fields'])];
  return [...cited, ...tables.flatMap(listed), ...ran, ...grounded].flatMap(source);
}

/** Fields in which vendors put how often they searched: OpenRouter has had two names for it. */
const SERVER_TOOLS = ['server_tool_use', 'server_tool_use_details'];

/** Reads how often the vendor searched, from where each of them counts. */
export const searchesIn = (usage: Json): number | undefined =>
  [...SERVER_TOOLS.map((name) => obj(usage[name])['web_search_requests']), obj(obj(usage['plugins'])['search'])['count']]
    .map(tokens)
    .find((count) => count !== undefined);
