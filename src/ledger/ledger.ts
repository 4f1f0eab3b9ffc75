import { join } from 'node:path';
import { openDb } from './db.ts';
import { type BreakerStore, breakerTable, memoryBreaker } from './breaker-store.ts';

/**
 * What the server processes of a machine share. It sits behind this interface, and not behind SQL, so that another database
 * can serve the servers of many machines.
 */
export type Ledger = { breaker: BreakerStore; close: () => void };

/** The file's versions. A step that was released is never changed: a new one follows it. */
const STEPS: readonly string[] = [
  `CREATE TABLE breaker (
     key TEXT PRIMARY KEY,
     failures INTEGER NOT NULL,
     open_until INTEGER NOT NULL,
     said_until INTEGER NOT NULL,
     probe_until INTEGER NOT NULL
   ) WITHOUT ROWID`,
];

/** What serves where no file can: the state of this process alone. */
export const memoryLedger = (): Ledger => ({ breaker: memoryBreaker(), close: () => undefined });

/** The ledger in `home`. Throws what opening the file throws. */
export async function openLedger(home: string): Promise<Ledger> {
  const db = await openDb(join(home, 'switchboard.db'), STEPS);
  return { breaker: breakerTable(db), close: db.close };
}
