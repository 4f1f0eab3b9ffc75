import { randomUUID } from 'node:crypto';
import type { Config } from '../../config/config.ts';
import type { Budget, Spender } from '../../core/budget.ts';
import type { Ask, Attempt, ModelRef, Note, Usage } from '../../core/chat.ts';
import { type Failure, POLICY } from '../../core/errors.ts';
import { type Cost, dollars } from '../../core/money.ts';
import type { Entry } from '../../ledger/journal.ts';
import type { Claim, Settling } from '../../ledger/purse.ts';
import { accountOf } from '../../ledger/windows.ts';
import { type Books, noBooks, troubleOf } from './books.ts';
import { type Prices, type Quote, quote, subjectOf } from './quote.ts';
import { overBudget, unpriced } from './over-budget.ts';
import { settled } from '../../core/settled.ts';

/** Who a call is made for, as reports and budgets tell it apart; and the ceilings of this call alone. */
export type Purpose = Omit<Spender, 'provider' | 'model'> & { agent?: string; ceilings: readonly Budget[] };

/** An attempt that may be made: what it may cost, and the hold on the money for it. */
export type Ticket = { id: string; who: Spender; quote: Quote; held: number };

/** How an attempt went, for the journal. `text`: what was answered, where it is to be kept. */
type Ended = { attempt: Attempt; served?: string; usage?: Usage; text?: string; failure?: Failure; heard?: number };

/** Counts money: holds before an attempt, settles after it. Nothing of an attempt that was made is lost. */
export type Till = {
  /** What attempts may cost, with the money for all of them held, or for none. Throws a `budget` failure. */
  hold: (asked: readonly { target: ModelRef; ask: Ask }[], purpose: Purpose, expiresAt: number) => Promise<Ticket[]>;
  /** What a `hold` would fail with now; undefined: it would not. */
  refusal: (asked: { target: ModelRef; ask: Ask }, purpose: Purpose) => Promise<Failure | undefined>;
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

/** The tokens to price a failed or silent attempt by: the vendor's, else an estimate, else nothing because nobody billed it. */
function counted({ usage, failure, heard, text }: Ended, { input }: Quote): { usage: Usage; estimated: boolean } | undefined {
  const reported = usage ?? failure?.facts.usage;
  const spoken = heard ?? failure?.facts.heard;
  // What a stream that broke has counted is what it began with (Anthropic's message_start); nothing for a text is a miscount.
  const said = (failure === undefined ? Math.sign(text?.length ?? 0) : spoken) ?? 0;
  const isWhole = reported?.input !== undefined && reported.output !== undefined && reported.output >= said;
  if (reported?.billed !== undefined || (reported !== undefined && isWhole)) return { usage: reported, estimated: false };
  if (failure !== undefined) {
    const { status = 0 } = failure.facts;
    // Whoever answers with an error status, or was never reached, has not run the model.
    const unreached = spoken === undefined && failure.kind === 'network';
    if (POLICY[failure.kind].billed === 'no' || status >= 300 || unreached) return undefined;
  }
  const output = Math.max(reported?.output ?? 0, spoken ?? Math.ceil((text?.length ?? 0) / 4));
  const counts = { input: reported?.input || input.likely, output };
  return { usage: { ...reported, ...counts }, estimated: true };
}

export function createTill(config: Config, books: () => Promise<Books>, prices: () => Promise<Prices>): Till {
  // What could not be written yet: the file was locked for a moment, say.
  let unwritten: { entry: Entry; about: Settling }[] = [];

  async function flush(): Promise<number> {
    const { ledger } = await books();
    const left = unwritten;
    unwritten = [];
    for (const one of left) {
      try {
        ledger.purse.settle(one.entry, one.about);
      } catch {
        unwritten.push(one);
      }
    }
    return unwritten.length;
  }

  const costOf = (ended: Ended, ticket: Ticket, from: Prices): Cost => {
    const subject = subjectOf(ticket.quote.target, ended.served, from);
    const count = counted(ended, ticket.quote);
    if (count === undefined) return { nanoUsd: 0, from: 'unbilled' };
    const cost = from.price(count.usage, subject);
    return count.estimated && cost.nanoUsd !== null && cost.from !== 'local' ? { nanoUsd: cost.nanoUsd, from: 'estimate' } : cost;
  };

  const spenderFor = ({ provider, model }: ModelRef, { tool, project, session, call }: Purpose): Spender => ({
    provider,
    model,
    tool,
    project,
    session,
    call,
  });

  const budgetsOf = ({ ceilings }: Purpose): Budget[] => [...config.budgets, ...ceilings];

  /** What passed a budget that only warns. */
  async function warnings(who: Spender): Promise<Note[]> {
    const warning = config.budgets.filter(({ mode }) => mode === 'warn');
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

  /** Writes an entry, now or as soon as the file can be written; says so when nothing can be kept at all. */
  async function write(entry: Entry, about: Settling = {}): Promise<Note[]> {
    await flush();
    const { ledger, trouble } = await books();
    const note = (why: string): Note[] => [{ param: 'record of this call', asked: 'in the ledger', sent: null, why }];
    try {
      ledger.purse.settle(entry, about);
      return trouble === undefined ? [] : note(trouble);
    } catch (error) {
      unwritten.push({ entry, about });
      return note(`the ledger ${troubleOf(error)}; it is tried again at the next call`);
    }
  }

  async function makeQuote(target: ModelRef, ask: Ask, purpose: Purpose): Promise<Quote> {
    const bounded = budgetsOf(purpose).some((budget) => blocks(budget, spenderFor(target, purpose)));
    return quote(target, ask, bounded, await prices());
  }

  /** What is left for a spender under everything that blocks, in nano-dollars. */
  async function roomOf(who: Spender, budgets: readonly Budget[]): Promise<number> {
    const { ledger } = await books();
    const blocking = budgets.filter((budget) => blocks(budget, who));
    return Math.min(
      ...ledger.purse.standings(blocking, who).map(({ budget, spent, held }) => budget.limit - spent - held),
      Infinity,
    );
  }

  async function hold(
    asked: readonly { target: ModelRef; ask: Ask }[],
    purpose: Purpose,
    expiresAt: number,
    look?: 'look',
  ): Promise<Ticket[]> {
    const tickets: Ticket[] = [];
    for (const { target, ask } of asked) {
      const who = spenderFor(target, purpose);
      const bounded = budgetsOf(purpose).some((budget) => blocks(budget, who));
      const own = await makeQuote(target, ask, purpose);
      if (bounded && own.range.high === null && config.unknownPrice === 'refuse') throw unpriced(target, own.range.why);
      tickets.push({ id: newId(), who, quote: own, held: bounded ? (own.range.high ?? 0) : 0 });
    }
    const budgets = budgetsOf(purpose);
    if (!tickets.some(({ held }) => held > 0)) return tickets;
    const claims: Claim[] = tickets.map(({ id, who, held }) => ({ id, who, nano: held, expiresAt }));
    await flush();
    const { ledger } = await books();
    let refusal;
    try {
      refusal = ledger.purse.hold(claims, budgets, look);
    } catch (error) {
      throw noBooks(config.home, troubleOf(error), error);
    }
    if (refusal !== undefined) {
      const left = (target: ModelRef) => roomOf(spenderFor(target, purpose), budgets);
      throw await overBudget(refusal, tickets, await prices(), left);
    }
    return tickets;
  }

  return {
    binds: (purpose) => budgetsOf(purpose).some(({ mode }) => mode === 'block'),
    quote: makeQuote,
    hold: (asked, purpose, expiresAt) => hold(asked, purpose, expiresAt),
    async refusal(asked, purpose) {
      const tried = await settled(hold([asked], purpose, Date.now(), 'look'));
      return 'failure' in tried ? tried.failure : undefined;
    },
    async settle(ticket, purpose, ended) {
      const cost = costOf(ended, ticket, await prices());
      const { attempt, served, usage = ended.failure?.facts.usage, text } = ended;
      const prompt = ticket.quote.ask.messages.flatMap(({ content }) =>
        content.map((part) => (part.type === 'text' ? part.text : '')),
      );
      const entry: Entry = {
        uid: ticket.id,
        at: Date.now(),
        ...ticket.who,
        ...(purpose.agent === undefined ? {} : { agent: purpose.agent }),
        asked: `${attempt.provider}/${attempt.model}`,
        ...(served === undefined ? {} : { served }),
        ...(attempt.kind === undefined ? {} : { kind: attempt.kind }),
        ...(attempt.status === undefined ? {} : { status: attempt.status }),
        ...(usage === undefined ? {} : { usage }),
        cost,
        ms: attempt.ms,
        ...(attempt.firstByteMs === undefined ? {} : { firstByteMs: attempt.firstByteMs }),
        ...(config.keepContent ? { content: { prompt: prompt.join('\n'), answer: text ?? '' } } : {}),
      };
      const unkept = await write(entry, { budgets: budgetsOf(purpose), ...(ticket.held > 0 ? { holdId: ticket.id } : {}) });
      const above = cost.nanoUsd !== null && ticket.held > 0 && cost.nanoUsd > ticket.held;
      const billed: Note = {
        param: 'cost',
        asked: `of ${dollars(ticket.held)} at most`,
        sent: dollars(cost.nanoUsd ?? 0),
        why: 'the vendor billed more than the worst case that was held; it counts against the budget',
      };
      return { cost, notes: [...(above ? [billed] : []), ...unkept, ...(await warnings(ticket.who))] };
    },
    async reuse(target, purpose) {
      const { agent } = purpose;
      const who = spenderFor(target, purpose);
      const asked = `${target.provider}/${target.model}`;
      const free: Cost = { nanoUsd: 0, from: 'cache' };
      await write({
        uid: newId(),
        at: Date.now(),
        ...who,
        ...(agent === undefined ? {} : { agent }),
        asked,
        cached: true,
        cost: free,
        ms: 0,
      });
    },
    async release({ id, held }) {
      if (held === 0) return;
      const { ledger } = await books();
      try {
        ledger.purse.release(id);
      } catch {
        // It expires by itself.
      }
    },
    flush,
  };
}
