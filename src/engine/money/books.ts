import { setTimeout as wait } from 'node:timers/promises';
import type { Config } from '../../config/config.ts';
import { Failure, failureIn } from '../../core/errors.ts';
import { type Ledger, ledgerPath, memoryLedger, noLedger, openLedger } from '../../ledger/ledger.ts';
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

/** What a call is told that a budget binds, when the ledger that keeps the budget cannot be used. */
export const noBooks = (home: string | undefined, trouble: string, cause?: unknown): Failure =>
  new Failure('config', `A budget is set, and ${nameOf(home)} that keeps it ${trouble}`, { cause });

const nameOf = (home: string | undefined): string => (home === undefined ? 'the ledger' : ledgerPath(home));

/**
 * Does what is nothing without the ledger's file. `what`: what is not done where it cannot be used, as the beginning of a
 * sentence; that is a `config` failure, and what `work` throws of its own comes through.
 */
export async function withLedger<T>(books: () => Promise<Books>, what: string, work: (ledger: Ledger) => T): Promise<T> {
  const { ledger, name, trouble } = await books();
  if (trouble !== undefined) throw new Failure('config', `${what}: ${name} ${trouble}`);
  try {
    return work(ledger);
  } catch (error) {
    if (codeOf(error) === undefined) throw error;
    throw new Failure('config', `${what}: ${name} ${troubleOf(error)}`, { cause: error });
  }
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

/** After a ledger could not be opened it is left alone for so long, in milliseconds; each time twice as long, up to a minute. */
const PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 60_000;

/** Goes on in a file with what was remembered without it. */
function moveTo(file: Ledger, memory: Ledger): void {
  try {
    const contents = memory.contents();
    if (contents.length > 0) file.add(contents);
  } catch (error) {
    file.close();
    throw error;
  }
  memory.close();
}

/** The ledger, opened at the first call. */
export type OpenBooks = (() => Promise<Books>) & {
  /** Writes into the file what is still remembered instead, where it can be had by now; undefined: nobody has asked for it. */
  last: () => Promise<Books | undefined>;
};

/**
 * Opens the ledger. A file that cannot be used stops nobody as long as no budget blocks: then this process remembers for
 * itself, and tries again at a later call. What it remembered is then written into the file. Each call throws a `config` failure
 * for a file of a newer version, and for any that cannot be used while a budget blocks.
 */
export function openBooks({ home, budgets }: Pick<Config, 'home' | 'budgets'>): OpenBooks {
  const name = nameOf(home);
  const isBlocking = budgets.some(({ mode }) => mode === 'block');
  let known: Books | undefined;
  let opening: Promise<Books> | undefined;
  let [pause, tryAt] = [PAUSE_MS, 0];

  /** The ledger that serves while the file does not. */
  async function instead(cause: unknown): Promise<Books> {
    const newer = failureIn(cause);
    if (newer !== undefined) throw newer;
    const trouble = troubleOf(cause);
    if (isBlocking) throw noBooks(home, trouble, cause);
    [tryAt, pause] = [Date.now() + pause, Math.min(2 * pause, LONGEST_PAUSE_MS)];
    return { ledger: known?.ledger ?? (await memoryLedger().catch(noLedger)), name, trouble };
  }

  async function open(): Promise<Books> {
    try {
      const ledger = home === undefined ? await memoryLedger() : await openLedger(home);
      if (known !== undefined) moveTo(ledger, known.ledger);
      return { ledger, name };
    } catch (error) {
      return instead(error);
    }
  }

  const again = (): Promise<Books> =>
    (opening ??= open()
      .then((books) => (known = books))
      .finally(() => void (opening = undefined)));

  const ask = async (): Promise<Books> =>
    known !== undefined && (known.trouble === undefined || Date.now() < tryAt) ? known : again();
  return Object.assign(ask, { last: async () => (known?.trouble === undefined ? (opening ?? known) : again()) });
}
