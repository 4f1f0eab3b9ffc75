import type { Catalog } from '../../catalog/catalog.ts';
import { setupOf } from '../../config/of-model.ts';
import { catalogKey, type Setup } from '../../config/setup.ts';
import { askFor } from '../../core/agent.ts';
import type { Ask, Part } from '../../core/chat.ts';
import type { ModelFacts } from '../../core/model.ts';
import { estimateTokens } from '../../pricing/estimate.ts';
import { carriesOf } from '../../wires/index.ts';
import { unreadableFor } from './needs.ts';
import type { Target } from './resolving.ts';

/** What may go along with an ask, to all of the models that it is for. */
export type Room = {
  /** Tokens that are left for files, changes and a conversation. */
  tokens: number;
  /** The types of parts that one of them is known not to read. */
  unreadable: ReadonlySet<Part['type']>;
};

/** The context window of a model of which nobody knows it, in tokens: what nearly all have by now. */
const UNKNOWN_CONTEXT = 128_000;
/** What is kept free for an answer, in tokens, where none is asked for: a quarter of the window, and no more than this. */
const MAX_ANSWER_TOKENS = 32_000;
/** Estimates are no counts. */
const SHARE = 0.95;

function roomOf({ context = UNKNOWN_CONTEXT, maxOutput }: ModelFacts, ask: Ask): number {
  const answer = Math.min(ask.maxTokens ?? MAX_ANSWER_TOKENS, maxOutput ?? MAX_ANSWER_TOKENS, Math.floor(context / 4));
  return Math.max(0, Math.floor(context * SHARE) - answer - estimateTokens(ask));
}

/** How much all of these models can take besides the ask. Pure. */
export function roomFor(ask: Ask, targets: readonly Target[], setups: ReadonlyMap<string, Setup>, catalog: Catalog): Room {
  const known = targets.map((target) => {
    const setup = setups.get(target.provider);
    const facts: ModelFacts = setup === undefined ? { id: target.model } : catalog.facts(catalogKey(setup), target.model);
    const carries = setup === undefined ? {} : { carries: carriesOf(setupOf(setup, target.model).provider) };
    return { facts, ask: askFor(target, ask), unreadable: unreadableFor({ facts, ...carries }) };
  });
  return {
    tokens: Math.min(...known.map((one) => roomOf(one.facts, one.ask)), Infinity),
    unreadable: new Set(known.flatMap(({ unreadable }) => unreadable)),
  };
}
