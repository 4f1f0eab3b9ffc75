import { type FailureKind, POLICY } from '../../core/errors.ts';
import { type BreakerState, CLOSED } from '../../ledger/breaker-store.ts';

/** After so many failures in a row that may be passing, a model is left alone. */
const PATIENCE = 3;
/** How long it is left alone, in milliseconds: at first, and at most when it goes on. */
const SHORT_MS = 15_000;
const MAX_COOL_MS = 15 * 60_000;
/** How long a limited model is left alone when it does not say itself, in milliseconds. */
const UNSAID_MS = 10_000;
/** How long one caller may try a model out before another may, in milliseconds. */
const PROBE_MS = 60_000;

export type BreakerStanding = 'closed' | 'open' | 'half-open';

/** Whether a model may be asked. Once its time is up it is half-open: one caller tries it out, the others wait for the outcome. */
export function standing({ openUntil, probeUntil }: BreakerState, now: number): BreakerStanding {
  if (openUntil === 0) return 'closed';
  return openUntil > now || probeUntil > now ? 'open' : 'half-open';
}

/** Until when the vendor asked to be left alone, epoch milliseconds; our own caution is not worth waiting for. */
export const opensAt = ({ saidUntil }: BreakerState): number => saidUntil;

/** The state while somebody tries a half-open model out. Only for one that is half-open. */
export const probing = (state: BreakerState, now: number): BreakerState => ({ ...state, probeUntil: now + PROBE_MS });

/**
 * The state after an answer: what was remembered is forgotten, but for a time that the vendor asked for and that lies ahead. The
 * answer may have been under way before the vendor said so.
 */
export const afterAnswer = ({ saidUntil }: BreakerState, now: number): BreakerState =>
  saidUntil > now ? { ...CLOSED, openUntil: saidUntil, saidUntil } : CLOSED;

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
  const wait = cool === 'header' ? (retryAfterMs ?? UNSAID_MS) : failures < PATIENCE ? 0 : coolMs(failures);
  const until = wait === 0 ? state.openUntil : Math.max(state.openUntil, now + wait);
  const said = cool === 'header' && retryAfterMs !== undefined ? now + wait : 0;
  return { failures, openUntil: until, saidUntil: Math.max(state.saidUntil, said), probeUntil: 0 };
}
