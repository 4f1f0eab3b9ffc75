import { hostname, uptime } from 'node:os';
import type { Spender } from '../core/budget.ts';
import type { Db } from './db.ts';
import { append, type Entry } from './journal.ts';

/** The time, told twice: by the clock on the wall, which people and networks set, and by one that nobody sets. */
export type Clock = {
  /** Epoch milliseconds. */
  now: () => number;
  /** Milliseconds since the machine was started. */
  uptime: () => number;
  /** The machine's name: what another machine says of its uptime means nothing here. */
  host: string;
};

export const MACHINE_CLOCK: Clock = {
  now: () => Date.now(),
  uptime: () => Math.round(uptime() * 1000),
  host: hostname(),
};

/** An attempt that is about to be made. `expiresAt`: when it is over at the latest, in epoch milliseconds. */
export type Begun = {
  id: string;
  who: Spender;
  expiresAt: number;
  /** The model as it was asked for, and the calling program. */
  asked?: string;
  agent?: string;
  /** The same call has tried this model before. */
  again?: boolean;
  /** The amount that counts where nobody ever tells what it cost, in nano-dollars; null: no price is known. */
  nano: number | null;
};

/** A `kind` of the journal: the process ended before it could tell what became of the attempt. */
export const LOST = 'lost';

const COLUMNS = [
  'id',
  'began_at',
  'expires_at',
  'began_up',
  'expires_up',
  'host',
  'process',
  'call',
  'session',
  'tool',
  'agent',
  'project',
  'asked',
  'provider',
  'model',
  'again',
  'nano_usd',
] as const;

const BEGIN = `INSERT OR REPLACE INTO under_way (${COLUMNS.join(', ')}) VALUES (${COLUMNS.map(() => '?').join(', ')})`;

/** Writes down that an attempt begins. `pid`: the process that makes it. Has to run in a transaction that holds the lock. */
export function beginAttempt(db: Db, { id, who, expiresAt, asked, agent, again, nano }: Begun, clock: Clock, pid?: number): void {
  const [now, up] = [clock.now(), clock.uptime()];
  const row: Record<(typeof COLUMNS)[number], string | number | null | undefined> = {
    id,
    began_at: now,
    expires_at: expiresAt,
    began_up: up,
    expires_up: up + (expiresAt - now),
    host: clock.host,
    process: pid === undefined ? undefined : `${pid} on ${clock.host}`,
    ...who,
    agent,
    asked: asked ?? `${who.provider}/${who.model}`,
    again: again ? 1 : 0,
    nano_usd: nano,
  };
  db.run(BEGIN, ...COLUMNS.map((column) => row[column] ?? null));
}

/** Forgets that an attempt is under way, and lets go of what was held for it. */
export function endAttempt(db: Db, id: string): void {
  db.run('DELETE FROM hold WHERE id = ?', id);
  db.run('DELETE FROM under_way WHERE id = ?', id);
}

/**
 * Selects what is over. A machine that has run on since an attempt began tells it by its uptime, so that a clock that is set
 * frees nothing. An uptime below that of the beginning is another start of the machine: then the clock on the wall has to do.
 */
const OVER = 'CASE WHEN host = ? AND began_up <= ? THEN expires_up <= ? ELSE expires_at <= ? END';

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

type Row = Readonly<Record<string, unknown>>;

/** The journal's row of an attempt that is lost. It stands where it would have ended at the latest. */
function lostEntry(row: Row, now: number): Entry {
  const { agent, process, nano_usd: nano } = row;
  return {
    uid: text(row['id']),
    at: Math.min(now, Number(row['expires_at'])),
    call: text(row['call']),
    session: text(row['session']),
    tool: text(row['tool']),
    project: text(row['project']),
    asked: text(row['asked']),
    provider: text(row['provider']),
    model: text(row['model']),
    kind: LOST,
    cost: typeof nano === 'number' ? { nanoUsd: nano, from: 'lost' } : { nanoUsd: null, why: 'no price is known' },
    ms: 0,
    again: row['again'] === 1,
    ...(typeof agent === 'string' ? { agent } : {}),
    ...(typeof process === 'string' ? { process } : {}),
  };
}

/**
 * Writes attempts into the journal whose process never told what became of them: each counts as what was held for it, because
 * its vendor may have billed that much. Has to run outside of any transaction; where nothing is over it takes no lock.
 */
export function giveUpLost(db: Db, clock: Clock): void {
  const over = () => {
    const up = clock.uptime();
    return db.all(`SELECT * FROM under_way WHERE ${OVER}`, clock.host, up, up, clock.now());
  };
  // An earlier version held money without saying for which attempt.
  const orphans = 'FROM hold WHERE expires_at <= ? AND id NOT IN (SELECT id FROM under_way)';
  const now = clock.now();
  if (over().length === 0 && db.all(`SELECT 1 ${orphans} LIMIT 1`, now).length === 0) return;
  db.immediate(() => {
    for (const row of over()) {
      append(db, lostEntry(row, now));
      endAttempt(db, text(row['id']));
    }
    db.run(`DELETE ${orphans}`, now);
  });
}
