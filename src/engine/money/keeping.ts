import { z } from 'zod';
import type { Config } from '../../config/config.ts';
import type { Setup } from '../../config/setup.ts';
import type { Answer, Ask, ModelRef, Note } from '../../core/chat.ts';
import { requestKey } from '../attempt/fingerprint.ts';
import type { Books } from './books.ts';
import { isDeterministic } from './deterministic.ts';

/** What is sent for an ask, as the wire wrote it. `parameters`: the body without the conversation. */
export type Written = {
  body: Record<string, unknown>;
  parameters: Readonly<Record<string, unknown>>;
  notes: readonly Note[];
};

type Said = Omit<Answer, 'cost'>;

/** What of an answer is kept: who asked, how long it took and what it cost belong to the call that it was given to. */
const kept = z.object({
  text: z.string(),
  thinking: z.string().optional(),
  served: z.object({ provider: z.string(), model: z.string() }),
  usage: z.record(z.string(), z.number()),
  notes: z.array(z.object({ param: z.string(), asked: z.string(), sent: z.string().nullable(), why: z.string() })),
});

/** Answers from before: off unless the config turns it on, and then for deterministic calls only. */
export type Keeping = {
  /** The key under which an answer may be kept; undefined: it may not. */
  keyOf: (
    one: { target: ModelRef; ask: Ask; owner: string | undefined },
    write: () => Promise<Written>,
  ) => Promise<string | undefined>;
  read: (key: string, target: ModelRef) => Promise<Said | undefined>;
  keep: (key: string, answer: Said) => Promise<void>;
};

export function createKeeping({ cache }: Config, setups: ReadonlyMap<string, Setup>, books: () => Promise<Books>): Keeping {
  return {
    async keyOf({ target, ask, owner }, write) {
      if (cache === undefined || ask.temperature !== 0) return undefined;
      const { body, parameters } = await write();
      const setup = setups.get(target.provider);
      return isDeterministic(target, ask, parameters, setup)
        ? requestKey({ provider: target.provider, setup, body, owner })
        : undefined;
    },
    async read(key, target) {
      if (cache === undefined) return undefined;
      try {
        const found = (await books()).ledger.answers.read(key, cache.ttlMs);
        if (found === undefined) return undefined;
        const { thinking, ...said } = kept.parse(JSON.parse(found.body));
        return {
          ...said,
          ...(thinking === undefined ? {} : { thinking }),
          stop: 'end',
          cachedMs: Date.now() - found.at,
          attempts: [{ ...target, outcome: 'answered', ms: 0, cost: { nanoUsd: 0, from: 'cache' } }],
          timing: { totalMs: 0 },
        };
      } catch {
        // What cannot be read is asked for anew.
        return undefined;
      }
    },
    async keep(key, { text, thinking, stop, sources = [], served, usage, notes }) {
      // Whoever has searched the web may find something else there the next time.
      const searched = sources.length > 0 || (usage.searches ?? 0) > 0;
      if (cache === undefined || stop !== 'end' || searched) return;
      try {
        (await books()).ledger.answers.write(key, JSON.stringify({ text, thinking, served, usage, notes }), cache);
      } catch {
        // An answer that was not kept is asked for again.
      }
    },
  };
}
