import type { Engine } from './engine.ts';
import { onLedger } from './money/books.ts';

/**
 * Forgets which models failed or were limited, so that each is asked at once. Returns how many there were. Throws a `config`
 * failure where the ledger cannot be written.
 */
export const forgetLimits = (engine: Engine): Promise<number> =>
  onLedger(engine.ledger, 'No limit can be forgotten', ({ breaker }) => breaker.clear());
