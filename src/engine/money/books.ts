import { setTimeout as wait } from 'node:timers/promises';
import { Failure } from '../../core/errors.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import { codeOf, isBusy } from '../../ledger/sqlite-codes.ts';

/** The ledger as the engine uses it. */
export type Books = {
  ledger: Ledger;
  /** How it is called in a sentence: its path. */
  name: string;
  /** Why nothing is kept, as the end of a sentence; absent: it is. */
  trouble?: string;
  /** What became of a file that served before and is gone, as the end of a sentence. */
  gone?: string;
};

/** What codes of SQLite, of the system and of our own mean to whoever has to mend it. */
const MEANINGS: readonly { code: RegExp; why: string; remedy?: string }[] = [
  { code: /CORRUPT|NOTADB/, why: 'is damaged', remedy: 'move it away, and a new one is made' },
  { code: /FULL|ENOSPC|EDQUOT/, why: 'has no room left on its disk', remedy: 'make room' },
  { code: /EROFS/, why: 'lies on a disk that can only be read', remedy: 'make it writable' },
  { code: /READONLY|CANTOPEN|PERM|EACCES|EPERM/, why: 'cannot be written', remedy: 'make it and its folder writable' },
  {
    code: /NO_SHARED_MEMORY/,
    why: 'was made on another kind of disk, and cannot be used on this one, which has no shared memory for programs (a network drive, or a folder shared with a container or a virtual machine)',
    remedy: 'end the programs that use it elsewhere',
  },
  {
    code: /NO_LOCKS/,
    why: 'lies on a disk without file locks (a network drive, or a folder shared with a container or a virtual machine)',
    remedy: 'turn locks on for that disk',
  },
  { code: /ENOENT|ENOTDIR|EEXIST|ELOOP|ENAMETOOLONG/, why: 'cannot be made, because no folder can be made there' },
  { code: /IOERR|EIO/, why: 'cannot be read or written, because its disk fails (an I/O error)', remedy: 'check the disk' },
  { code: /BUSY|LOCKED/, why: 'is locked by another program', remedy: 'end that program' },
  {
    code: /MODULE_NOT_FOUND|DLOPEN/,
    why: 'has no database to be read with: the package libsql is not installed for this platform',
    remedy: 'install switchboard-mcp again',
  },
];

/** Why a ledger cannot be used and what to do, as the end of a sentence that begins with its path. */
export function troubleOf(error: unknown): string {
  const code = codeOf(error) ?? '';
  const { why, remedy } = MEANINGS.find((row) => row.code.test(code)) ?? {
    why: 'cannot be used',
    remedy: 'check the file and its folder',
  };
  return `${why}: ${[...(remedy === undefined ? [] : [remedy]), 'set SWITCHBOARD_HOME to another folder'].join(', or ')}`;
}

/**
 * Does what needs the ledger, the file or what is remembered in its place. `what`: what is not done where the file fails, as the
 * beginning of a sentence; that is a `config` failure, and what `work` throws of its own comes through.
 */
export async function onLedger<T>(books: () => Promise<Books>, what: string, work: (ledger: Ledger) => T): Promise<T> {
  const { ledger, name } = await books();
  try {
    return work(ledger);
  } catch (error) {
    if (codeOf(error) === undefined) throw error;
    throw new Failure('config', `${what}: ${name} ${troubleOf(error)}`, { cause: error });
  }
}

/**
 * Does what is nothing without the ledger's file: as `onLedger`, and a `config` failure also where the file cannot be used.
 */
export async function withLedger<T>(books: () => Promise<Books>, what: string, work: (ledger: Ledger) => T): Promise<T> {
  const { name, trouble } = await books();
  if (trouble !== undefined) throw new Failure('config', `${what}: ${name} ${trouble}`);
  return onLedger(books, what, work);
}

/** How long a call waits for a file that another program keeps locked, in milliseconds, and how often it looks. */
const PATIENCE_MS = 5000;
const LOOK_MS = 50;

/** Does work that needs the file's lock, again and again while another program has it, and at most `until` (epoch milliseconds). */
export async function patiently<T>(work: () => T, until: number): Promise<T> {
  const end = Math.min(until, Date.now() + PATIENCE_MS);
  for (;;) {
    try {
      return work();
    } catch (error) {
      if (!isBusy(error) || Date.now() >= end) throw error;
      await wait(LOOK_MS);
    }
  }
}
