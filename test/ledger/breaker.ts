import type { BreakerState } from '../../src/ledger/breaker-store.ts';

/** The breaker over which the processes of these tests meet. */
export const KEY = 'a-model of-an-account';

/** How often one of them counts. */
export const TIMES = 50;

/** One failure more: never closed, so that every change stays. */
export const counted = (state: BreakerState): BreakerState => ({ ...state, failures: state.failures + 1 });
