import type { Budget, Spender } from '../core/budget.ts';
import type { Db } from './db.ts';
import { append, type Entry } from './journal.ts';
import { begin, reset, type Sums, sumsOf, untilOf } from './tally.ts';
import { type Account, accountOf } from './windows.ts';

/**
 * The most that an attempt may cost, held before it is made. `nano`: nano-dollars; 0: its price is 0 or not known, and something
 * has to be left for it all the same. `expiresAt`: epoch milliseconds.
 */
export type Claim = { id: string; who: Spender; nano: number; expiresAt: number };

/** How a budget stands. `resetsAt`: epoch milliseconds; absent: it does not begin anew at a certain moment. */
export type Standing = Sums & {
  budget: Budget;
  /** Whom it counts, where each has the limit for itself. */
  whose?: string;
  /** When it was last reset by hand. */
  resetAt?: number;
  resetsAt?: number;
};

/** A budget that would not hold what was claimed, and by which claim it was passed. */
export type Refusal = Standing & { claim: Claim };

/** What goes with an attempt that is written down: its hold, and the budgets that may count it. */
export type Settling = { holdId?: string; budgets?: readonly Budget[] };

/** Money as the servers of a machine share it. */
export type Purse = {
  /**
   * Holds all claims or none, against every budget that blocks and counts them; says which budget has no room. `look`: holds
   * nothing and only says so.
   */
  hold: (claims: readonly Claim[], budgets: readonly Budget[], look?: 'look') => Refusal | undefined;
  /**
   * Writes an attempt down and lets go of what was held for it. The same entry may come again: it counts once. `budgets`:
   * those that it may count for; a call's or a session's have to know of their first attempt before it is written.
   */
  settle: (entry: Entry, about?: Settling) => void;
  /** Lets go of what was held for an attempt that was never made. */
  release: (holdId: string) => void;
  /** How the budgets that count this spender stand, in their order. */
  standings: (budgets: readonly Budget[], who: Spender) => Standing[];
  /** Lets a budget begin anew for this spender, and leaves a row; what it stood at. Nothing where it does not count him. */
  reset: (budget: Budget, who: Spender) => Standing | undefined;
};

const standingOf = ({ budget, whose, resetsAt }: Account, sums: Sums): Standing => ({
  budget,
  ...sums,
  ...(whose === undefined ? {} : { whose }),
  ...(resetsAt === undefined ? {} : { resetsAt }),
});

/** What is thrown to undo a hold: one that has no room, or one that was only tried. Nobody outside sees it. */
class Undone extends Error {
  readonly refusal: Refusal | undefined;
  constructor(refusal?: Refusal) {
    super('undone');
    this.refusal = refusal;
  }
}

// The condition stands in the statement that holds: between looking and holding nobody can come.
const HOLD = `INSERT INTO hold (id, key, nano_usd, expires_at) SELECT ?, ?, ?, ? WHERE
  (SELECT TOTAL(nano_usd) FROM counter WHERE key = ? AND begins_at >= ? AND begins_at < ?) +
  (SELECT TOTAL(nano_usd) FROM hold WHERE key = ? AND expires_at > ?) + ? <= ?
  ON CONFLICT (id, key) DO NOTHING`;

/** The accounts of a claim, one for each counter: of budgets that count the same the tightest has to hold. */
function accountsOf(budgets: readonly Budget[], who: Spender, now: number): Account[] {
  const tightest = new Map<string, Account>();
  for (const budget of budgets) {
    const account = accountOf(budget, who, now);
    const other = account && tightest.get(account.key);
    if (account && (other === undefined || budget.limit < other.budget.limit)) tightest.set(account.key, account);
  }
  return [...tightest.values()];
}

/** `own`: what this batch holds of each account already; it is undone with the rest, so it is nobody else's. Nano-dollars. */
function take(db: Db, claim: Claim, account: Account, now: number, own: Map<string, number>): void {
  const { key, counter, since, budget } = account;
  const sums = sumsOf(db, account, now);
  const { id, nano, expiresAt } = claim;
  const wanted = Math.max(nano, 1);
  const taken = db.run(HOLD, id, key, nano, expiresAt, counter, since, untilOf(account), key, now, wanted, budget.limit);
  const before = own.get(key) ?? 0;
  if (taken === 0) throw new Undone({ ...standingOf(account, sums), held: sums.held - before, claim });
  own.set(key, before + nano);
}

/** Money in the file. `now`: epoch milliseconds. */
export function purseIn(db: Db, now: () => number = Date.now): Purse {
  return {
    hold(claims, budgets, look) {
      const blocking = budgets.filter(({ mode }) => mode === 'block');
      const at = now();
      try {
        db.immediate(() => {
          db.run('DELETE FROM hold WHERE expires_at <= ?', at);
          const own = new Map<string, number>();
          for (const claim of claims)
            for (const account of accountsOf(blocking, claim.who, at)) take(db, claim, account, at, own);
          if (look !== undefined) throw new Undone();
        });
      } catch (error) {
        if (error instanceof Undone) return error.refusal;
        throw error;
      }
      return undefined;
    },
    settle: (entry, { holdId, budgets = [] } = {}) =>
      db.immediate(() => {
        for (const account of accountsOf(budgets, entry, now())) if (account.only !== undefined) begin(db, account, now());
        append(db, entry);
        if (holdId !== undefined) db.run('DELETE FROM hold WHERE id = ?', holdId);
      }),
    release: (holdId) => void db.run('DELETE FROM hold WHERE id = ?', holdId),
    standings: (budgets, who) =>
      db.immediate(() =>
        budgets.flatMap((budget) => {
          const account = accountOf(budget, who, now());
          if (account === undefined) return [];
          const [last] = db.all('SELECT MAX(at) AS at FROM reset WHERE key = ?', account.key);
          const standing = standingOf(account, sumsOf(db, account, now()));
          return [last?.['at'] == null ? standing : { ...standing, resetAt: Number(last['at']) }];
        }),
      ),
    reset: (budget, who) =>
      db.immediate(() => {
        const account = accountOf(budget, who, now());
        return account === undefined ? undefined : standingOf(account, reset(db, account, now()));
      }),
  };
}
