import type { Budget, Spender } from '../core/budget.ts';
import type { Db } from './db.ts';
import { append, type Entry } from './journal.ts';
import { begin, catchUp, lookAt, reset, type Sums, sumsOf } from './tally.ts';
import { beginAttempt, type Begun, type Clock, endAttempt, giveUpLost, LOST, MACHINE_CLOCK } from './under-way.ts';
import { type Account, accountOf } from './windows.ts';

/**
 * An attempt and the most that it may cost, held before it is made. Where that is 0 or not known, something has to be left for
 * it all the same.
 */
export type Claim = Begun & {
  /** No budget has to have room for it: it is written down as under way, and nothing is held. */
  unbound?: boolean;
};

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

/** What goes with an attempt that is written down: the budgets that may count it. */
export type Settling = { budgets?: readonly Budget[] };

/** Money as the servers of a machine share it. */
export type Purse = {
  /** Holds all claims or none, against every budget that blocks and counts them, and says which budget has no room. */
  hold: (claims: readonly Claim[], budgets: readonly Budget[]) => Refusal | undefined;
  /** What `hold` would say now. Holds nothing. */
  wouldRefuse: (claims: readonly Claim[], budgets: readonly Budget[]) => Refusal | undefined;
  /**
   * Writes an attempt down and lets go of what was held for it. The same entry may come again: it counts once. `budgets`:
   * those that it may count for; a call's or a session's have to know of their first attempt before it is written. An attempt
   * that was given up as lost counts as the larger of what was written then and what it cost.
   */
  settle: (entry: Entry, about?: Settling) => void;
  /** Lets go of what was held for an attempt that was never made. */
  release: (id: string) => void;
  /** Writes those attempts into the journal whose process never told what became of them. */
  giveUpLost: () => void;
  /** How the budgets stand that count these spenders: in the order of the budgets, each account once. Waits for no lock. */
  standings: (budgets: readonly Budget[], ...spenders: readonly Spender[]) => Standing[];
  /** Lets a budget begin anew for each of these spenders that it counts, and leaves rows; what each account stood at. */
  reset: (budget: Budget, ...spenders: readonly Spender[]) => Standing[];
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
  (SELECT TOTAL(nano_usd) FROM piece WHERE count = ? AND key = ? AND begins_at >= ?) +
  (SELECT TOTAL(nano_usd) FROM hold WHERE key = ?) + ? <= ?
  ON CONFLICT (id, key) DO NOTHING`;

/** The accounts of a claim, each once: of budgets that count the same the tightest has to hold. */
function accountsOf(budgets: readonly Budget[], who: Spender, now: number): Account[] {
  const tightest = new Map<string, Account>();
  for (const budget of budgets) {
    const account = accountOf(budget, who, now);
    const other = account && tightest.get(account.key);
    if (account && (other === undefined || budget.limit < other.budget.limit)) tightest.set(account.key, account);
  }
  return [...tightest.values()];
}

/**
 * Holds one claim on one account, or throws `Undone`. `own`: nano-dollars this batch already holds per account; subtracted from
 * `held` in a refusal, because the batch is undone.
 */
function take(db: Db, claim: Claim, account: Account, now: number, own: Map<string, number>): void {
  const { key, count, since, budget } = account;
  const sums = sumsOf(db, account, now);
  const { id, expiresAt } = claim;
  const nano = claim.nano ?? 0;
  const wanted = Math.max(nano, 1);
  const taken = db.run(HOLD, id, key, nano, expiresAt, count, key, since, key, wanted, budget.limit);
  const before = own.get(key) ?? 0;
  if (taken === 0) throw new Undone({ ...standingOf(account, sums), held: sums.held - before, claim });
  own.set(key, before + nano);
}

/** Holds what has to be held for these claims, or throws `Undone`. */
function takeAll(db: Db, claims: readonly Claim[], blocking: readonly Budget[], now: number): void {
  const own = new Map<string, number>();
  for (const claim of claims.filter(({ unbound }) => !unbound))
    for (const account of accountsOf(blocking, claim.who, now)) take(db, claim, account, now, own);
}

/** Writes an attempt that was given up as lost a second time: what it cost beyond what counts already. */
function appendFound(db: Db, entry: Entry, lost: number): void {
  const { uid, cost } = entry;
  const rest = Math.max(0, (cost.nanoUsd ?? cost.atLeast ?? 0) - lost);
  const beyond = cost.nanoUsd === null ? { ...cost, atLeast: rest } : { ...cost, nanoUsd: rest };
  append(db, { ...entry, uid: `${uid} found`, again: true, cost: beyond });
}

/** Does work that may be undone; why it was. */
function refusalIn(db: Db, work: () => void): Refusal | undefined {
  try {
    db.immediate(work);
    return undefined;
  } catch (error) {
    if (error instanceof Undone) return error.refusal;
    throw error;
  }
}

/** The accounts of these budgets for these spenders, each once for each budget. */
const eachAccount = (budgets: readonly Budget[], spenders: readonly Spender[], now: number): Account[] =>
  budgets.flatMap((budget) => {
    const accounts = spenders.flatMap((who) => accountOf(budget, who, now) ?? []);
    return [...new Map(accounts.map((account) => [account.key, account])).values()];
  });

/** Money in the file. `pid`: the process that spends it. */
export function purseIn(db: Db, clock: Clock = MACHINE_CLOCK, pid?: number): Purse {
  const { now } = clock;
  /** Counts a long history before the lock is taken. */
  const prepare = (budgets: readonly Budget[], spenders: readonly Spender[], at: number): void => {
    for (const account of eachAccount(budgets, spenders, at)) catchUp(db, account, at);
  };
  const holding = (claims: readonly Claim[], budgets: readonly Budget[], then: () => void): Refusal | undefined => {
    const [blocking, at] = [budgets.filter(({ mode }) => mode === 'block'), now()];
    const spenders = claims.flatMap(({ who, unbound }) => (unbound ? [] : [who]));
    prepare(blocking, spenders, at);
    giveUpLost(db, clock);
    return refusalIn(db, () => {
      takeAll(db, claims, blocking, at);
      for (const claim of claims) beginAttempt(db, claim, clock, pid);
      then();
    });
  };
  return {
    hold: (claims, budgets) => holding(claims, budgets, () => undefined),
    wouldRefuse: (claims, budgets) =>
      holding(claims, budgets, () => {
        throw new Undone();
      }),
    settle(entry, { budgets = [] } = {}) {
      const at = now();
      // Those that block were counted by the hold.
      const warning = budgets.filter(({ mode }) => mode === 'warn');
      prepare(warning, [entry], at);
      db.immediate(() => {
        for (const account of accountsOf(budgets, entry, at)) if (account.only !== undefined) begin(db, account, at);
        const [lost] = db.all('SELECT nano_usd FROM attempt WHERE uid = ? AND kind = ?', entry.uid, LOST);
        if (lost === undefined) append(db, entry);
        else appendFound(db, entry, Number(lost['nano_usd'] ?? 0));
        endAttempt(db, entry.uid);
      });
    },
    release: (id) => db.immediate(() => endAttempt(db, id)),
    giveUpLost: () => giveUpLost(db, clock),
    standings(budgets, ...spenders) {
      const at = now();
      const accounts = eachAccount(budgets, spenders, at);
      return db.snapshot(() =>
        lookAt(db, accounts).map(({ account, ...sums }) => {
          const last = db.all('SELECT MAX(at) AS at FROM reset WHERE key = ?', account.key)[0]?.['at'];
          const standing = standingOf(account, sums);
          return last == null ? standing : { ...standing, resetAt: Number(last) };
        }),
      );
    },
    reset(budget, ...spenders) {
      const at = now();
      prepare([budget], spenders, at);
      return db.immediate(() =>
        eachAccount([budget], spenders, at).map((account) => standingOf(account, reset(db, account, at))),
      );
    },
  };
}
