import { type Answer, type Ask, type Attempt, type ModelRef, type Note, refText, type Rewrite } from '../../core/chat.ts';
import { Failure, failureIn } from '../../core/errors.ts';
import { sleep } from '../attempt/sleep.ts';
import type { Planned } from '../plan/plan.ts';
import { notesOf, repaired } from './repair.ts';
import { retry } from './retry.ts';

/** What walking a plan takes from outside: one try at one model, and what is remembered of models. */
export type Steps = {
  attempt: (option: Planned, ask: Ask, signal: AbortSignal) => Promise<Answer>;
  /** Whether this model may be asked now; claims the one try of a half-open breaker. */
  enter: (option: Planned) => boolean;
  answered: (option: Planned) => void;
  failed: (option: Planned, failure: Failure) => void;
  /** In which ways a model's requests can be written, and which of them it is known to want. */
  rewrites: (option: Planned) => { can: readonly Rewrite[]; wants: readonly Rewrite[] };
  /** Keeps in mind how a model wanted its request written. */
  learned: (option: Planned, rewrites: readonly Rewrite[]) => void;
  /** Says that nobody is asked for this many milliseconds. */
  waits: (option: Planned, waitMs: number) => void;
  /** How long whoever called bears to wait without an answer under way, in milliseconds. */
  bearsMs: number;
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
type Turn = { ask: Ask; notes: Note[]; tried: number; waitedMs: number; repairs: number; took: boolean };

/** A vendor that refuses more than this of one request does not take the request. */
const MAX_REPAIRS = 3;

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
  if (ms >= steps.remainingMs() || ms > steps.bearsMs) {
    const why = `${refText(option)} was limited a moment ago, and this call does not wait as long as its provider asks for`;
    throw new Failure('rate_limited', why, { retryAfterMs: ms });
  }
  steps.waits(option, ms);
  await sleep(ms, signal);
  // Everyone who waited wakes at the same moment: one tries the model out, the others come a little later, one by one.
  if (!steps.enter(option)) await sleep(Math.min(steps.remainingMs() / 2, SPREAD_MS * (0.2 + steps.random())), signal);
  return ms;
}

/** The turn after a refusal that can be met by writing the request anew, when there is one. */
function repairedTurn(failure: Failure, { ask, notes, tried, repairs, took }: Turn, { option, steps }: Leg): Turn | undefined {
  const repair = repairs < MAX_REPAIRS ? repaired(ask, failure, steps.rewrites(option).can, option.agent) : undefined;
  // One parameter of the caller's left out is a misunderstanding; a second one would be guessing.
  if (repair === undefined || (repair.takes && took)) return undefined;
  const { takes } = repair;
  return { ask: repair.ask, notes: [...notes, ...repair.notes], tried, waitedMs: 0, repairs: repairs + 1, took: took || takes };
}

/** The next turn after a failure, when there is one: the request written anew, or the same again after a wait. */
async function nextTurn(failure: Failure, turn: Turn, one: Leg): Promise<Turn | undefined> {
  const { option, steps, signal, hasNext } = one;
  if (signal.aborted) return undefined;
  const repair = repairedTurn(failure, turn, one);
  if (repair !== undefined) return repair;
  const verdict = retry(failure, {
    tried: turn.tried,
    retries: steps.retries,
    remainingMs: steps.remainingMs(),
    bearsMs: steps.bearsMs,
    hasNext,
    random: steps.random(),
  });
  if (!verdict.again) return undefined;
  steps.waits(option, verdict.waitMs);
  await sleep(verdict.waitMs, signal);
  return { ...turn, tried: turn.tried + 1, waitedMs: verdict.waitMs };
}

/** The first turn: written as the model is known to want it. */
async function firstTurn(one: Leg): Promise<Turn> {
  const { ask, option, steps } = one;
  const { wants } = steps.rewrites(option);
  return {
    ask: wants.length === 0 ? ask : { ...ask, rewrites: wants },
    notes: notesOf(wants),
    tried: 1,
    waitedMs: await waitForOpening(one),
    repairs: 0,
    took: false,
  };
}

async function oneTurn({ ask, notes, waitedMs }: Turn, { option, steps, log, signal }: Leg): Promise<Outcome> {
  try {
    const answer = await steps.attempt(option, ask, signal);
    steps.answered(option);
    steps.learned(option, ask.rewrites ?? []);
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
    let turn = await firstTurn(one);
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
