import type { Db } from './db.ts';

/** What a process remembered while it had no file, table by table. */
export type Contents = readonly { table: string; rows: readonly Row[] }[];

type Row = Readonly<Record<string, unknown>>;

type Table = { table: string; query?: string; without?: readonly string[] };

/** What is worth keeping. The journal's rows get numbers of their own wherever they go, and sums are made from them anew. */
const TABLES: readonly Table[] = [
  { table: 'attempt', without: ['id'] },
  { table: 'hold' },
  { table: 'under_way' },
  { table: 'kept_answer' },
  { table: 'kept_result' },
  { table: 'thread' },
  { table: 'turn' },
];

/** Calls and sessions under way: what they have spent counts from their first row on, and nobody else's has to be looked at. */
const UNDER_WAY: Table = { table: 'counted', query: "SELECT * FROM counted WHERE window IN ('call', 'session')" };

/** So many rows of the journal are taken along to another file: to write them takes less than a second. */
const MOST_ROWS = 50_000;

/** What is taken along of money where a file is gone: nothing that anybody said, and what was spent of late. */
const MONEY: readonly Table[] = [
  UNDER_WAY,
  {
    table: 'attempt',
    query: `SELECT * FROM attempt WHERE id > (SELECT MAX(id) FROM attempt) - ${MOST_ROWS} ORDER BY id`,
    without: ['id', 'prompt', 'answer'],
  },
  // A reset says up to which row nothing counts any more: in another file that row has another number.
  {
    table: 'reset',
    query:
      'SELECT at, key, budget, nano_usd, (SELECT uid FROM attempt WHERE id <= through ORDER BY id DESC LIMIT 1) AS after FROM reset',
  },
  { table: 'hold' },
  { table: 'under_way' },
];

const read = (db: Db, tables: readonly Table[]): Contents =>
  tables.map(({ table, query = `SELECT * FROM ${table}`, without = [] }) => ({
    table,
    rows: db.all(query).map((row) => Object.fromEntries(Object.entries(row).filter(([name]) => !without.includes(name)))),
  }));

export const contentsOf = (db: Db): Contents => read(db, [UNDER_WAY, ...TABLES]);

export const moneyOf = (db: Db): Contents => read(db, MONEY);

const valueOf = (value: unknown): string | number | null =>
  typeof value === 'string' || typeof value === 'number' ? value : null;

/** Adds a reset of another file, unless nothing is here that it could be about, or it is here already. */
function addReset(db: Db, { at, key, budget, nano_usd, after }: Row): void {
  const [through] = db.all('SELECT id FROM attempt WHERE uid = ?', valueOf(after));
  if (through === undefined) return;
  db.run(
    `INSERT INTO reset (at, key, budget, nano_usd, through) SELECT ?1, ?2, ?3, ?4, ?5
     WHERE NOT EXISTS (SELECT 1 FROM reset WHERE at = ?1 AND key = ?2)`,
    ...[at, key, budget, nano_usd, through['id']].map(valueOf),
  );
}

function addRow(db: Db, table: string, row: Row): void {
  if (table === 'reset') return addReset(db, row);
  const names = Object.keys(row);
  db.run(
    `INSERT OR IGNORE INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
    ...Object.values(row).map(valueOf),
  );
}

/** Adds what another ledger remembered, all of it or nothing; what is there already stays as it is. */
export function addContents(db: Db, contents: Contents): void {
  db.immediate(() => {
    const [newest] = db.all('SELECT COALESCE(MAX(id), 0) AS through FROM attempt');
    for (const { table, rows } of contents)
      for (const row of rows) addRow(db, table, table === 'counted' ? { ...row, ...newest } : row);
  });
}
