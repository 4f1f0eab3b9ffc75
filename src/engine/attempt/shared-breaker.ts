import type { Setup } from '../../config/setup.ts';
import { type ModelRef, refText } from '../../core/chat.ts';
import type { Failure } from '../../core/errors.ts';
import { type BreakerState, CLOSED } from '../../ledger/breaker-store.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import { afterAnswer, afterFailure, opensAt, probing, type BreakerStanding, standing } from './breaker.ts';
import { accountOfSetup } from './fingerprint.ts';

/** The breaker of every model, over the ledger. A ledger that fails stops nobody: then a model counts as closed. */
export type SharedBreaker = {
  standing: (key: string) => { standing: BreakerStanding; opensAt: number };
  /** Whether the model may be asked now; claims the one try of a half-open breaker. */
  enter: (key: string) => boolean;
  answered: (key: string) => void;
  failed: (key: string, failure: Failure) => void;
};

/** Which breaker a model has: another key or address is another account, whose limits are its own. */
export function breakerKey(target: ModelRef, setup: Setup | undefined): string {
  return `${refText(target)} ${accountOfSetup(setup)}`;
}

export function createSharedBreaker({ breaker }: Ledger): SharedBreaker {
  const safely = <T>(work: () => T, otherwise: T): T => {
    try {
      return work();
    } catch {
      return otherwise;
    }
  };
  const read = (key: string): BreakerState => safely(() => breaker.read(key), CLOSED);
  const update = (key: string, change: (state: BreakerState) => BreakerState) =>
    safely(() => breaker.update(key, change), CLOSED);
  return {
    standing(key) {
      const state = read(key);
      const now = Date.now();
      return { standing: standing(state, now), opensAt: opensAt(state, now) };
    },
    enter(key) {
      const at = standing(read(key), Date.now());
      if (at !== 'half-open') return at === 'closed';
      let claimed = false;
      update(key, (state) => {
        claimed = standing(state, Date.now()) === 'half-open';
        return claimed ? probing(state, Date.now()) : state;
      });
      return claimed;
    },
    answered(key) {
      if (read(key) !== CLOSED) update(key, (state) => afterAnswer(state, Date.now()));
    },
    failed: (key, { kind, facts }) => void update(key, (state) => afterFailure(state, kind, facts.retryAfterMs, Date.now())),
  };
}
