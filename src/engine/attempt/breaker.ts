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

/** A moment as it was noted down, or 0: what lies further ahead than any was ever noted is of a clock that was set back. */
const plausible = (until: number, now: number): number => (until - now > MAX_SAID_MS ? 0 : until);

/** Whether a model may be asked. Once its time is up it is half-open: one caller tries it out, the others wait for the outcome. */
export function standing({ openUntil, probeUntil }: BreakerState, now: number): BreakerStanding {
  if (openUntil === 0) return 'closed';
  return plausible(openUntil, now) > now || plausible(probeUntil, now) > now ? 'open' : 'half-open';
}

/** Until when the vendor asked to be left alone, epoch milliseconds; our own caution is not worth waiting for. */
export const opensAt = ({ saidUntil }: BreakerState, now: number): number => plausible(saidUntil, now);

/** The state while somebody tries a half-open model out. Only for one that is half-open. */
export const probing = (state: BreakerState, now: number): BreakerState => ({ ...state, probeUntil: now + PROBE_MS });

/**
 * The state after an answer: what was remembered is forgotten, but for a time that the vendor asked for and that lies ahead. The
 * answer may have been under way before the vendor said so.
 */
export const afterAnswer = ({ saidUntil }: BreakerState, now: number): BreakerState =>
  plausible(saidUntil, now) > now ? { ...CLOSED, openUntil: saidUntil, saidUntil } : CLOSED;

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
  const known = plausible(state.openUntil, now);
  const until = wait === 0 ? known : Math.max(known, now + wait);
  const said = cool === 'header' && retryAfterMs !== undefined ? now + wait : 0;
  return { failures, openUntil: until, saidUntil: Math.max(plausible(state.saidUntil, now), said), probeUntil: 0 };
}
