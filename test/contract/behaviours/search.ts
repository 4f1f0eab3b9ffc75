import { expect } from 'vitest';
import { type Ask, userText } from '../../../src/core/chat.ts';
import type { Quirks, WireId } from '../../../src/wires/wire.ts';
import { toldUsage } from '../../support/dialects/dialect.ts';
import { answer, unstreamed } from '../../support/reply.ts';
import type { Behaviour } from '../contract.ts';
import type { Row } from '../rows.ts';

const NEWS: Ask = { messages: [userText('What is new?')], webSearch: true };

/** How each wire's vendors document a search. */
const WIRES: Record<Exclude<WireId, 'openai-chat' | 'bedrock-converse'>, object> = {
  'openai-responses': { tools: [{ type: 'web_search' }] },
  'anthropic-messages': { tools: [{ type: 'web_search_20250305', name: 'web_search', max_uses: 5 }] },
  'google-generate': { tools: [{ googleSearch: {} }] },
};

/** How vendors of the chat wire differ in it. */
const STYLES: Record<NonNullable<Quirks['webSearch']>, object> = {
  web_search_options: { web_search_options: {} },
  enable_search: { enable_search: true },
  'openrouter:web_search': { tools: [{ type: 'openrouter:web_search' }] },
  web_search: {
    tools: [{ type: 'web_search', web_search: { enable: true, search_engine: 'search-prime', search_result: true } }],
  },
  browser_search: { tools: [{ type: 'browser_search' }] },
};

/** Every field in which some vendor is told to search. */
const FIELDS = new Set(['tools', 'web_search_options', 'enable_search', 'plugins', 'search_parameters']);

function expected({ wire, provider: { quirks = {} } }: Row): object {
  if (wire === 'openai-chat') return quirks.webSearch === undefined ? {} : STYLES[quirks.webSearch];
  return wire === 'bedrock-converse' ? {} : WIRES[wire];
}

const PAGES = [
  { url: 'https://news.example/a?b=c', title: 'News of the day' },
  { url: 'https://other.example/', title: 'Another page' },
];

/** Whether an answer may rest on the web. */
export const search: readonly Behaviour[] = [
  {
    name: 'asks for a search of the web in its vendor’s words',
    async run({ row, vendor, call }) {
      vendor.always(answer());
      const { notes } = await call(NEWS);
      const { body } = vendor.requests[0] ?? { body: undefined };
      expect(Object.fromEntries(Object.entries(Object(body)).filter(([field]) => FIELDS.has(field)))).toEqual(expected(row));
      expect(notes).toEqual([]);
    },
  },
  {
    name: 'is none where a search was asked of a vendor that has none',
    async run({ vendor, failure }) {
      const { kind, message, facts } = await failure(NEWS);
      expect({ kind, param: facts.param }).toEqual({ kind: 'unsupported', param: 'web_search' });
      expect(message).toContain('it cannot search the web');
      expect(vendor.requests).toEqual([]);
    },
  },
  {
    name: 'tells which pages an answer rests on, and counts the searches',
    async run({ row, vendor, call }) {
      const usage = { input: 5, output: 6, searches: 2 };
      const said = { text: ['It ', 'rains.'], sources: [...PAGES, ...PAGES], usage };
      vendor.inTurn(answer(said), unstreamed(said), answer({ usage: { input: 1, output: 1 } }));
      for (let nth = 0; nth < 2; nth += 1) {
        const answered = await call(NEWS);
        expect(answered).toMatchObject({ text: 'It rains.', sources: PAGES });
        expect(answered.usage).toEqual(toldUsage(row.dialect, usage));
      }
      expect(await call(NEWS)).not.toHaveProperty('sources');
    },
  },
];
