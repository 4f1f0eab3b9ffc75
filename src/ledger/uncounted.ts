import type { Db } from './db.ts';
import type { Account, Scoped } from './windows.ts';

const number = (value: unknown): number => Number(value ?? 0);

/** The number of the journal's last row. */
export const newest = (db: Db): number => number(db.all('SELECT MAX(id) AS id FROM attempt')[0]?.['id']);

/** The journal row up to which a count has come; undefined: it has not begun. */
export function throughOf(db: Db, { count }: Account): number | undefined {
  const row = db.all('SELECT through FROM counted WHERE count = ?', count)[0];
  return row === undefined ? undefined : number(row['through']);
}

/** The journal row after which a new count begins: where its window does. */
export function startOf(db: Db, { since, only }: Account): number {
  // Nothing of a session or call that nobody counted yet can have been spent.
  if (only !== undefined) return newest(db);
  if (since <= 0) return 0;
  const first = db.all('SELECT MIN(id) AS id FROM attempt WHERE at >= ?', since)[0]?.['id'];
  return first == null ? newest(db) : number(first) - 1;
}

/** What a row says of what an attempt was for; what was not asked of the journal is empty. */
const scopedIn = ({ provider = '', model = '', tool = '', project = '' }: Readonly<Record<string, unknown>>): Scoped => ({
  provider: String(provider),
  model: String(model),
  tool: String(tool),
  project: String(project),
});

/** For each account that was ever reset, the journal row up to which nothing counts for it any more. */
const resetsIn = (db: Db): Map<string, number> =>
  new Map(
    db
      .all('SELECT key, MAX(through) AS through FROM reset GROUP BY key')
      .map((row) => [String(row['key']), number(row['through'])]),
  );

/** Journal rows that come next for a count. */
export type Slice = {
  /** How far the count had come; undefined: it has not begun. */
  known: number | undefined;
  /** Between which rows they lie, the last one included. */
  after: number;
  upTo: number;
  resets: ReadonlyMap<string, number>;
};

/** The next slice of at most so many rows; undefined where a count has come to the end of the journal. */
export function nextSlice(db: Db, account: Account, from: number | undefined, rows: number): Slice | undefined {
  const after = from ?? startOf(db, account);
  const last = newest(db);
  if (last <= after) return undefined;
  const resets = resetsIn(db);
  // It ends where an account was reset: then all of its rows count for that account, or none.
  const ends = [...resets.values()].filter((through) => through > after);
  return { known: from, after, upTo: Math.min(last, after + rows, ...ends), resets };
}

/** What of a count's account one group of rows counts for; undefined: nothing. */
export function keyIn(row: Readonly<Record<string, unknown>>, account: Account, { after, resets }: Slice): string | undefined {
  const key = account.keyOf(scopedIn(row));
  return key === undefined || (resets.get(key) ?? 0) > after ? undefined : key;
}

/** Journal rows of a slice, summed by what they were for and by `more`; `where` narrows them. */
export function sumRows(
  db: Db,
  { facets, only }: Account,
  { after, upTo }: Slice,
  more: { columns: readonly string[]; where: string; values: readonly number[] },
) {
  const columns = [...more.columns, ...facets];
  const groups = columns.length === 0 ? '' : ` GROUP BY ${columns.map((_, nth) => nth + 1).join(', ')}`;
  const mine = only === undefined ? '' : ` AND ${only.column} = ?`;
  return db.all(
    `SELECT ${[...columns, 'TOTAL(nano_usd) AS nano'].join(', ')} FROM attempt
     WHERE id > ? AND id <= ? AND nano_usd > 0${more.where}${mine}${groups}`,
    after,
    upTo,
    ...more.values,
    ...(only === undefined ? [] : [only.value]),
  );
}
