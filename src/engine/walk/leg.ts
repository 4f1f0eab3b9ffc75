import { type Answer, type Ask, type Attempt, type ModelRef, type Note, refText } from '../../core/chat.ts';
import { Failure, failureIn } from '../../core/errors.ts';
import { duration } from '../../core/text.ts';
import { sleep } from '../attempt/sleep.ts';
import type { Planned } from '../plan/plan.ts';
import { repaired } from './repair.ts';
import { retry } from './retry.ts';

/** What walking a plan takes from outside: one try at one model, and what is remembered of models. */
export type Steps = {
  attempt: (option: Planned, ask: Ask, signal: AbortSignal) => Promise<Answer>;
  /** Whether this model may be asked now; claims the one try of a half-open breaker. */
  enter: (option: Planned) => boolean;
  answered: (option: Planned) => void;
  failed: (option: Planned, failure: Failure) => void;
  /** Milliseconds until the call is out of time. */
  remainingMs: () => number;
  /** How often one model is asked again, at the most. */
  retries: number;
  /** From 0 up to 1. */
  random: () => number;
  /** Epoch milliseconds. */
  now: () => number;
  /** Start a second provider when the first has not answered after so many milliseconds; absent: do not. */
  hedgeAfterMs?: number;
};

/** All that happened, in the order in which it ended; `partial`: the longest piece of an answer that broke off. */
export type Log = {
  attempts: Attempt[];
  /** What failed attempts had to say besides their failures. */
  notes: Note[];
  /** Those for whom a budget had no room. */
  barred: { option: Planned; failure: Failure }[];
  /** Whom another call was trying out, and who was not asked for that. */
  skipped: ModelRef[];
  partial?: { text: string; option: Planned };
};

/** What every step of a walk has in common. */
export type Walking = { ask: Ask; steps: Steps; log: Log; signal: AbortSignal };

/** How it went with one model. */
export type Outcome = { option: Planned; answer: Answer } | { option: Planned; failure: Failure };

/** What every try of a leg has in common. */
type Leg = Walking & { option: Planned; hasNext: boolean };

/** What changes from try to try. */
type Turn = { ask: Ask; notes: Note[]; tried: number; waitedMs: number };

/** Over how long those who waited for the same model are spread, in milliseconds. */
const SPREAD_MS = 2000;

const note = (log: Log, attempts: readonly Attempt[] = [], waitedMs = 0): void => {
  for (const one of attempts) log.attempts.push(waitedMs === 0 ? one : { ...one, waitedMs });
};

/** The failure in an error; a defect goes on up. */
function expected(error: unknown): Failure {
  const failure = failureIn(error);
  if (failure === undefined) throw error;
  return failure;
}

/** Waits until an open breaker closes, where that is in time; else says when it does. Returns the milliseconds waited. */
async function waitForOpening({ option, steps, signal }: Leg): Promise<number> {
  const ms = option.notBefore === undefined ? 0 : option.notBefore - steps.now();
  if (ms <= 0) return 0;
  if (ms >= steps.remainingMs()) {
    const why = `${refText(option)} failed or was limited a moment ago and is left alone for another ${duration(ms)}, which is longer than this call may take`;
    throw new Failure('overloaded', why, { retryAfterMs: ms, remedied: true });
  }
  await sleep(ms, signal);
  // Everyone who waited wakes at the same moment: one tries the model out, the others come a little later, one by one.
  if (!steps.enter(option)) await sleep(Math.min(steps.remainingMs() / 2, SPREAD_MS * (0.2 + steps.random())), signal);
  return ms;
}

/** The next turn after a failure, when there is one: without a parameter that was refused, or the same again after a wait. */
async function nextTurn(
  failure: Failure,
  { ask, notes, tried }: Turn,
  { steps, signal, hasNext }: Leg,
): Promise<Turn | undefined> {
  if (signal.aborted) return undefined;
  // One repair is a misunderstanding; a second one would be guessing.
  const repair = notes.length === 0 ? repaired(ask, failure) : undefined;
  if (repair !== undefined) return { ask: repair.ask, notes: [repair.note], tried, waitedMs: 0 };
  const verdict = retry(failure, {
    tried,
    retries: steps.retries,
    remainingMs: steps.remainingMs(),
    hasNext,
    random: steps.random(),
  });
  if (!verdict.again) return undefined;
  await sleep(verdict.waitMs, signal);
  return { ask, notes, tried: tried + 1, waitedMs: verdict.waitMs };
}

async function oneTurn({ ask, notes, waitedMs }: Turn, { option, steps, log, signal }: Leg): Promise<Outcome> {
  try {
    const answer = await steps.attempt(option, ask, signal);
    steps.answered(option);
    note(log, answer.attempts, waitedMs);
    return { option, answer: { ...answer, notes: [...notes, ...answer.notes] } };
  } catch (error) {
    const failure = expected(error);
    // Who was not asked, because our own limits or the time did not allow it, did not fail.
    if (failure.facts.attempts !== undefined) steps.failed(option, failure);
    note(log, failure.facts.attempts, waitedMs);
    if (failure.kind === 'budget') log.barred.push({ option, failure });
    const { partial: text = '', notes: said = [] } = failure.facts;
    log.notes.push(...said);
    if (text.length > (log.partial?.text.length ?? 0)) log.partial = { text, option };
    return { option, failure };
  }
}

/** Everything that is done with one model: its tries, the waits between them, and one repair. Never throws a `Failure`. */
export async function leg(one: Leg): Promise<Outcome> {
  try {
    let turn: Turn = { ask: one.ask, notes: [], tried: 1, waitedMs: await waitForOpening(one) };
    for (;;) {
      const outcome = await oneTurn(turn, one);
      if ('answer' in outcome) return outcome;
      const next = await nextTurn(outcome.failure, turn, one);
      if (next === undefined) return outcome;
      turn = next;
    }
  } catch (error) {
    return { option: one.option, failure: expected(error) };
  }
}
