import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Failure } from '../core/errors.ts';
import { makePrivate, PRIVATE_FOLDER } from './private-file.ts';

/** A row as it comes from the file; whoever asked knows what it selected. */
type Row = { readonly [column: string]: unknown };

type Value = string | number | bigint | null;

/** The one SQLite file, as far as anyone needs it. Every call is synchronous and takes tens of microseconds. */
export type Db = {
  all: (sql: string, ...values: Value[]) => Row[];
  /** Returns how many rows were changed. */
  run: (sql: string, ...values: Value[]) => number;
  /** Work that nobody else's writing comes between, in any process: the lock is taken before the first read. */
  immediate: <T>(work: () => T) => T;
  close: () => void;
};

/** The path of a database that ends with the process. */
export const IN_MEMORY = ':memory:';

/** How long a writer waits for another process, in milliseconds. */
const BUSY_MS = 1000;

const versionOf = (db: Db): number => Number(db.all('PRAGMA user_version')[0]?.['user_version'] ?? 0);

/** Brings the file to this program's version, each step in a transaction of its own. */
function migrate(db: Db, path: string, steps: readonly string[]): void {
  if (versionOf(db) > steps.length) {
    throw new Failure(
      'config',
      `${path} was written by a newer version of Switchboard: update this one, or set SWITCHBOARD_HOME to another folder`,
    );
  }
  while (versionOf(db) < steps.length) {
    db.immediate(() => {
      // Another process may have been faster while this one waited for the lock.
      const at = versionOf(db);
      for (const sql of (steps[at] ?? '').split(';')) if (sql.trim() !== '') db.run(sql);
      if (at < steps.length) db.run(`PRAGMA user_version = ${at + 1}`);
    });
  }
}

/**
 * Opens the file, making folder and file for the user alone where there are none, and brings it up to date with `steps` (SQL, one per version).
 * Throws a `config` failure for a file of a newer version, and whatever the library throws for one that is damaged or locked.
 */
export async function openDb(path: string, steps: readonly string[]): Promise<Db> {
  const { default: Database } = await import('libsql');
  if (path !== IN_MEMORY) {
    await mkdir(dirname(path), { recursive: true, mode: PRIVATE_FOLDER });
    makePrivate(path);
  }
  const file = new Database(path);
  // Statements are few and asked for often; compiling one takes longer than running it.
  const compiled = new Map<string, ReturnType<typeof file.prepare>>();
  const statement = (sql: string) => {
    const known = compiled.get(sql) ?? file.prepare(sql);
    compiled.set(sql, known);
    return known;
  };
  const db: Db = {
    all: (sql, ...values) =>
      statement(sql)
        .all(...values)
        .map((row) => ({ ...Object(row) })),
    run: (sql, ...values) => statement(sql).run(...values).changes,
    immediate: (work) => file.transaction(work).immediate(),
    close: () => void file.close(),
  };
  try {
    // WAL lets readers go on while one process writes; NORMAL survives a killed process, if not a power cut in the last moment.
    file.exec(`PRAGMA busy_timeout = ${BUSY_MS}; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL`);
    migrate(db, path, steps);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}
