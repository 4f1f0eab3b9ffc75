import { type FailureKind, POLICY } from '../../core/errors.ts';
import { type BreakerState, CLOSED } from '../../ledger/breaker-store.ts';

/** After so many failures in a row that may be passing, a model is left alone. */
const PATIENCE = 3;
/** How long it is left alone, in milliseconds: at first, and at most when it goes on. */
const SHORT_MS = 15_000;
const MAX_COOL_MS = 15 * 60_000;
/** How long a limited model is left alone when it does not say itself, in milliseconds. */
const UNSAID_MS = 10_000;
/**
 * The longest that a model is left alone because its vendor said so, in milliseconds: then one call asks whether it still is
 * so. A limit of a month may have been raised in the meantime, and a wait of 32 years is nobody's limit.
 */
const MAX_SAID_MS = 3_600_000;
/** How long one caller may try a model out before another may, in milliseconds. */
const PROBE_MS = 60_000;

export type BreakerStanding = 'closed' | 'open' | 'half-open';

/**
 * A moment as it was noted down, or 0 where the clock was set back since: how much of the wait is over is not known then, and
 * nobody is left alone for longer than was asked. That it was is seen where the clock is before the noting, or the moment is
 * further ahead than any was ever noted.
 */
const plausible = (until: number, { notedAt }: BreakerState, now: number): number =>
  now < notedAt || until - now > MAX_SAID_MS ? 0 : until;

/** Whether a model may be asked. Once its time is up it is half-open: one caller tries it out, the others wait for the outcome. */
export function standing(state: BreakerState, now: number): BreakerStanding {
  const { openUntil, probeUntil } = state;
  if (openUntil === 0) return 'closed';
  return plausible(openUntil, state, now) > now || plausible(probeUntil, state, now) > now ? 'open' : 'half-open';
}

/** Until when the vendor asked to be left alone, epoch milliseconds; our own caution is not worth waiting for. */
export const opensAt = (state: BreakerState, now: number): number => plausible(state.saidUntil, state, now);

/** The state while somebody tries a half-open model out. Only for one that is half-open. */
export const probing = (state: BreakerState, now: number): BreakerState => ({
  ...state,
  // Its time is up, also where a clock that was set back would have it come again.
  openUntil: Math.min(state.openUntil, now),
  saidUntil: Math.min(state.saidUntil, now),
  probeUntil: now + PROBE_MS,
  notedAt: now,
});

/**
 * The state after an answer: what was remembered is forgotten, but for a time that the vendor asked for and that lies ahead. The
 * answer may have been under way before the vendor said so.
 */
export function afterAnswer(state: BreakerState, now: number): BreakerState {
  const saidUntil = opensAt(state, now);
  return saidUntil > now ? { ...CLOSED, openUntil: saidUntil, saidUntil, notedAt: now } : CLOSED;
}

const coolMs = (failures: number): number => Math.min(MAX_COOL_MS, SHORT_MS * 2 ** Math.max(0, failures - PATIENCE));

/**
 * The state after a failure. A limit counts at once, for as long as the vendor says; what may be passing counts when it happens
 * again and again; the latest deadline is kept, because another process may know better.
 */
export function afterFailure(
  state: BreakerState,
  kind: FailureKind,
  retryAfterMs: number | undefined,
  now: number,
): BreakerState {
  const { cool } = POLICY[kind];
  // It was tried out and did not answer, whatever the reason: somebody else may try.
  if (cool === 'no') return { ...state, probeUntil: 0 };
  const failures = state.failures + 1;
  const asked = Math.min(retryAfterMs ?? UNSAID_MS, MAX_SAID_MS);
  const wait = cool === 'header' ? asked : failures < PATIENCE ? 0 : coolMs(failures);
  const known = plausible(state.openUntil, state, now);
  const until = wait === 0 ? known : Math.max(known, now + wait);
  const said = cool === 'header' && retryAfterMs !== undefined ? now + wait : 0;
  return { failures, openUntil: until, saidUntil: Math.max(opensAt(state, now), said), probeUntil: 0, notedAt: now };
}
