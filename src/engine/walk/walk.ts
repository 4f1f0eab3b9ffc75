import { type Answer, type Ask, type Attempt, eachOnce, type ModelRef, type Note, refText } from '../../core/chat.ts';
import { defined } from '../../core/defined.ts';
import { Failure, failureIn, POLICY } from '../../core/errors.ts';
import { total } from '../../core/money.ts';
import type { Plan, Planned } from '../plan/plan.ts';
import { type Hedged, hedged } from './hedge.ts';
import { leg, type Log, type Outcome, type Steps, type Walking } from './leg.ts';

type Answered = Extract<Outcome, { answer: Answer }>;

/** The end of a walk: an answer, whose it is, the first failure on the way, and whom another call was trying out. */
export type Walked = Answered & { failure?: Failure; skipped: readonly ModelRef[] };

/** Returns the models to ask after this failure, out of what is left: none, the rest, or the chain for failures of its kind. */
function following({ kind }: Failure, failed: Planned, rest: readonly Planned[], { chains }: Plan): readonly Planned[] {
  const { advance } = POLICY[kind];
  if (advance === 'no') return [];
  if (advance === 'yes') return rest;
  const larger = (option: Planned) => kind !== 'too_long' || (option.facts.context ?? Infinity) > (failed.facts.context ?? 0);
  return (chains[kind] ?? []).filter((option) => refText(option) !== refText(failed) && larger(option));
}

/** Adds up what all attempts cost, failed ones among them. */
const costOf = (attempts: readonly Attempt[]) => total(attempts.flatMap(({ cost }) => cost ?? []));

/** Names the models that would have stood in and had no money left for it: a caller that is told to try again should know. */
function withoutMoney({ barred }: Log, told: Failure): Note[] {
  // A budget failure already lists what would fit.
  if (told.kind === 'budget') return [];
  return barred.map(({ option, failure: { message } }) => {
    const [why = message] = message.split('. ');
    return { param: 'model', asked: refText(option), sent: null, why };
  });
}

/** Returns what had arrived when time ran out, for the whole call or because the model fell silent: the log says whose it is. */
function cutShort({ partial, attempts, notes }: Log, failure: Failure, fellSilent: boolean): Answered | undefined {
  if (failure.kind !== 'timeout' || partial === undefined || partial.text.trim() === '') return undefined;
  const { option, text } = partial;
  const served = { provider: option.provider, model: option.model };
  const why: Note = { param: 'answer', asked: 'cut off', sent: 'cut off', why: failure.message };
  return {
    option,
    answer: {
      text,
      partial: true,
      stop: 'length',
      served,
      usage: {},
      cost: costOf(attempts),
      notes: eachOnce(fellSilent ? [...notes, why] : notes),
      attempts,
      timing: { totalMs: 0 },
    },
  };
}

/** One step of the walk: the next model, and beside it a second one when it is late. */
async function step(walking: Walking, option: Planned, others: readonly Planned[]): Promise<Hedged> {
  const { hedgeAfterMs } = walking.steps;
  const second = hedgeAfterMs === undefined ? undefined : others.find(({ provider }) => provider !== option.provider);
  if (second !== undefined) return hedged(walking, option, second);
  return { outcome: await leg({ ...walking, option, hasNext: others.length > 0 }) };
}

/** A refusal in words is an answer, unless there is somebody to ask instead. */
function declined({ option, answer }: Answered, { chains }: Plan): Failure | undefined {
  if (answer.stop !== 'refused' || (chains.refused ?? []).length === 0) return undefined;
  return new Failure('refused', `${refText(option)} refused to answer this request`);
}

/** The rest of a walk: who is left to ask, and the first refusal in words, which is returned when nobody does better. */
type Ahead = { rest: readonly Planned[]; refusal: Answered | undefined };

/** Says what comes after asking the first of those who are left: the end, or what failed and what lies ahead then. Pure. */
function after(
  outcome: Outcome,
  { rest: [option, ...others], refusal }: Ahead,
  plan: Plan,
): { done: Answered } | (Ahead & { failure: Failure }) {
  // The chain for refusals is walked to its end: what fails on the way does not lead to another one.
  const next = (failure: Failure) =>
    refusal === undefined && option !== undefined ? following(failure, option, others, plan) : others;
  if ('failure' in outcome) return { failure: outcome.failure, rest: next(outcome.failure), refusal };
  const failure = declined(outcome, plan);
  return failure === undefined ? { done: outcome } : { failure, rest: next(failure), refusal: refusal ?? outcome };
}

/**
 * Walks a plan under one signal: asks one model after the other, waits where a wait helps, repairs once, and returns the first
 * whole answer. Throws the failure of the first model, with everything that was tried in its facts. The part that had arrived is
 * returned, marked, when time ran out in mid-answer, for the whole call or between two pieces, and no schema was to be met.
 */
export async function walk(plan: Plan, ask: Ask, steps: Steps, signal: AbortSignal): Promise<Walked> {
  const log: Log = { attempts: [], notes: [], barred: [], skipped: [] };
  const ended = ({ option, answer }: Answered, failure: Failure | undefined): Walked => ({
    option,
    answer: {
      ...answer,
      cost: costOf(log.attempts),
      attempts: log.attempts,
      notes: eachOnce([...log.notes, ...answer.notes]),
    },
    skipped: log.skipped,
    ...defined({ failure }),
  });
  // A chain is taken again after each of its failures: whoever was asked once is not asked again.
  const asked = new Set<string>();
  let first: Failure | undefined;
  let at: Ahead = { rest: plan.tries, refusal: undefined };
  while (!signal.aborted) {
    const [option, ...others] = at.rest;
    if (option === undefined) break;
    // Somebody else is trying it out: who has another model need not wait for the outcome.
    if (!steps.enter(option) && others.length > 0) {
      log.skipped.push(option);
      at = { ...at, rest: others };
      continue;
    }
    const { outcome, second } = await step({ ask, steps, log, signal }, option, others);
    asked.add(refText(option));
    if (second !== undefined) asked.add(refText(second));
    const next = after(outcome, at, plan);
    if ('done' in next) return ended(next.done, first);
    first ??= next.failure;
    at = { refusal: next.refusal, rest: next.rest.filter((one) => !asked.has(refText(one))) };
  }
  if (at.refusal !== undefined) return ended(at.refusal, first);
  const failure =
    (signal.aborted ? failureIn(signal.reason) : undefined) ?? first ?? new Failure('config', 'There is no model to ask');
  // An answer by a schema is whole or none.
  const partial = ask.schema === undefined ? cutShort(log, failure, !signal.aborted) : undefined;
  if (partial !== undefined) return ended(partial, first);
  throw failure.with({
    attempts: log.attempts,
    notes: eachOnce([...log.notes, ...withoutMoney(log, failure)]),
    partial: ask.schema === undefined ? '' : (log.partial?.text ?? ''),
  });
}
