import type { Db } from './db.ts';
import type { Account, Scoped } from './windows.ts';

/** What an account has spent and holds, in nano-dollars. */
export type Sums = { spent: number; held: number };

const number = (value: unknown): number => Number(value ?? 0);

/**
 * The journal row up to which an account was counted; a new account begins where its window does. Has to run in a transaction
 * that holds the lock.
 */
export function begin(db: Db, { key: whole, counter: key, since, only }: Account, now: number): number {
  const known = db.all('SELECT through FROM tally WHERE key = ?', key)[0];
  if (known !== undefined) return number(known['through']);
  // Nothing of a session or call that nobody counted yet can have been spent.
  const [last] =
    only === undefined
      ? db.all('SELECT MIN(id) - 1 AS id FROM attempt WHERE at >= ?', since)
      : db.all('SELECT MAX(id) AS id FROM attempt');
  const first = last?.['id'] === null && only === undefined ? number(newest(db)) : number(last?.['id']);
  const [again] = db.all('SELECT MAX(through) AS through FROM reset WHERE key = ?', whole);
  const through = Math.max(first, number(again?.['through']));
  db.run('INSERT INTO tally (key, through, touched_at) VALUES (?, ?, ?)', key, through, now);
  return through;
}

const newest = (db: Db): unknown => db.all('SELECT MAX(id) AS id FROM attempt')[0]?.['id'];

const ADD = `INSERT INTO counter (key, begins_at, nano_usd) VALUES (?, ?, ?)
  ON CONFLICT (key, begins_at) DO UPDATE SET nano_usd = nano_usd + excluded.nano_usd`;

/** What a row says of what an attempt was for; what was not asked of the journal is empty. */
const scopedIn = ({ provider = '', model = '', tool = '', project = '' }: Readonly<Record<string, unknown>>): Scoped => ({
  provider: String(provider),
  model: String(model),
  tool: String(tool),
  project: String(project),
});

/**
 * Brings an account up to date with the journal: counts the rows that were written since it was last looked at, by whatever
 * process and under whatever config, each exactly once. Has to run in a transaction that holds the lock.
 */
function fold(db: Db, account: Account, now: number): void {
  const { counter: key, quantum, pieceOf, facets, counts, only } = account;
  const through = begin(db, account, now);
  const last = number(newest(db));
  if (last <= through) return;
  const mine = only === undefined ? '' : ` AND ${only.column} = ?`;
  const groups = ['span', ...facets].join(', ');
  // The library binds every number as REAL, and what is divided by one is not cut to a whole number.
  const rows = db.all(
    `SELECT at / CAST(? AS INTEGER) AS ${groups}, TOTAL(nano_usd) AS nano FROM attempt
     WHERE id > ? AND nano_usd > 0${mine} GROUP BY ${groups}`,
    quantum,
    through,
    ...(only === undefined ? [] : [only.value]),
  );
  const pieces = new Map<number, number>();
  for (const row of rows) {
    if (!counts(scopedIn(row))) continue;
    const piece = pieceOf(number(row['span']) * quantum);
    pieces.set(piece, (pieces.get(piece) ?? 0) + number(row['nano']));
  }
  for (const [piece, nano] of pieces) db.run(ADD, key, piece, nano);
  db.run('UPDATE tally SET through = ?, touched_at = ? WHERE key = ?', last, now, key);
}

/** What an account has spent and holds now. Has to run in a transaction that holds the lock. */
export function sumsOf(db: Db, account: Account, now: number): Sums {
  fold(db, account, now);
  const { key, counter, since } = account;
  const [spent] = db.all(
    'SELECT TOTAL(nano_usd) AS nano FROM counter WHERE key = ? AND begins_at >= ? AND begins_at < ?',
    counter,
    since,
    untilOf(account),
  );
  const [held] = db.all('SELECT TOTAL(nano_usd) AS nano FROM hold WHERE key = ? AND expires_at > ?', key, now);
  return { spent: number(spent?.['nano']), held: number(held?.['nano']) };
}

/**
 * Lets an account begin anew: what was spent before does not count for it any more, and a row tells of it. Has to run in a
 * transaction that holds the lock.
 */
export function reset(db: Db, account: Account, now: number): Sums {
  const sums = sumsOf(db, account, now);
  const { key, budget } = account;
  db.run(
    'INSERT INTO reset (at, key, budget, nano_usd, through) VALUES (?, ?, ?, ?, ?)',
    now,
    key,
    budget.name,
    sums.spent,
    number(newest(db)),
  );
  // Counters of every time zone: each is begun again from the row above.
  for (const table of ['counter', 'tally'])
    db.run(`DELETE FROM ${table} WHERE key = ? OR substr(key, 1, ?) = ?`, key, key.length + 2, `${key} @`);
  return sums;
}

/** Pieces from here on do not count yet: a clock that was put back has left them in what is now the future. Epoch milliseconds. */
export const untilOf = ({ resetsAt }: Account): number => resetsAt ?? Number.MAX_SAFE_INTEGER;

const DAY_MS = 24 * 3_600_000;

/** Accounts of calls and sessions are over after this, pieces of rolling windows (a month at the longest) after that. */
const STALE_MS = 60 * DAY_MS;
const PIECE_MS = 32 * DAY_MS;

/** Forgets the counters of calls and sessions, and the pieces of rolling windows, that nobody will look at again. What was spent
 * in each window of the calendar stays: it is history. */
export function forgetStale(db: Db, now: number): void {
  const stale = `(key LIKE 'call %' OR key LIKE 'session %') AND`;
  db.run(`DELETE FROM counter WHERE key IN (SELECT key FROM tally WHERE ${stale} touched_at < ?)`, now - STALE_MS);
  db.run(`DELETE FROM tally WHERE ${stale} touched_at < ?`, now - STALE_MS);
  db.run("DELETE FROM counter WHERE key GLOB '*~ *' AND begins_at < ?", now - PIECE_MS);
}
