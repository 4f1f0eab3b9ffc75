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
};

/** What SQLite's codes mean to whoever has to mend it. */
const MEANINGS: readonly { code: RegExp; why: string; remedy: string }[] = [
  { code: /CORRUPT|NOTADB/, why: 'is damaged', remedy: 'move it away, and a new one is made' },
  { code: /READONLY|CANTOPEN|PERM|EACCES|EROFS|EPERM/, why: 'cannot be written', remedy: 'make it and its folder writable' },
  { code: /BUSY|LOCKED/, why: 'is locked by another program', remedy: 'end that program' },
  {
    code: /MODULE_NOT_FOUND|DLOPEN/,
    why: 'has no database to be read with: the package libsql is not installed for this platform',
    remedy: 'install switchboard-mcp again',
  },
  { code: /FULL|ENOSPC/, why: 'has no room left on its disk', remedy: 'make room' },
];

/** Why a ledger cannot be used and what to do, as the end of a sentence that begins with its path. */
export function troubleOf(error: unknown): string {
  const code = codeOf(error) ?? '';
  const { why, remedy } = MEANINGS.find((row) => row.code.test(code)) ?? {
    why: 'cannot be used',
    remedy: 'check the file and its folder',
  };
  return `${why}: ${remedy}, or set SWITCHBOARD_HOME to another folder`;
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
