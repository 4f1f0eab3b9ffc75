import type { VendorEvent } from '../framing.ts';
import type { Script } from '../script.ts';
import type { Dialect } from './dialect.ts';
import { openaiResponses } from './openai-responses.ts';
import { openaiTrouble } from './openai-trouble.ts';

/** What an agent tells elsewhere than OpenAI does. */
function bare(script: Script): Script {
  const { sources: _, usage, ...rest } = script;
  const { searches: __, ...tokens } = usage ?? {};
  return { ...rest, usage: usage === null ? null : tokens };
}

const pages = ({ sources = [] }: Script): object[] =>
  sources.map((page, nth) => ({ id: nth + 1, ...page, snippet: 'So it is.', date: null, last_updated: null, source: 'web' }));

/** The pages that it found are an item before the message; its searches are counted in the usage. */
function agentic(response: object, script: Script): object {
  const { output, usage }: { output: object[]; usage: object | null } = Object(response);
  const found = script.sources === undefined ? [] : [{ type: 'search_results', queries: ['query 0'], results: pages(script) }];
  const searches = script.usage?.searches;
  const counts = searches === undefined ? {} : { tool_calls_details: { search_web: { invocation: searches, cost_usd: 0.001 } } };
  return { ...response, output: [...found, ...output], usage: usage === null ? null : { ...usage, ...counts } };
}

/** What it does before it answers, in events that OpenAI does not have. */
const searching = (script: Script): VendorEvent[] =>
  script.sources === undefined
    ? []
    : [
        { data: { type: 'response.reasoning.search_queries', queries: ['query 0'], thought: 'Searching the web...' } },
        { data: { type: 'response.reasoning.search_results', results: pages(script), thought: 'Found some.', usage: null } },
      ];

function events(script: Script, request: unknown): VendorEvent[] {
  const [created = { data: {} }, ...rest] = openaiResponses.events(bare(script), request);
  const { data: last = {} } = rest.at(-1) ?? {};
  const { response }: { response: object } = Object(last);
  const end = { data: { ...last, response: agentic(response, script) } };
  return [created, ...searching(script), ...rest.slice(0, -1), end].map(({ data }) => ({ data }));
}

/** The Responses API as Perplexity's Agent API speaks it: its events have no names. */
export const agentResponses: Dialect = {
  ...openaiResponses,
  events,
  whole: (script) => agentic(openaiResponses.whole(bare(script)), script),
  troubleEvent: (trouble) => ({ data: { type: 'error', ...openaiTrouble(trouble), sequence_number: 3 } }),
  stranger: { data: { type: 'response.unknown', sequence_number: 2, item: null } },
};
