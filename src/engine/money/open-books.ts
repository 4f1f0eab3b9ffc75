import type { Config } from '../../config/config.ts';
import { defined } from '../../core/defined.ts';
import { Failure, failureIn } from '../../core/errors.ts';
import type { Contents } from '../../ledger/contents.ts';
import { type Ledger, ledgerPath, memoryLedger, noLedger, openLedger } from '../../ledger/ledger.ts';
import { type Books, troubleOf } from './books.ts';

/** What a call is told that a budget binds, when the ledger that keeps the budget cannot be used. */
export const noBooks = (home: string | undefined, trouble: string, cause?: unknown): Failure =>
  new Failure('config', `A budget is set, and ${nameOf(home)} that keeps it ${trouble}`, { cause });

const nameOf = (home: string | undefined): string => (home === undefined ? 'the ledger' : ledgerPath(home));

/** After a ledger could not be opened it is left alone for so long, in milliseconds; each time twice as long, up to a minute. */
const PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 60_000;

/** Goes on in a file with what another ledger has. */
function moveTo(file: Ledger, other: Ledger, contents: () => Contents): void {
  try {
    const some = contents();
    if (some.length > 0) file.add(some);
  } catch (error) {
    file.close();
    throw error;
  }
  other.close();
}

/** What is told of a file that was removed or replaced, as the end of a sentence. */
function goneText(at: Date): string {
  const time = at.toLocaleTimeString('sv-SE').slice(0, 5);
  return `the ledger’s file was removed or replaced while this program ran (noticed at ${time}): a new one goes on with what was spent, and the conversations, results and answers kept before are gone`;
}

/** The ledger, opened at the first call. */
export type OpenBooks = (() => Promise<Books>) & {
  /** Writes into the file what is still remembered instead, where it can be had by now; undefined: nobody has asked for it. */
  last: () => Promise<Books | undefined>;
};

/**
 * Opens the ledger. A file that cannot be used stops nobody as long as no budget blocks: then this process remembers for
 * itself, and tries again at a later call. What it remembered is then written into the file. Each call throws a `config` failure
 * for a file of a newer version, and for any that cannot be used while a budget blocks. A file that is removed or replaced while
 * it is open is noticed at the next use: another one goes on with its money, so that no ceiling begins anew. `pid`: this process.
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
    // A clock that is set back must not make the pause longer.
    [tryAt, pause] = [performance.now() + pause, Math.min(2 * pause, LONGEST_PAUSE_MS)];
    return { ledger: known?.ledger ?? (await memoryLedger(pid).catch(noLedger)), name, trouble };
  }

  async function open(): Promise<Books> {
    const before = known?.ledger;
    const isGone = before !== undefined && known?.trouble === undefined;
    const gone = isGone ? goneText(new Date()) : known?.gone;
    try {
      if (isGone) before.place.clear();
      const ledger = home === undefined ? await memoryLedger(pid) : await openLedger(home, pid);
      if (before !== undefined) moveTo(ledger, before, isGone ? before.money : before.contents);
      return { ledger, name, ...defined({ gone }) };
    } catch (error) {
      return { ...(await instead(error)), ...defined({ gone }) };
    }
  }

  const again = (): Promise<Books> =>
    (opening ??= open()
      .then((books) => (known = books))
      .finally(() => void (opening = undefined)));

  const isUsable = ({ ledger, trouble }: Books): boolean => trouble === undefined && ledger.place.isThere();

  const ask = async (): Promise<Books> => {
    if (known === undefined) return again();
    return isUsable(known) || (known.trouble !== undefined && performance.now() < tryAt) ? known : again();
  };
  return Object.assign(ask, {
    async last() {
      if (known === undefined) return opening;
      return isUsable(known) ? known : again();
    },
  });
}
