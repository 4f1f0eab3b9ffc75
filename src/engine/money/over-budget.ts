import { type ModelRef, refText } from '../../core/chat.ts';
import { Failure } from '../../core/errors.ts';
import { dollars } from '../../core/money.ts';
import { count, duration } from '../../core/text.ts';
import type { Refusal } from '../../ledger/purse.ts';
import type { Prices } from './quote.ts';
import type { Ticket } from './ticket.ts';
import { type Room, whatFits } from './what-fits.ts';

/** A call that a budget stops because nobody knows what it would cost. */
export const unpriced = (target: ModelRef, why: string): Failure =>
  new Failure(
    'budget',
    `A budget blocks, and what ${refText(target)} costs is not known (${why}): give its price under pricing in your config, or set unknown_price: allow`,
    { remedied: true },
  );

/** `2026-11-22 00:00 (in 5 h)`. */
function whenText(at: number, now: number): string {
  const date = new Date(at);
  const two = (n: number) => String(n).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())} (in ${duration(at - now)})`;
}

const RESETS: Partial<Record<Refusal['budget']['window'], string>> = {
  call: 'It is the limit of each single call',
  session: 'It begins anew with the next session of your host, over HTTP with the next start of the server',
  total: 'It never begins anew',
};

function resetText({ budget, resetsAt }: Refusal, now: number): string {
  if (resetsAt !== undefined) return `It begins anew at ${whenText(resetsAt, now)}`;
  return RESETS[budget.window] ?? `What was spent leaves it one ${budget.window} later, bit by bit`;
}

const callsTo = (tickets: readonly Ticket[]): string =>
  tickets.length === 1
    ? `a call to ${tickets.map(({ quote: { target } }) => refText(target)).join('')}`
    : `the ${count(tickets.length)} calls together`;

/** How what was asked stands against what is left. */
function roomText(tickets: readonly Ticket[], { budget, spent, held, ahead }: Refusal): string {
  const most = tickets.reduce((sum, ticket) => sum + (ticket.held ?? 0), 0);
  const left = Math.max(0, budget.limit - spent - held);
  const early = ahead === undefined ? '' : ` (${dollars(ahead)} of it while the clock was ahead)`;
  const spentText = `${dollars(spent)} spent${early}${held === 0 ? '' : `, ${dollars(held)} held by calls under way`}`;
  if (most === 0)
    return `nothing of ${dollars(budget.limit)} is left (${spentText}), and what ${callsTo(tickets)} costs is known only after it`;
  return `${callsTo(tickets)} may cost up to ${dollars(most)}, and ${dollars(left)} of ${dollars(budget.limit)} is left (${spentText})`;
}

/** How the ceiling itself is raised: an argument of the call, or the config. What only seems free can be declared so. */
function raised({ budget, claim }: Refusal, tickets: readonly Ticket[], { config }: Prices): string {
  const raise = config.budgets.includes(budget) ? 'raise the budget in your config' : 'raise max_cost_usd';
  const own = tickets.find(({ id }) => id === claim.id)?.quote;
  return own?.range.high === 0 ? `${raise}, or give ${refText(own.target)} the price 0 under pricing in your config` : raise;
}

/** What a call is told that a budget refuses: which one, what is left, when it begins anew, and what would fit. */
export async function overBudget(refusal: Refusal, tickets: readonly Ticket[], prices: Prices, room: Room): Promise<Failure> {
  const { budget, resetsAt } = refusal;
  const ways = await whatFits(tickets, prices, room);
  const raise = raised(refusal, tickets, prices);
  const wait = resetsAt !== undefined || budget.rolling ? ', or wait' : '';
  const none = tickets.length === 1 ? 'Nothing that is set up would fit' : 'No comparison of them would fit';
  const said = [
    `The budget "${budget.name}" has no room: ${roomText(tickets, refusal)}`,
    resetText(refusal, Date.now()),
    ways.length === 0 ? `${none}: ${raise}${wait}` : `What would fit now: ${ways.join('; ')}. Or ${raise}`,
  ];
  return new Failure('budget', said.join('. '), { remedied: true });
}
