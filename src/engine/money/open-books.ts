import type { Config } from '../../config/config.ts';
import { Failure, failureIn } from '../../core/errors.ts';
import { type Ledger, ledgerPath, memoryLedger, noLedger, openLedger } from '../../ledger/ledger.ts';
import { type Books, troubleOf } from './books.ts';

/** What a call is told that a budget binds, when the ledger that keeps the budget cannot be used. */
export const noBooks = (home: string | undefined, trouble: string, cause?: unknown): Failure =>
  new Failure('config', `A budget is set, and ${nameOf(home)} that keeps it ${trouble}`, { cause });

const nameOf = (home: string | undefined): string => (home === undefined ? 'the ledger' : ledgerPath(home));

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
 * for a file of a newer version, and for any that cannot be used while a budget blocks. `pid`: this process.
 */
export function openBooks({ home, budgets }: Pick<Config, 'home' | 'budgets'>, pid?: number): OpenBooks {
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
    return { ledger: known?.ledger ?? (await memoryLedger(pid).catch(noLedger)), name, trouble };
  }

  async function open(): Promise<Books> {
    try {
      const ledger = home === undefined ? await memoryLedger(pid) : await openLedger(home, pid);
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
