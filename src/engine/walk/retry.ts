import { type Failure, POLICY } from '../../core/errors.ts';

/** What to do about a failed try: the same model again after a while, or the next one. */
export type Verdict = { again: true; waitMs: number } | { again: false };

export type Standpoint = {
  /** How often this model was tried already, this time included. */
  tried: number;
  /** How often it may be asked again. */
  retries: number;
  /** Milliseconds until the whole call is out of time. */
  remainingMs: number;
  /** How long whoever called bears to wait without an answer under way, in milliseconds. */
  bearsMs: number;
  /** Whether another model is left to try. */
  hasNext: boolean;
  /** From 0 up to 1. */
  random: number;
};

/** Where another model could answer at once, the asked one is waited for this long at most, in milliseconds. */
const PATIENCE_MS = 5000;
const BASE_MS = 400;
const CAP_MS = 8000;

/** Full jitter: anything between nothing and the doubled bound, so that many who failed together do not come back together. */
const jittered = (tried: number, random: number): number => Math.round(random * Math.min(CAP_MS, BASE_MS * 2 ** tried));

/**
 * Decides whether the same model is asked again, and when. A wait that does not fit the time left, or that nobody bears, means
 * the next model, now. Pure.
 */
export function retry({ kind, facts }: Failure, { tried, retries, remainingMs, bearsMs, hasNext, random }: Standpoint): Verdict {
  const { retry: rule } = POLICY[kind];
  const mayRetry = rule !== 'never' && (facts.shouldRetry ?? rule === 'again');
  if (!mayRetry || tried > (hasNext ? Math.min(1, retries) : retries)) return { again: false };
  const waitMs = facts.retryAfterMs ?? jittered(tried, random);
  const patience = hasNext ? Math.min(PATIENCE_MS, remainingMs / 2) : remainingMs;
  return waitMs < patience && waitMs <= bearsMs ? { again: true, waitMs } : { again: false };
}
