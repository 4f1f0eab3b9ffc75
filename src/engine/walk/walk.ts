import { type Answer, type Ask, type Attempt, eachOnce, type Note, refText } from '../../core/chat.ts';
import { Failure, failureIn, POLICY } from '../../core/errors.ts';
import { total } from '../../core/money.ts';
import type { Plan, Planned } from '../plan/plan.ts';
import { type Hedged, hedged } from './hedge.ts';
import { leg, type Log, type Outcome, type Steps } from './leg.ts';

/** What a walk ends with: an answer, whose it is, and why the model that was meant did not give it. */
export type Walked = { answer: Answer; option?: Planned; failure?: Failure };

/** What is asked after this failure, out of what is left: nothing, the rest, or the chain for failures of its kind. */
function following({ kind }: Failure, failed: Planned, rest: readonly Planned[], { chains }: Plan): readonly Planned[] {
  const { advance } = POLICY[kind];
  if (advance === 'no') return [];
  if (advance === 'yes') return rest;
  const larger = (option: Planned) => kind !== 'too_long' || (option.facts.context ?? Infinity) > (failed.facts.context ?? 0);
  return (chains[kind] ?? []).filter((option) => refText(option) !== refText(failed) && larger(option));
}

/** What all of it cost, failed attempts among it. */
const costOf = (attempts: readonly Attempt[]) => total(attempts.flatMap(({ cost }) => cost ?? []));

/** Those that would have stood in and had no money left for it: whoever is told to try again should know. */
function withoutMoney({ barred }: Log, told: Failure): Note[] {
  // Who is told of a budget is told what would fit, too.
  if (told.kind === 'budget') return [];
  return barred.map(({ option, failure: { message } }) => {
    const [why = message] = message.split('. ');
    return { param: 'model', asked: refText(option), sent: null, why };
  });
}

/** What had arrived when the time of the whole call ran out: whose it is stands in the log beside it. */
function cutShort({ partial, attempts, notes }: Log, failure: Failure): Omit<Walked, 'failure'> | undefined {
  if (failure.kind !== 'timeout' || partial === undefined || partial.text.trim() === '') return undefined;
  const { option, text } = partial;
  const served = { provider: option.provider, model: option.model };
  return {
    option,
    answer: {
      text,
      partial: true,
      stop: 'length',
      served,
      usage: {},
      cost: costOf(attempts),
      notes: eachOnce(notes),
      attempts,
      timing: { totalMs: 0 },
    },
  };
}

/** One step of the walk: the next model, and beside it a second one when it is late. */
function step(
  ask: Ask,
  option: Planned,
  others: readonly Planned[],
  steps: Steps,
  log: Log,
  signal: AbortSignal,
): Promise<Hedged> {
  const second = steps.hedgeAfterMs === undefined ? undefined : others.find(({ provider }) => provider !== option.provider);
  if (second !== undefined) return hedged(ask, option, second, steps, log, signal);
  return leg(ask, { option, steps, log, signal, hasNext: others.length > 0 }).then((outcome) => ({ outcome }));
}

/** A refusal in words is an answer, unless there is somebody to ask instead. */
function declined(outcome: Outcome, { chains }: Plan): Failure | undefined {
  if ('failure' in outcome || outcome.answer.stop !== 'refused' || (chains.refused ?? []).length === 0) return undefined;
  return new Failure('refused', `${refText(outcome.option)} refused to answer this request`);
}

/**
 * Walks a plan under one signal: asks one model after the other, waits where a wait helps, repairs once, and returns the first
 * whole answer. Throws the failure of the first model, with everything that was tried in its facts. What had arrived is
 * returned, marked, when the time of the whole call ran out in mid-answer and no schema was to be met.
 */
export async function walk(plan: Plan, ask: Ask, steps: Steps, signal: AbortSignal): Promise<Walked> {
  const log: Log = { attempts: [], notes: [], barred: [] };
  let rest = plan.tries;
  let first: Failure | undefined;
  let refusal: Outcome | undefined;
  // A chain is taken again after each of its failures: whoever was asked once is not asked again.
  const asked = new Set<string>();
  const ended = (outcome: Outcome & { answer: Answer }): Walked => ({
    option: outcome.option,
    answer: {
      ...outcome.answer,
      cost: costOf(log.attempts),
      attempts: log.attempts,
      notes: eachOnce([...log.notes, ...outcome.answer.notes]),
    },
    ...(first === undefined ? {} : { failure: first }),
  });
  for (let [option, ...others] = rest; option !== undefined && !signal.aborted; [option, ...others] = rest) {
    // Somebody else is trying it out: who has another model need not wait for the outcome.
    if (!steps.enter(option) && others.length > 0) {
      rest = others;
      continue;
    }
    asked.add(refText(option));
    const { outcome, second } = await step(ask, option, others, steps, log, signal);
    if (second !== undefined) asked.add(refText(second));
    const failure = 'failure' in outcome ? outcome.failure : declined(outcome, plan);
    if (failure === undefined && 'answer' in outcome) return ended(outcome);
    if ('answer' in outcome) refusal ??= outcome;
    if (failure === undefined) break;
    first ??= failure;
    const next = refusal === outcome || refusal === undefined ? following(failure, option, others, plan) : others;
    rest = next.filter((one) => !asked.has(refText(one)));
  }
  if (refusal !== undefined && 'answer' in refusal) return ended(refusal);
  const failure =
    (signal.aborted ? failureIn(signal.reason) : undefined) ?? first ?? new Failure('config', 'There is no model to ask');
  // An answer by a schema is whole or none.
  const partial = signal.aborted && ask.schema === undefined ? cutShort(log, failure) : undefined;
  if (partial !== undefined) return { ...partial, ...(first === undefined ? {} : { failure: first }) };
  throw failure.with({
    attempts: log.attempts,
    notes: eachOnce([...log.notes, ...withoutMoney(log, failure)]),
    partial: ask.schema === undefined ? '' : (log.partial?.text ?? ''),
  });
}
