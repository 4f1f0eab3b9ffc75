import { randomBytes } from 'node:crypto';
import { rmSync, statSync, statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { codeOf, isBusy, NO_LOCKS, NO_ROOM, NO_SHARED_MEMORY } from './sqlite-codes.ts';

/** A connection to one file, as far as opening it needs. */
export type Connection = {
  exec: (sql: string) => unknown;
  prepare: (sql: string) => { all: () => unknown[] };
  close: () => unknown;
};

type Connect<C extends Connection> = (path: string) => C;

/** What the disk lacks on which a database lies. `code`: as of SQLite's errors. */
class DiskTrouble extends Error {
  readonly code: string;
  constructor(code: string, cause?: unknown) {
    super(`${code}: the disk`, { cause });
    this.code = code;
  }
}

/** How long a writer waits for another process, in milliseconds. */
const BUSY_MS = 1000;

/**
 * WAL lets readers go on while one process writes; NORMAL survives a killed process, if not a power cut in the last moment. It
 * needs memory that processes share, which network drives and the shared folders of containers and virtual machines lack. There a rollback journal serves: readers wait for writers, and every change is written through.
 */
const WAL = 'PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL';
const ROLLBACK = 'PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL';

/** The files beside a database. */
const BESIDE = ['-wal', '-shm', '-journal'];

/**
 * Tries out which journal a disk can take, with a file of its own: once a database was switched to WAL where that does not work,
 * nothing can be read of it any more. Throws a `NO_LOCKS` error where not even a file that nobody else knows can be locked.
 */
function journalFor<C extends Connection>(path: string, connect: Connect<C>): string {
  const probe = `${path}-probe-${randomBytes(6).toString('hex')}`;
  let file: C | undefined;
  try {
    file = connect(probe);
    file.exec(`${WAL}; CREATE TABLE probe (n INTEGER)`);
    return WAL;
  } catch (error) {
    if (codeOf(error) === NO_SHARED_MEMORY) return ROLLBACK;
    throw isBusy(error) ? new DiskTrouble(NO_LOCKS, error) : error;
  } finally {
    file?.close();
    for (const end of ['', ...BESIDE]) rmSync(`${probe}${end}`, { force: true });
  }
}

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

/** The name of the journal that a database has; whatever SQLite throws where it cannot be read. */
const journalOf = (file: Connection): unknown => Object(file.prepare('PRAGMA journal_mode').all()[0]).journal_mode;

/**
 * Takes a database back from WAL on a disk without shared memory, which SQLite can while nobody else has it. Only where nothing
 * is left in the WAL: what is may belong to a program that has the file open from elsewhere.
 */
function takeBack<C extends Connection>(path: string, connect: Connect<C>, cause: unknown): C {
  if (sizeOf(`${path}-wal`) > 0) throw new DiskTrouble(NO_SHARED_MEMORY, cause);
  const file = connect(path);
  try {
    file.exec('PRAGMA locking_mode = EXCLUSIVE');
    file.exec(`${ROLLBACK}; PRAGMA locking_mode = NORMAL`);
    // The lock is let go of with the next look at the file.
    file.prepare('SELECT COUNT(*) FROM sqlite_master').all();
    return file;
  } catch (error) {
    file.close();
    throw new DiskTrouble(NO_SHARED_MEMORY, error);
  }
}

/** Opens a database by the journal that its disk can take. */
function opened<C extends Connection>(path: string, connect: Connect<C>): C {
  const file = connect(path);
  try {
    file.exec(`PRAGMA busy_timeout = ${BUSY_MS}`);
    file.exec(journalOf(file) === 'wal' ? WAL : journalFor(path, connect));
    return file;
  } catch (error) {
    file.close();
    if (codeOf(error) === NO_SHARED_MEMORY) return takeBack(path, connect, error);
    // Where locks do not work everything seems to be locked.
    if (isBusy(error)) journalFor(path, connect);
    throw error;
  }
}

/** Whether a folder's disk has no room left. */
function isFull(path: string): boolean {
  try {
    const { bavail } = statfsSync(dirname(path));
    return bavail === 0;
  } catch {
    return false;
  }
}

/** What stands behind an error that says nothing of its reason: a disk without room, most often. */
export function withReason(error: unknown, path: string): unknown {
  return /IOERR|CANTOPEN/.test(codeOf(error) ?? '') && isFull(path) ? new DiskTrouble(NO_ROOM, error) : error;
}

/** The pause before a file is opened again that somebody had locked, in milliseconds. */
const PAUSE_MS = 20;

/** Blocks the process, as every call of the library does. */
const pause = (ms: number): void => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

/**
 * Opens a database file. Throws what SQLite throws, or an error whose code says what the disk lacks. A switch to WAL waits for
 * nobody, whatever `busy_timeout` says (https://www.sqlite.org/c3ref/busy_handler.html: waiting could be a deadlock), so of
 * several programs that make the file at the same moment all but one would fail: they try again for as long as a writer waits.
 */
export function openOnDisk<C extends Connection>(path: string, connect: Connect<C>): C {
  const until = performance.now() + BUSY_MS;
  for (;;) {
    try {
      return opened(path, connect);
    } catch (error) {
      if (!isBusy(error) || performance.now() > until) throw withReason(error, path);
      pause(PAUSE_MS);
    }
  }
}
