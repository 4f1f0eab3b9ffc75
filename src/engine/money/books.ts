import type { Config } from '../../config/config.ts';
import { Failure, failureIn } from '../../core/errors.ts';
import { type Ledger, ledgerPath, memoryLedger, noLedger, openLedger } from '../../ledger/ledger.ts';

/** The ledger as the engine uses it. */
export type Books = {
  ledger: Ledger;
  /** Why nothing is kept, as the end of a sentence; absent: it is. */
  trouble?: string;
};

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');

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
  const code = codeOf(error);
  const { why, remedy } = MEANINGS.find((row) => row.code.test(code)) ?? {
    why: 'cannot be used',
    remedy: 'check the file and its folder',
  };
  return `${why}: ${remedy}, or set SWITCHBOARD_HOME to another folder`;
}

/** What a call is told that a budget binds, when the ledger that keeps the budget cannot be used. */
export const noBooks = (home: string | undefined, trouble: string, cause?: unknown): Failure =>
  new Failure('config', `A budget is set, and ${home === undefined ? 'the ledger' : ledgerPath(home)} that keeps it ${trouble}`, {
    cause,
  });

/**
 * Opens the ledger. A file that cannot be used stops nobody as long as no budget blocks: then this process remembers for
 * itself. Throws a `config` failure for a file of a newer version, and for any that cannot be used while a budget blocks.
 */
export async function openBooks({ home, budgets }: Config): Promise<Books> {
  try {
    return { ledger: home === undefined ? await memoryLedger() : await openLedger(home) };
  } catch (error) {
    const newer = failureIn(error);
    if (newer !== undefined) throw newer;
    const trouble = troubleOf(error);
    if (budgets.some(({ mode }) => mode === 'block')) throw noBooks(home, trouble, error);
    const ledger = await memoryLedger().catch(noLedger);
    return { ledger, trouble: `${home === undefined ? 'the ledger' : ledgerPath(home)} ${trouble}` };
  }
}
