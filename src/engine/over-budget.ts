import { type ModelRef, refText } from '../core/chat.ts';
import { Failure } from '../core/errors.ts';
import { dollars } from '../core/money.ts';
import { count, duration, list } from '../core/text.ts';
import type { Refusal } from '../ledger/purse.ts';
import { accountOf } from '../ledger/windows.ts';
import { candidates } from './panel.ts';
import { type Prices, type Quote, quote } from './quote.ts';
import type { Ticket } from './till.ts';

/** How many models are named that would fit. */
const NAMED = 3;

/** A call that a budget stops because nobody knows what it would cost. */
export const unpriced = (target: ModelRef, why: string): Failure =>
  new Failure(
    'budget',
    `A budget blocks, and what ${refText(target)} costs is not known (${why}): give its price under pricing in your config, or set unknown_price: allow`,
    { remedied: true },
  );

/** `at 00:00 on 2026-11-22 (in 5 h)`. */
function whenText(at: number, now: number): string {
  const date = new Date(at);
  const two = (n: number) => String(n).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())} (in ${duration(at - now)})`;
}

const RESETS: Partial<Record<Refusal['budget']['window'], string>> = {
  call: 'It is the limit of each single call',
  session: 'It begins anew with the next session of your host',
  total: 'It never begins anew',
};

function resetText({ budget, resetsAt }: Refusal, now: number): string {
  if (resetsAt !== undefined) return `It begins anew at ${whenText(resetsAt, now)}`;
  return RESETS[budget.window] ?? `What was spent leaves it one ${budget.window} later, bit by bit`;
}

/** How many output tokens the same model could have for what is left; undefined where even its input is too much. */
function affordable({ quote: { range, output } }: Ticket, left: number): number | undefined {
  if (range.high === null || output === undefined) return undefined;
  const perToken = (range.high - range.input) / output;
  const tokens = perToken > 0 ? Math.floor((left - range.input) / perToken) : 0;
  return tokens >= 100 ? Math.floor(tokens / 100) * 100 : undefined;
}

/** Models that are set up and would fit into what is left, the dearest of them first: likely the best. */
async function fitting({ budget, claim }: Refusal, { quote: own }: Ticket, left: number, prices: Prices): Promise<string[]> {
  const all = await candidates({ config: prices.config, catalog: () => Promise.resolve(prices.catalog) });
  const quotes = all.flatMap(({ provider, model }): { model: string; high: number }[] => {
    const target = { provider, model };
    const { range }: Quote = quote(target, own.ask, true, prices);
    const counts = accountOf(budget, { ...claim.who, ...target }, 0) !== undefined;
    return range.high === null || (counts && range.high > left) || refText(target) === refText(own.target)
      ? []
      : [{ model: refText(target), high: range.high }];
  });
  const dearest = quotes.toSorted((a, b) => b.high - a.high).slice(0, NAMED);
  return dearest.map(({ model, high }) => `${model} (${dollars(high)} at most)`);
}

/** Several calls were to be held at once. */
const together = (tickets: readonly Ticket[]): string =>
  tickets.length === 1
    ? `a call to ${tickets.map(({ quote: { target } }) => refText(target)).join('')} may cost`
    : `the ${count(tickets.length)} calls together may cost`;

/** What a call is told that a budget refuses: which one, what is left, when it begins anew, and what would fit. */
export async function overBudget(refusal: Refusal, tickets: readonly Ticket[], prices: Prices): Promise<Failure> {
  const { budget, spent, held, claim } = refusal;
  const now = Date.now();
  const left = Math.max(0, budget.limit - spent - held);
  const most = tickets.reduce((sum, ticket) => sum + ticket.held, 0);
  const under = held === 0 ? '' : `, ${dollars(held)} held by calls under way`;
  const ticket = tickets.find(({ id }) => id === claim.id);
  const tokens = ticket === undefined || tickets.length > 1 ? undefined : affordable(ticket, left);
  const others = ticket === undefined ? [] : await fitting(refusal, ticket, left, prices);
  const ways = [
    ...(tokens === undefined ? [] : [`max_tokens ${count(tokens)}`]),
    ...(others.length === 0 ? [] : [list(others, 'or')]),
  ];
  const said = [
    `The budget "${budget.name}" has no room: ${together(tickets)} up to ${dollars(most)}, and ${dollars(left)} of ${dollars(budget.limit)} is left (${dollars(spent)} spent${under})`,
    resetText(refusal, now),
    ways.length === 0
      ? 'Nothing that is set up would fit: raise the budget in your config, or wait'
      : `What would fit now: ${ways.join('; ')}. Or raise the budget in your config`,
  ];
  return new Failure('budget', said.join('. '), { remedied: true });
}
