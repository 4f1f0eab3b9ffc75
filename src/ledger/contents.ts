import type { Db } from './db.ts';

/** What a process remembered while it had no file, table by table. */
export type Contents = readonly { table: string; rows: readonly Readonly<Record<string, unknown>>[] }[];

/** What is worth keeping. The journal's rows get numbers of their own wherever they go, and sums are made from them anew. */
const TABLES: readonly { table: string; without?: string }[] = [
  { table: 'attempt', without: 'id' },
  { table: 'hold' },
  { table: 'under_way' },
  { table: 'kept_answer' },
  { table: 'kept_result' },
  { table: 'thread' },
  { table: 'turn' },
];

/** Calls and sessions under way: what they have spent counts from their first row on, and nobody else's has to be looked at. */
const UNDER_WAY = "SELECT * FROM counted WHERE window IN ('call', 'session')";

export const contentsOf = (db: Db): Contents => [
  { table: 'counted', rows: db.all(UNDER_WAY) },
  ...TABLES.map(({ table, without }) => ({
    table,
    rows: db
      .all(`SELECT * FROM ${table}`)
      .map((row) => Object.fromEntries(Object.entries(row).filter(([name]) => name !== without))),
  })),
];

const valueOf = (value: unknown): string | number | null =>
  typeof value === 'string' || typeof value === 'number' ? value : null;

/** Adds what another ledger remembered, all of it or nothing; what is there already stays as it is. */
export function addContents(db: Db, contents: Contents): void {
  db.immediate(() => {
    const [newest] = db.all('SELECT COALESCE(MAX(id), 0) AS through FROM attempt');
    for (const { table, rows } of contents)
      for (const row of rows) {
        const here = table === 'counted' ? { ...row, ...newest } : row;
        const names = Object.keys(here);
        db.run(
          `INSERT OR IGNORE INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
          ...Object.values(here).map(valueOf),
        );
      }
  });
}
