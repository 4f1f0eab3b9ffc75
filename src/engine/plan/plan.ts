import type { Agent } from '../../core/agent.ts';
import { type Ask, type ModelRef, refText } from '../../core/chat.ts';
import type { FailureKind } from '../../core/errors.ts';
import type { ModelFacts } from '../../core/model.ts';
import { count } from '../../core/text.ts';
import { estimateTokens } from '../../pricing/estimate.ts';
import type { Carries } from '../../wires/fit.ts';
import type { BreakerStanding } from '../attempt/breaker.ts';
import { largestImage, type Need, needsOf, obstacleTo, tooLargeFor } from '../models/needs.ts';

/** Why something is not asked, as a sentence, and as the kind of failure that it amounts to when nothing else is left. */
type Obstacle = {
  reason: string;
  kind: FailureKind;
  /** The reason is a whole sentence that names who it is about. */
  whole?: true;
  /** What the ask needs and the model has not. */
  need?: Need;
};

/** A model that may be asked, with all that deciding about it takes. Times are epoch milliseconds. */
export type Option = ModelRef & {
  facts: ModelFacts;
  /** The profile that it is asked by. */
  agent?: Agent;
  /** Which rule of the project's file chose it, as a part of a sentence; absent: none did. */
  by?: string;
  /** What its provider can be given at all; absent: nobody knows. */
  carries?: Carries;
  /** Why it cannot be called, as a sentence, and what kind of failure that is; absent when it can. */
  missing?: Obstacle;
  /** Whether the user's lists let it through. */
  allowed: boolean;
  standing: BreakerStanding;
  /** Until when the vendor asked to be left alone; 0: it did not. */
  opensAt: number;
};

/** What is wanted: the models in order of preference, and how the first of them came to be. */
export type Intent = {
  /** `explicit`: the user named it, so nothing stands in for it that the config does not name. */
  by: 'explicit' | 'choice';
  options: readonly Option[];
  /** What the config names for when these fail, in order. */
  fallbacks: readonly Option[];
  /** Models for a failure of one kind only. */
  chains: Readonly<Partial<Record<FailureKind, readonly Option[]>>>;
};

type Dropped = Obstacle & { model: ModelRef };

/** A model that will be asked when its turn comes; `notBefore` (epoch milliseconds): its vendor asked to be left alone until then. */
export type Planned = Option & { notBefore?: number };

/** What will be done and why: printed, it explains the program. */
export type Plan = {
  tries: readonly Planned[];
  /** What is asked instead after a failure of that kind. */
  chains: Readonly<Partial<Record<FailureKind, readonly Planned[]>>>;
  dropped: readonly Dropped[];
};

type Demand = { tokens: number; needs: readonly Need[]; imageChars: number; schema: boolean };

const demandOf = (ask: Ask): Demand => ({
  tokens: estimateTokens(ask),
  needs: needsOf(ask),
  imageChars: largestImage(ask),
  schema: ask.schema !== undefined,
});

/** Why a model cannot take the ask; undefined when it can, or when nobody knows. `standIn`: it stands in for another. */
function unfit(option: Option, { tokens, needs, imageChars, schema }: Demand, standIn: boolean): Obstacle | undefined {
  const { facts, missing, allowed } = option;
  if (missing !== undefined) return missing;
  if (!allowed) return { kind: 'config', reason: 'your config does not allow it (models.allow, models.deny)' };
  const lacking = obstacleTo(needs, option);
  if (lacking !== undefined) return { kind: 'unsupported', ...lacking };
  const large = tooLargeFor(imageChars, option);
  if (large !== undefined) return { kind: 'unsupported', reason: large };
  if (facts.context !== undefined && tokens > facts.context) {
    return {
      kind: 'too_long',
      reason: `the prompt has about ${count(tokens)} tokens, and its context window holds ${count(facts.context)}`,
    };
  }
  // A named model is told the schema in words; one that only stands in should be held to it.
  return standIn && schema && facts.json === false
    ? { kind: 'unsupported', reason: 'it cannot be held to a JSON schema' }
    : undefined;
}

/** Those that can take the ask, each once, with the reasons for the others. */
function sift(
  options: readonly Option[],
  demand: Demand,
  standIn: (option: Option) => boolean,
): { fit: Option[]; dropped: Dropped[] } {
  const seen = new Set<string>();
  const fit: Option[] = [];
  const dropped: Dropped[] = [];
  for (const option of options) {
    const name = refText(option);
    if (seen.has(name)) continue;
    seen.add(name);
    const obstacle = unfit(option, demand, standIn(option));
    if (obstacle === undefined) fit.push(option);
    else dropped.push({ model: { provider: option.provider, model: option.model }, ...obstacle });
  }
  return { fit, dropped };
}

/**
 * Those whose breaker lets them be asked. When none is left, the one that opens soonest stays, for when its time has come: an
 * open breaker must never be the reason why nothing is tried.
 */
function byBreaker(fit: readonly Option[]): { tries: Planned[]; dropped: Dropped[] } {
  const closed = fit.filter(({ standing }) => standing !== 'open');
  const open = fit.filter(({ standing }) => standing === 'open');
  const obstacle = { kind: 'overloaded' as const, reason: 'it failed or was limited a moment ago and is left alone for a while' };
  const dropped = (options: readonly Option[]) =>
    options.map(({ provider, model }) => ({ model: { provider, model }, ...obstacle }));
  if (closed.length > 0 || open.length === 0) return { tries: closed, dropped: dropped(open) };
  const soonest = open.reduce((best, option) => (option.opensAt < best.opensAt ? option : best));
  return {
    tries: [{ ...soonest, ...(soonest.opensAt === 0 ? {} : { notBefore: soonest.opensAt }) }],
    dropped: dropped(open.filter((option) => option !== soonest)),
  };
}

/** Which models are asked, in which order, and why not the others. Pure: it never throws, waits or looks anything up. */
export function plan(ask: Ask, { by, options, fallbacks, chains }: Intent): Plan {
  const demand = demandOf(ask);
  const named = new Set(by === 'explicit' ? options.map(refText) : []);
  const standIn = (option: Option) => !named.has(refText(option));
  const main = sift([...options, ...fallbacks], demand, standIn);
  const left = byBreaker(main.fit);
  const chained = Object.entries(chains).map(([kind, models]) => [kind, byBreaker(sift(models, demand, () => true).fit).tries]);
  const own: Plan['chains'] = Object.fromEntries(chained);
  const dropped = [...main.dropped, ...left.dropped];
  // What is too long before it is sent is as too long as what a vendor sends back.
  const tooLong = left.tries.length === 0 && dropped.some(({ kind }) => kind === 'too_long');
  return { tries: tooLong ? (own.too_long ?? []) : left.tries, chains: own, dropped };
}
