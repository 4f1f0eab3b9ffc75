import { count } from '../core/text.ts';
import { noThread } from '../engine/conversation.ts';
import { withThreads } from '../engine/memory.ts';
import { keptResult } from '../engine/results.ts';
import { RESULT_URI } from './bounded.ts';
import type { ToolContext } from './define.ts';
import { threadText } from './render/thread.ts';

/** What a resource is read with. */
type Reader = Pick<ToolContext, 'engine' | 'owner'>;

/** Something that hosts may read without calling a tool. `{id}` in the address makes it one of many. */
export type Resource = {
  name: string;
  /** The address, or its pattern. */
  uri: string;
  title: string;
  description: string;
  mimeType: string;
  /** For the machine's own user: whoever has only a token of this server is not shown that it is there. */
  ownerOnly?: true;
  read: (reader: Reader, id: string) => Promise<string>;
  /** Those of many that a host may show; absent: none are listed. */
  list?: (reader: Reader) => Promise<{ uri: string; name: string; description: string }[]>;
};

const THREAD_URI = 'switchboard://threads/';

/** How many conversations a host is shown. */
const LISTED = 50;

const usage: Resource = {
  name: 'usage',
  uri: 'switchboard://usage',
  title: 'Spending',
  description: 'What model calls have cost on this machine in the last 30 days, and how the budgets stand.',
  mimeType: 'text/plain',
  ownerOnly: true,
  read: async ({ engine }) => (await import('./render/usage.ts')).usageText(engine),
};

const threads: Resource = {
  name: 'threads',
  uri: `${THREAD_URI}{id}`,
  title: 'Conversations',
  description: 'A conversation with a model, turn by turn.',
  mimeType: 'text/markdown',
  async read({ engine, owner = '' }, id) {
    const { gone } = await engine.ledger();
    return withThreads(engine, 'No conversation can be read', (kept) => {
      const facts = kept.read(id, owner);
      if (facts === undefined) throw noThread(id, gone);
      return threadText(facts, kept.turns(id));
    });
  },
  async list({ engine, owner = '' }) {
    const all = await withThreads(engine, 'No conversation can be listed', (kept) => kept.list(owner, LISTED));
    return all.map(({ id, turns, usedAt, opening }) => ({
      uri: `${THREAD_URI}${id}`,
      name: id,
      description: `${count(turns)} turns, last used ${new Date(usedAt).toISOString()}: ${opening}`,
    }));
  },
};

const results: Resource = {
  name: 'results',
  uri: `${RESULT_URI}{id}`,
  title: 'Long results',
  description: 'A result that was too long to show at once.',
  mimeType: 'text/plain',
  read: ({ engine, owner = '' }, id) => keptResult(engine, owner, id),
};

/** Every resource. */
export const RESOURCES: readonly Resource[] = [usage, threads, results];
