import type { ModelRef } from '../core/chat.ts';
import type { ModelFacts, Tier } from '../core/model.ts';
import { LONG_CONTEXT, type Priority, type Task, TIER_ORDER } from './tasks.ts';

/** A model that could be called now, and what is known of it. */
export type Candidate = ModelRef & { facts: ModelFacts; tier: Tier };

export type Choice = { ranked: readonly Candidate[]; dropped: readonly { model: ModelRef; reason: string }[] };

const NEEDS: Record<NonNullable<Task['needs']>, { met: (facts: ModelFacts) => boolean; reason: string }> = {
  image: { met: ({ input }) => input?.includes('image') ?? false, reason: 'it reads no images' },
  long_context: { met: ({ context }) => (context ?? 0) >= LONG_CONTEXT, reason: 'its context window is too small' },
};

/** Dollars for a typical exchange of three parts input to one part output; unknown prices come last. */
const typicalCost = ({ rates }: ModelFacts): number => (rates === undefined ? Infinity : 3 * rates.input + rates.output);

const placeIn = <T>(order: readonly T[], item: T): number => (order.includes(item) ? order.indexOf(item) : order.length);

/**
 * Ranks the candidates for a task, best first: by tier in the order that the priority asks for, then (`cheap`) by price, then
 * by the task's preferred makers, then as they came. Pure; every candidate that is left out is named with its reason.
 */
export function choose(task: Task, priority: Priority, candidates: readonly Candidate[]): Choice {
  const need = task.needs === undefined ? undefined : NEEDS[task.needs];
  const fits = (candidate: Candidate) => need?.met(candidate.facts) ?? true;
  const order = TIER_ORDER[priority];
  const prefer = task.prefer ?? [];
  const byTier = (a: Candidate, b: Candidate) => placeIn(order, a.tier) - placeIn(order, b.tier);
  const byPrice = (a: Candidate, b: Candidate) => {
    const [left, right] = [typicalCost(a.facts), typicalCost(b.facts)];
    return left === right ? 0 : left - right;
  };
  const byMaker = (a: Candidate, b: Candidate) => placeIn(prefer, a.provider) - placeIn(prefer, b.provider);
  const rules = priority === 'cheap' ? [byTier, byPrice, byMaker] : [byTier, byMaker];
  const rank = (a: Candidate, b: Candidate) => rules.reduce((sum, rule) => sum || rule(a, b), 0);
  return {
    ranked: candidates.filter(fits).toSorted(rank),
    dropped: candidates
      .filter((candidate) => !fits(candidate))
      .map(({ provider, model }) => ({ model: { provider, model }, reason: need?.reason ?? '' })),
  };
}
