import { randomUUID } from 'node:crypto';
import type { Config } from '../../config/config.ts';
import type { Budget, Spender } from '../../core/budget.ts';
import { type Ask, type ModelRef, type Note, refText } from '../../core/chat.ts';
import { defined } from '../../core/defined.ts';
import type { Failure } from '../../core/errors.ts';
import { type Cost, dollars } from '../../core/money.ts';
import { settled } from '../../core/settled.ts';
import type { Claim } from '../../ledger/purse.ts';
import { accountOf } from '../../ledger/windows.ts';
import { type Books, patiently, troubleOf } from './books.ts';
import { entryOf, keptEntry } from './entries.ts';
import { noBooks } from './open-books.ts';
import { overBudget, unpriced } from './over-budget.ts';
import { priceAttempt } from './price-attempt.ts';
import { type Prices, type Quote, quote } from './quote.ts';
import { createScribe } from './scribe.ts';
import { type Ended, type Purpose, spenderFor, type Ticket } from './ticket.ts';
import { isTried, noteTry } from './tried.ts';
import type { Room } from './what-fits.ts';

/** Counts money: holds before an attempt, settles after it. Nothing of an attempt that was made is lost. */
export type Till = {
  /** What attempts may cost, with the money for all of them held, or for none. Throws a `budget` failure. */
  hold: (asked: readonly { target: ModelRef; ask: Ask }[], purpose: Purpose, expiresAt: number) => Promise<Ticket[]>;
  /** What a `hold` would fail with now; undefined: it would not. */
  refusal: (asked: readonly { target: ModelRef; ask: Ask }[], purpose: Purpose) => Promise<Failure | undefined>;
  /** Whether any ceiling blocks that could bind this call. */
  binds: (purpose: Purpose) => boolean;
  /** What an attempt may cost, without holding anything. */
  quote: (target: ModelRef, ask: Ask, purpose: Purpose) => Promise<Quote>;
  /** Writes down how it went; returns what it cost and what the reader should know of it. */
  settle: (ticket: Ticket, purpose: Purpose, ended: Ended) => Promise<{ cost: Cost; notes: Note[] }>;
  /** Writes down an answer that was kept from before. */
  reuse: (target: ModelRef, purpose: Purpose) => Promise<void>;
  /** Lets go of a hold for an attempt that was not made. */
  release: (ticket: Ticket) => Promise<void>;
  /** Tries once more to write what could not be written; how many entries are left. */
  flush: () => Promise<number>;
};

/** Rises with time, so that the index over it grows at its end. */
const newId = (): string => `${Date.now().toString(36).padStart(9, '0')}-${randomUUID()}`;

const blocks = (budget: Budget, who: Spender): boolean => budget.mode === 'block' && accountOf(budget, who, 0) !== undefined;

/** What passed a budget that only warns. */
async function warnings({ budgets }: Config, books: () => Promise<Books>, who: Spender): Promise<Note[]> {
  const warning = budgets.filter(({ mode }) => mode === 'warn');
  if (warning.length === 0) return [];
  const { ledger } = await books();
  try {
    return ledger.purse.standings(warning, who).flatMap(({ budget, spent }) => {
      if (spent <= budget.limit) return [];
      return [{ param: 'budget', asked: budget.name, sent: budget.name, why: `${dollars(spent)} are spent; it only warns` }];
    });
  } catch (error) {
    // An answer that was paid for is worth more than a warning.
    return [{ param: 'budget', asked: 'whether one that warns was passed', sent: null, why: `the ledger ${troubleOf(error)}` }];
  }
}

/** What a ledger has room for under these budgets. What cannot be looked at is not promised. */
function roomIn({ ledger: { purse } }: Books, budgets: readonly Budget[], purpose: Purpose, expiresAt: number): Room {
  const looked = <T>(look: () => T, otherwise: T): T => {
    try {
      return look();
    } catch {
      return otherwise;
    }
  };
  const leftFor = (who: Spender): number => {
    const blocking = budgets.filter((budget) => blocks(budget, who));
    const rooms = purse.standings(blocking, who).map(({ budget, spent, held }) => budget.limit - spent - held);
    return Math.min(...rooms, Infinity);
  };
  const claimed = ({ ticket: { id, who }, nano }: { ticket: Ticket; nano: number }): Claim => ({ id, who, nano, expiresAt });
  return {
    left: async (target) => looked(() => leftFor(spenderFor(target, purpose)), 0),
    fits: (some) => looked(() => purse.wouldRefuse(some.map(claimed), budgets) === undefined, false),
  };
}

/** What is claimed for an attempt: what it may cost at most, or what counts for it where nobody ever tells. */
const claimOf = ({ id, who, quote: { target, assumed }, held, again }: Ticket, { agent }: Purpose, expiresAt: number): Claim => ({
  id,
  who,
  expiresAt,
  asked: refText(target),
  again,
  nano: held ?? assumed,
  ...(agent === undefined ? {} : { agent }),
  ...(held === undefined ? { unbound: true } : {}),
});

/** Writes down that attempts begin for which no money has to be held. A ledger that fails stops nobody. */
function beginAll({ ledger }: Books, claims: readonly Claim[]): void {
  try {
    ledger.purse.hold(claims, []);
  } catch {
    // Each is written down when it ends, and that it could not be is told then.
  }
}

export function createTill(config: Config, books: () => Promise<Books>, prices: () => Promise<Prices>): Till {
  const scribe = createScribe(books);

  const budgetsOf = ({ ceilings }: Purpose): Budget[] => [...config.budgets, ...ceilings];

  const isBounded = (who: Spender, purpose: Purpose): boolean => budgetsOf(purpose).some((budget) => blocks(budget, who));

  const makeQuote: Till['quote'] = async (target, ask, purpose) =>
    quote(target, ask, isBounded(spenderFor(target, purpose), purpose), await prices(), new Date());

  async function ticketFor({ target, ask }: { target: ModelRef; ask: Ask }, purpose: Purpose): Promise<Ticket> {
    const who = spenderFor(target, purpose);
    const bounded = isBounded(who, purpose);
    const own = await makeQuote(target, ask, purpose);
    if (bounded && own.range.high === null && config.unknownPrice === 'refuse') throw unpriced(target, own.range.why);
    const held = bounded && !own.free ? { held: own.range.high ?? own.range.atLeast ?? 0 } : {};
    return { id: newId(), who, quote: own, again: isTried(target, purpose), ...held };
  }

  async function hold(
    asked: readonly { target: ModelRef; ask: Ask }[],
    purpose: Purpose,
    expiresAt: number,
    how: 'hold' | 'wouldRefuse' = 'hold',
  ): Promise<Ticket[]> {
    const tickets: Ticket[] = [];
    for (const one of asked) tickets.push(await ticketFor(one, purpose));
    const claims = tickets.map((ticket) => claimOf(ticket, purpose, expiresAt));
    if (claims.every(({ unbound }) => unbound)) {
      if (how === 'hold' && claims.length > 0) beginAll(await books(), claims);
      return tickets;
    }
    const budgets = budgetsOf(purpose);
    await scribe.flush();
    const open = await books();
    let refusal;
    try {
      refusal = await patiently(() => open.ledger.purse[how](claims, budgets), expiresAt);
    } catch (error) {
      throw noBooks(config.home, troubleOf(error), error);
    }
    if (refusal === undefined) return tickets;
    throw await overBudget(refusal, tickets, await prices(), roomIn(open, budgets, purpose, expiresAt));
  }

  return {
    binds: (purpose) => budgetsOf(purpose).some(({ mode }) => mode === 'block'),
    quote: makeQuote,
    hold: (asked, purpose, expiresAt) => hold(asked, purpose, expiresAt),
    async refusal(asked, purpose) {
      // Nothing of it stays; but each has to count for the next one while all of them are looked at.
      const tried = await settled(hold(asked, purpose, Number.MAX_SAFE_INTEGER, 'wouldRefuse'));
      return 'failure' in tried ? tried.failure : undefined;
    },
    async settle(ticket, purpose, ended) {
      const { cost, usage, notes } = priceAttempt(ended, ticket, await prices());
      const believed = { ...ended, ...defined({ usage: usage ?? ended.usage }) };
      const entry = entryOf(ticket, purpose, believed, cost, config.keepContent);
      const unkept = await scribe.write(entry, { budgets: budgetsOf(purpose) });
      noteTry(ticket.quote.target, purpose);
      return { cost, notes: [...notes, ...unkept, ...(await warnings(config, books, ticket.who))] };
    },
    async reuse(target, purpose) {
      await scribe.write(keptEntry(newId(), target, purpose));
    },
    async release({ id }) {
      const { ledger } = await books();
      try {
        ledger.purse.release(id);
      } catch {
        // It expires by itself.
      }
    },
    flush: scribe.flush,
  };
}
