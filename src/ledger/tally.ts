import type { Db } from './db.ts';
import { keyIn, newest, nextSlice, type Slice, startOf, sumRows, throughOf } from './uncounted.ts';
import { type Account, firstCounted, futureOf } from './windows.ts';

/** What an account has spent and holds, in nano-dollars. `ahead`: of what was spent, what lies in the future of the clock. */
export type Sums = { spent: number; held: number; ahead?: number };

/** So many rows of the journal are counted at a time, so that what is read is soon written and never read in vain for long. */
const SLICE_ROWS = 50_000;

/** So few uncounted rows are left to whoever holds the lock, and to whoever looks. */
const FEW_ROWS = 50;

const number = (value: unknown): number => Number(value ?? 0);

const ADVANCE = `INSERT INTO counted (count, window, rolling, through, touched_at) VALUES (?, ?, ?, ?, ?)
  ON CONFLICT (count) DO UPDATE SET through = excluded.through, touched_at = excluded.touched_at`;

const advance = (db: Db, { count, budget: { window, rolling } }: Account, through: number, now: number) =>
  void db.run(ADVANCE, count, window, rolling ? 1 : 0, through, now);

/** Makes a count begin now, unless it has already. Has to run in a transaction that holds the lock. */
export function begin(db: Db, account: Account, now: number): void {
  if (throughOf(db, account) === undefined) advance(db, account, startOf(db, account), now);
}

type Piece = { key: string; begins: number; nano: number };

/** What the rows of a slice add to the pieces of each account. Takes no lock. */
function piecesOf(db: Db, account: Account, slice: Slice): Piece[] {
  const { quantum, pieceOf } = account;
  const pieces = new Map<string, Piece>();
  const span = `at / ${quantum} AS span`;
  for (const row of sumRows(db, account, slice, { columns: [span], where: '', values: [] })) {
    const key = keyIn(row, account, slice);
    if (key === undefined) continue;
    const begins = pieceOf(number(row['span']) * quantum);
    const piece = pieces.get(`${begins} ${key}`) ?? { key, begins, nano: 0 };
    pieces.set(`${begins} ${key}`, { ...piece, nano: piece.nano + number(row['nano']) });
  }
  return [...pieces.values()];
}

const ADD = `INSERT INTO piece (count, key, begins_at, nano_usd) VALUES (?, ?, ?, ?)
  ON CONFLICT (count, key, begins_at) DO UPDATE SET nano_usd = nano_usd + excluded.nano_usd`;

function write(db: Db, account: Account, { upTo }: Slice, pieces: readonly Piece[], now: number): void {
  for (const { key, begins, nano } of pieces) db.run(ADD, account.count, key, begins, nano);
  advance(db, account, upTo, now);
}

/**
 * Counts what a count is far behind the journal with. The rows are read without a lock, which is taken for the few sums that
 * come of them: however long a history is, nobody waits for it. Has to run outside of any transaction.
 */
export function catchUp(db: Db, account: Account, now: number): void {
  while (newest(db) - (throughOf(db, account) ?? startOf(db, account)) > FEW_ROWS) {
    const read = db.snapshot(() => {
      const slice = nextSlice(db, account, throughOf(db, account), SLICE_ROWS);
      return slice && { slice, pieces: piecesOf(db, account, slice) };
    });
    if (read === undefined) return;
    db.immediate(() => {
      // Another process may have counted the same rows meanwhile: then it goes on from there.
      if (throughOf(db, account) === read.slice.known) write(db, account, read.slice, read.pieces, now);
    });
  }
}

/**
 * Brings a count up to date with the journal: counts the rows that were written since it was last looked at, by whatever
 * process and under whatever config, each exactly once. Has to run in a transaction that holds the lock.
 */
function fold(db: Db, account: Account, now: number): void {
  begin(db, account, now);
  for (;;) {
    const slice = nextSlice(db, account, throughOf(db, account), SLICE_ROWS);
    if (slice === undefined) return;
    write(db, account, slice, piecesOf(db, account, slice), now);
  }
}

function storedSums(db: Db, account: Account): Sums {
  const { key, count, since } = account;
  const [spent] = db.all(
    `SELECT TOTAL(nano_usd) AS nano, TOTAL(CASE WHEN begins_at >= ? THEN nano_usd END) AS ahead FROM piece
     WHERE count = ? AND key = ? AND begins_at >= ?`,
    futureOf(account),
    count,
    key,
    since,
  );
  // What has expired counts too, until it is given up as lost and stands in the journal.
  const [held] = db.all('SELECT TOTAL(nano_usd) AS nano FROM hold WHERE key = ?', key);
  const ahead = number(spent?.['ahead']);
  return { spent: number(spent?.['nano']), held: number(held?.['nano']), ...(ahead > 0 ? { ahead } : {}) };
}

/** What an account has spent and holds now. Has to run in a transaction that holds the lock. */
export function sumsOf(db: Db, account: Account, now: number): Sums {
  fold(db, account, now);
  return storedSums(db, account);
}

/** What the rows that a count has not come to yet add to each of its accounts, in nano-dollars by key. Writes nothing. */
function uncounted(db: Db, account: Account): Map<string, number> {
  const sums = new Map<string, number>();
  // `+`: the rows are found by their number, and the index over times is left alone.
  const window = { columns: [], where: ' AND +at >= ?', values: [firstCounted(account)] };
  let from = throughOf(db, account);
  for (;;) {
    const slice = nextSlice(db, account, from, Infinity);
    if (slice === undefined) return sums;
    for (const row of sumRows(db, account, slice, window)) {
      const key = keyIn(row, account, slice);
      if (key !== undefined) sums.set(key, (sums.get(key) ?? 0) + number(row['nano']));
    }
    from = slice.upTo;
  }
}

/**
 * What accounts have spent and hold now, in their order, at the cost of one pass over the uncounted rows for each count. Writes
 * nothing. Has to run in a snapshot.
 */
export function lookAt(db: Db, accounts: readonly Account[]): (Sums & { account: Account })[] {
  const left = new Map<string, Map<string, number>>();
  return accounts.map((account) => {
    const rest = left.get(account.count) ?? uncounted(db, account);
    left.set(account.count, rest);
    const { spent, ...sums } = storedSums(db, account);
    return { account, ...sums, spent: spent + (rest.get(account.key) ?? 0) };
  });
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
    newest(db),
  );
  // Of every time zone: a count that is behind passes over what lies before the row above.
  db.run('DELETE FROM piece WHERE key = ?', key);
  return sums;
}

const DAY_MS = 24 * 3_600_000;

/** Counts of calls and sessions are over after this, pieces of rolling windows (a month at the longest) after that. */
const STALE_MS = 60 * DAY_MS;
const PIECE_MS = 32 * DAY_MS;

/** Forgets the counts of calls and sessions, and the pieces of rolling windows, that nobody will look at again. What was spent
 * in each window of the calendar stays: it is history. */
export function forgetStale(db: Db, at: number): void {
  // A clock that is ahead for a while must not take away what counts when it is right again.
  const [last] = db.all('SELECT at FROM attempt ORDER BY id DESC LIMIT 1');
  const now = Math.min(at, number(last?.['at']));
  const stale = "window IN ('call', 'session') AND touched_at < ?";
  db.run(`DELETE FROM piece WHERE count IN (SELECT count FROM counted WHERE ${stale})`, now - STALE_MS);
  db.run(`DELETE FROM counted WHERE ${stale}`, now - STALE_MS);
  db.run('DELETE FROM piece WHERE count IN (SELECT count FROM counted WHERE rolling = 1) AND begins_at < ?', now - PIECE_MS);
}
