import { dirname } from 'node:path';
import { Failure } from '../core/errors.ts';
import { openOnDisk, withReason } from './disk.ts';
import { makeFolder, makePrivate } from './private-file.ts';

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
  /** Reading that sees one state of the file, whatever others write meanwhile. It waits for nobody, and nobody for it. */
  snapshot: <T>(work: () => T) => T;
  close: () => void;
};

/** The path of a database that ends with the process. */
export const IN_MEMORY = ':memory:';

const versionOf = (db: Db): number => Number(db.all('PRAGMA user_version')[0]?.['user_version'] ?? 0);

/** Brings the file to this program's version, all the way or not at all. `exec` runs several statements. */
function migrate(db: Db, exec: (sql: string) => void, path: string, migrations: readonly string[]): void {
  if (versionOf(db) > migrations.length) {
    throw new Failure(
      'config',
      `${path} was written by a newer version of Switchboard: update this one, or set SWITCHBOARD_HOME to another folder`,
    );
  }
  if (versionOf(db) === migrations.length) return;
  db.immediate(() => {
    // Another process may have been faster while this one waited for the lock.
    const missing = migrations.slice(versionOf(db));
    if (missing.length > 0) exec([...missing, `PRAGMA user_version = ${migrations.length}`].join(';\n'));
  });
}

/**
 * Opens the file, making folder and file for the user alone where there are none, and brings it up to date with `migrations` (SQL, one per version).
 * Throws a `config` failure for a file of a newer version, and whatever the library throws for one that is damaged or locked.
 */
export async function openDb(path: string, migrations: readonly string[]): Promise<Db> {
  const { default: Database } = await import('libsql');
  if (path !== IN_MEMORY) {
    makeFolder(dirname(path));
    makePrivate(path);
  }
  const file = path === IN_MEMORY ? new Database(path) : openOnDisk(path, (at) => new Database(at));
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
    snapshot: (work) => file.transaction(work).deferred(),
    close: () => void file.close(),
  };
  try {
    migrate(db, (sql) => void file.exec(sql), path, migrations);
    return db;
  } catch (error) {
    db.close();
    throw withReason(error, path);
  }
}
