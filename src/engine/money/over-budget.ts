import { type ModelRef, refText } from '../../core/chat.ts';
import { Failure } from '../../core/errors.ts';
import { dollars } from '../../core/money.ts';
import { count, duration, list } from '../../core/text.ts';
import type { Refusal } from '../../ledger/purse.ts';
import { carriesOf } from '../../wires/index.ts';
import { allowing } from '../models/allowed.ts';
import { needsOf, obstacleTo } from '../models/needs.ts';
import { candidates } from '../models/panel.ts';
import { type Prices, type Quote, quote } from './quote.ts';
import type { Ticket } from './ticket.ts';

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

/** The fewest output tokens that are worth asking for. */
const FEWEST = 100;

/** How many output tokens a model could have for what is left; undefined where even its input is too much. */
function affordable({ range, output }: Quote, left: number): number | undefined {
  if (range.high === null || output === undefined) return undefined;
  const perToken = (range.high - range.input) / output;
  const tokens = perToken > 0 ? Math.floor((left - range.input) / perToken) : 0;
  return tokens >= FEWEST ? Math.floor(tokens / FEWEST) * FEWEST : undefined;
}

/** What is left for calls of a model, under every budget that blocks it. Nano-dollars. */
type Left = (target: ModelRef) => Promise<number>;

/** Models that could be called instead for what is left, the dearest of them first: likely the best; short answers last. */
async function fitting({ quote: own }: Ticket, prices: Prices, left: Left): Promise<string[]> {
  const { config, setups } = prices;
  const isAllowed = allowing(config.models);
  const needs = needsOf(own.ask);
  const all = await candidates({ config, catalog: () => Promise.resolve(prices.catalog) });
  const ways: { text: string; high: number; whole: boolean }[] = [];
  for (const { provider, model, facts } of all) {
    const target = { provider, model };
    const ref = refText(target);
    const row = setups.get(provider)?.provider;
    const obstacle = obstacleTo(needs, { facts, ...(row === undefined ? {} : { carries: carriesOf(row) }) });
    if (
      ref === refText(own.target) ||
      !isAllowed(ref) ||
      obstacle !== undefined ||
      own.input.likely > (facts.context ?? Infinity)
    )
      continue;
    const instead = quote(target, own.ask, true, prices, own.at);
    const { high } = instead.range;
    if (high === null) continue;
    const room = await left(target);
    const tokens = high <= room ? undefined : affordable(instead, room);
    if (high <= room) ways.push({ text: `${ref} (${dollars(high)} at most)`, high, whole: true });
    else if (tokens !== undefined) ways.push({ text: `${ref} with max_tokens ${count(tokens)}`, high, whole: false });
  }
  const best = ways.toSorted((a, b) => Number(b.whole) - Number(a.whole) || b.high - a.high);
  return best.slice(0, NAMED).map(({ text }) => text);
}

/** Several calls were to be held at once. */
const together = (tickets: readonly Ticket[]): string =>
  tickets.length === 1
    ? `a call to ${tickets.map(({ quote: { target } }) => refText(target)).join('')} may cost`
    : `the ${count(tickets.length)} calls together may cost`;

/** How the ceiling itself is raised: an argument of the call, or the config. */
const raised = ({ budget }: Refusal, { config }: Prices): string =>
  config.budgets.includes(budget) ? 'raise the budget in your config' : 'raise max_cost_usd';

/** What a call is told that a budget refuses: which one, what is left, when it begins anew, and what would fit. */
export async function overBudget(refusal: Refusal, tickets: readonly Ticket[], prices: Prices, leftFor: Left): Promise<Failure> {
  const { budget, spent, held, claim, resetsAt } = refusal;
  const left = Math.max(0, budget.limit - spent - held);
  const most = tickets.reduce((sum, ticket) => sum + ticket.held, 0);
  const under = held === 0 ? '' : `, ${dollars(held)} held by calls under way`;
  const ticket = tickets.find(({ id }) => id === claim.id);
  const tokens = ticket === undefined || tickets.length > 1 ? undefined : affordable(ticket.quote, left);
  const others = ticket === undefined ? [] : await fitting(ticket, prices, leftFor);
  const ways = [
    ...(tokens === undefined ? [] : [`max_tokens ${count(tokens)}`]),
    ...(others.length === 0 ? [] : [list(others, 'or')]),
  ];
  const raise = raised(refusal, prices);
  const wait = resetsAt !== undefined || budget.rolling ? ', or wait' : '';
  const said = [
    `The budget "${budget.name}" has no room: ${together(tickets)} up to ${dollars(most)}, and ${dollars(left)} of ${dollars(budget.limit)} is left (${dollars(spent)} spent${under})`,
    resetText(refusal, Date.now()),
    ways.length === 0
      ? `Nothing that is set up would fit: ${raise}${wait}`
      : `What would fit now: ${ways.join('; ')}. Or ${raise}`,
  ];
  return new Failure('budget', said.join('. '), { remedied: true });
}
