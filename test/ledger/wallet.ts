import type { Budget, Spender } from '../../src/core/budget.ts';
import type { Cost } from '../../src/core/money.ts';
import { type Db, IN_MEMORY, openDb } from '../../src/ledger/db.ts';
import type { Entry } from '../../src/ledger/journal.ts';
import { MIGRATIONS } from '../../src/ledger/migrations.ts';
import { type Purse, purseIn, type Refusal } from '../../src/ledger/purse.ts';
import type { Clock } from '../../src/ledger/under-way.ts';

export const DOLLAR = 1_000_000_000;

/** A budget of a dollar that blocks, for a day, but for what is said otherwise. */
export const budget = (part: Partial<Budget> = {}): Budget => ({
  name: 'the budget',
  limit: DOLLAR,
  window: 'day',
  rolling: false,
  scope: { kind: 'all' },
  mode: 'block',
  ...part,
});

const SOMEBODY: Spender = { provider: 'openai', model: 'm', tool: 'call_model', project: '/p', session: 's', call: 'c' };

/** One of the ways in which money is spent, but for what is said otherwise. */
export const who = (part: Partial<Spender> = {}): Spender => ({ ...SOMEBODY, ...part });

/** A journal row that cost so many nano-dollars, or nobody knows how many. */
export const entry = (uid: string, at: number, nanoUsd: number | null, part: Partial<Entry> = {}): Entry => {
  const cost: Cost = nanoUsd === null ? { nanoUsd, why: 'nobody knows' } : { nanoUsd, from: 'prices' };
  return { ...SOMEBODY, uid, at, asked: 'openai/m', cost, ms: 100, ...part };
};

/** The clock of a machine that was never set: it runs on with the wall's. */
export const clockAt = (now: () => number): Clock => ({ now, uptime: now, host: 'a-machine' });

/** A purse in memory with a clock that the test sets. `using` closes it. */
export type Wallet = Disposable & {
  db: Db;
  purse: Purse;
  /** Lets time go by until then: a date with its offset, or epoch milliseconds. */
  at: (moment: string | number) => void;
  /** Sets the clock on the wall, and no time goes by. */
  set: (moment: string | number) => void;
  /** Spends at the clock's time, without a hold. */
  spend: (nano: number | null, part?: Partial<Entry>) => void;
  /** Holds so much for a minute; undefined where there was room. */
  hold: (nano: number, budgets: readonly Budget[], part?: Partial<Spender>) => Refusal | undefined;
  /** What has been spent of one budget, and what is held. */
  sums: (of: Budget, part?: Partial<Spender>) => { spent: number; held: number };
  /** When it begins anew. */
  resets: (of: Budget, part?: Partial<Spender>) => string | undefined;
  holds: () => number;
};

export async function openWallet(moment: string | number): Promise<Wallet> {
  const epoch = (when: string | number) => new Date(when).getTime();
  const db = await openDb(IN_MEMORY, MIGRATIONS);
  let now = epoch(moment);
  let uptime = now;
  let count = 0;
  const purse = purseIn(db, { now: () => now, uptime: () => uptime, host: 'a-machine' }, 4711);
  const next = () => `uid-${(count += 1)}`;
  return {
    db,
    purse,
    at(when) {
      uptime += Math.max(0, epoch(when) - now);
      now = epoch(when);
    },
    set: (when) => void (now = epoch(when)),
    spend: (nano, part) => purse.settle(entry(next(), now, nano, part)),
    hold: (nano, budgets, part) => purse.hold([{ id: next(), who: who(part), nano, expiresAt: now + 60_000 }], budgets),
    sums(of, part) {
      const [standing] = purse.standings([of], who(part));
      return { spent: standing?.spent ?? NaN, held: standing?.held ?? NaN };
    },
    resets(of, part) {
      const at = purse.standings([of], who(part))[0]?.resetsAt;
      return at === undefined ? undefined : new Date(at).toISOString();
    },
    holds: () => Number(db.all('SELECT COUNT(DISTINCT id) AS n FROM hold')[0]?.['n']),
    [Symbol.dispose]: () => db.close(),
  };
}
