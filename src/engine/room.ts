import type { Catalog } from '../catalog/catalog.ts';
import { catalogKey, type Setup } from '../config/setup.ts';
import { askFor } from '../core/agent.ts';
import type { Ask } from '../core/chat.ts';
import type { ModelFacts } from '../core/model.ts';
import { estimateTokens } from './estimate.ts';
import type { Target } from './known.ts';

/** What may go along with an ask, to all of the models that it is for. */
export type Room = {
  /** Tokens that are left for files, changes and a conversation. */
  tokens: number;
  /** What each of them reads besides text; absent: nobody knows of anything that one does not read. */
  reads?: ModelFacts['input'];
};

/** The context window of a model of which nobody knows it, in tokens: what nearly all have by now. */
const UNKNOWN_CONTEXT = 128_000;
/** What is kept free for an answer, in tokens, where none is asked for: a quarter of the window, and no more than this. */
const MOST_ANSWER = 32_000;
/** Estimates are no counts. */
const SHARE = 0.95;

function roomOf({ context = UNKNOWN_CONTEXT, maxOutput }: ModelFacts, ask: Ask): number {
  const answer = Math.min(ask.maxTokens ?? MOST_ANSWER, maxOutput ?? MOST_ANSWER, Math.floor(context / 4));
  return Math.max(0, Math.floor(context * SHARE) - answer - estimateTokens(ask));
}

/** How much all of these models can take besides the ask. Pure. */
export function roomFor(ask: Ask, targets: readonly Target[], setups: ReadonlyMap<string, Setup>, catalog: Catalog): Room {
  const known = targets.map((target) => {
    const setup = setups.get(target.provider);
    const facts: ModelFacts = setup === undefined ? { id: target.model } : catalog.facts(catalogKey(setup), target.model);
    return { facts, ask: askFor(target, ask) };
  });
  const inputs = known.flatMap(({ facts }) => (facts.input === undefined ? [] : [facts.input]));
  const [first, ...others] = inputs;
  const reads = first?.filter((kind) => others.every((input) => input.includes(kind)));
  return {
    tokens: Math.min(...known.map((one) => roomOf(one.facts, one.ask)), Infinity),
    ...(reads === undefined ? {} : { reads }),
  };
}
