import type { Db } from './db.ts';

/** What is remembered of one model at one provider; times are epoch milliseconds, 0 is never. */
export type BreakerState = {
  /** In a row. */
  failures: number;
  openUntil: number;
  /** The part of it that the vendor itself asked for. */
  saidUntil: number;
  /** Somebody tries it out until then. */
  probeUntil: number;
  /** When it was noted down: a clock that is before that was set back since. */
  notedAt: number;
};

/** A closed breaker: what is assumed of whatever is not remembered. */
export const CLOSED: BreakerState = { failures: 0, openUntil: 0, saidUntil: 0, probeUntil: 0, notedAt: 0 };

/** Breaker states, shared by whoever shares the ledger. */
export type BreakerStore = {
  read: (key: string) => BreakerState;
  /** Replaces the state by what `change` makes of it; nobody else's change comes between. Returns the new one. */
  update: (key: string, change: (state: BreakerState) => BreakerState) => BreakerState;
  /** Forgets every state. Returns how many there were. */
  clear: () => number;
};

const isClosed = ({ failures, openUntil, probeUntil }: BreakerState): boolean =>
  failures === 0 && openUntil === 0 && probeUntil === 0;

/** States of this process alone. */
export function memoryBreaker(): BreakerStore {
  const states = new Map<string, BreakerState>();
  const read = (key: string) => states.get(key) ?? CLOSED;
  return {
    read,
    update(key, change) {
      const state = change(read(key));
      if (isClosed(state)) states.delete(key);
      else states.set(key, state);
      return state;
    },
    clear() {
      const { size } = states;
      states.clear();
      return size;
    },
  };
}

/** States in the file. */
export function breakerTable(db: Db): BreakerStore {
  const read = (key: string): BreakerState => {
    const row = db.all('SELECT failures, open_until, said_until, probe_until, noted_at FROM breaker WHERE key = ?', key)[0];
    return row === undefined
      ? CLOSED
      : {
          failures: Number(row['failures']),
          openUntil: Number(row['open_until']),
          saidUntil: Number(row['said_until']),
          probeUntil: Number(row['probe_until']),
          notedAt: Number(row['noted_at']),
        };
  };
  const write = (key: string, { failures, openUntil, saidUntil, probeUntil, notedAt }: BreakerState) =>
    db.run(
      `INSERT OR REPLACE INTO breaker (key, failures, open_until, said_until, probe_until, noted_at)
       VALUES (?, ?, ?, ?, ?, ?)`,
      key,
      failures,
      openUntil,
      saidUntil,
      probeUntil,
      notedAt,
    );
  return {
    read,
    update: (key, change) =>
      db.immediate(() => {
        const state = change(read(key));
        if (isClosed(state)) db.run('DELETE FROM breaker WHERE key = ?', key);
        else write(key, state);
        return state;
      }),
    clear: () => db.run('DELETE FROM breaker'),
  };
}
