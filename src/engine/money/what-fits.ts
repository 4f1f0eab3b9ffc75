import { setupOf } from '../../config/of-model.ts';
import { type ModelRef, refText } from '../../core/chat.ts';
import { dollars } from '../../core/money.ts';
import { count, list } from '../../core/text.ts';
import { carriesOf } from '../../wires/index.ts';
import { allowing } from '../models/allowed.ts';
import { largestImage, needsOf, obstacleTo, tooLargeFor } from '../models/needs.ts';
import { candidates } from '../models/panel.ts';
import { type Prices, type Quote, quote } from './quote.ts';
import type { Ticket } from './ticket.ts';

/** How many models are named that would fit. */
const NAMED = 3;

/** The fewest output tokens that are worth asking for, and the steps in which more are told. */
const FEWEST = 100;

/** What could be held now, under every budget that blocks. Nano-dollars. */
export type Room = {
  /** What is left for calls of a model. */
  left: (target: ModelRef) => Promise<number>;
  /** Whether there is room for all of these at once. */
  fits: (claims: readonly { ticket: Ticket; nano: number }[]) => boolean;
};

/** What a token of an answer costs; undefined where nobody knows how many there may be. Nano-dollars. */
const perToken = ({ range, output }: Quote): number | undefined =>
  range.high === null || output === undefined ? undefined : (range.high - range.input) / output;

/** What it may cost with this output limit, whatever else the config puts into the request; undefined: nobody knows. */
const highWith = (maxTokens: number, { target, ask, at }: Quote, prices: Prices): number | undefined =>
  quote(target, { ...ask, maxTokens }, true, prices, at).range.high ?? undefined;

/** How many output tokens a model could have for what is left; undefined where even its input is too much. */
function affordable(quoted: Quote, left: number, prices: Prices): number | undefined {
  const price = perToken(quoted);
  if (quoted.range.high === null || !price) return undefined;
  const tokens = Math.floor((left - quoted.range.input) / price / FEWEST) * FEWEST;
  return tokens >= FEWEST && (highWith(tokens, quoted, prices) ?? Infinity) <= left ? tokens : undefined;
}

/** Models that could be called instead for what is left, the dearest of them first: likely the best; short answers last. */
async function others({ quote: own }: Ticket, prices: Prices, left: Room['left']): Promise<string[]> {
  const { config, setups } = prices;
  const isAllowed = allowing(config.models);
  const [needs, imageChars] = [needsOf(own.ask), largestImage(own.ask)];
  const all = await candidates({ config, catalog: () => Promise.resolve(prices.catalog) });
  const ways: { text: string; high: number; whole: boolean }[] = [];
  for (const { provider, model, facts } of all) {
    const target = { provider, model };
    const ref = refText(target);
    const setup = setups.get(provider);
    const known = { facts, ...(setup === undefined ? {} : { carries: carriesOf(setupOf(setup, model).provider) }) };
    const obstacle = obstacleTo(needs, known) ?? tooLargeFor(imageChars, known);
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
    // What is free by a price list needs something left; what its user declared free does not.
    const whole = instead.free || Math.max(high, 1) <= room;
    const tokens = whole ? undefined : affordable(instead, room, prices);
    if (whole) ways.push({ text: `${ref} (${dollars(high)} at most)`, high, whole });
    else if (tokens !== undefined) ways.push({ text: `${ref} with max_tokens ${count(tokens)}`, high, whole });
  }
  const best = ways.toSorted((a, b) => Number(b.whole) - Number(a.whole) || b.high - a.high);
  return best.slice(0, NAMED).map(({ text }) => text);
}

/** The longest answers that there would be room for if all had the same limit; undefined where none are worth asking for. */
function shorter(tickets: readonly Ticket[], prices: Prices, fits: Room['fits']): number | undefined {
  const dear = tickets.filter(({ held = 0 }) => held > 0);
  if (dear.some((ticket) => perToken(ticket.quote) === undefined)) return undefined;
  const rest = tickets.filter(({ held }) => held === 0).map((ticket) => ({ ticket, nano: 0 }));
  const about = (tokens: number) =>
    dear.map((ticket) => {
      const { range } = ticket.quote;
      const input = range.high === null ? 0 : range.input;
      const whole = Math.ceil(input + (perToken(ticket.quote) ?? 0) * tokens);
      return { ticket, nano: Math.min(ticket.held ?? 0, whole) };
    });
  let [most, tooMany] = [0, Math.ceil(Math.max(0, ...dear.map(({ quote: { output = 0 } }) => output)) / FEWEST)];
  while (tooMany - most > 1) {
    const steps = Math.floor((most + tooMany) / 2);
    if (fits([...rest, ...about(steps * FEWEST)])) most = steps;
    else tooMany = steps;
  }
  const tokens = most * FEWEST;
  const exact = dear.map((ticket) => ({
    ticket,
    nano: Math.min(ticket.held ?? 0, highWith(tokens, ticket.quote, prices) ?? Infinity),
  }));
  return tokens >= FEWEST && fits([...rest, ...exact]) ? tokens : undefined;
}

/** As many of several calls as there would be room for, the cheapest of them; undefined where they would be no comparison. */
function fewer(tickets: readonly Ticket[], fits: Room['fits']): string[] | undefined {
  const chosen = new Set<Ticket>();
  const claims = () => [...chosen].flatMap((ticket) => (ticket.held === undefined ? [] : [{ ticket, nano: ticket.held }]));
  for (const ticket of tickets.toSorted((a, b) => (a.held ?? 0) - (b.held ?? 0))) {
    chosen.add(ticket);
    if (!fits(claims())) chosen.delete(ticket);
  }
  const left = tickets.filter((ticket) => chosen.has(ticket));
  return left.length < 2 ? undefined : left.map(({ quote: { target } }) => refText(target));
}

/** What would fit in place of what was refused, in words: a shorter answer, other models, or fewer of them. */
export async function whatFits(tickets: readonly Ticket[], prices: Prices, { left, fits }: Room): Promise<string[]> {
  const [ticket] = tickets;
  if (ticket !== undefined && tickets.length === 1) {
    const tokens = affordable(ticket.quote, await left(ticket.quote.target), prices);
    const instead = await others(ticket, prices, left);
    return [
      ...(tokens === undefined ? [] : [`max_tokens ${count(tokens)}`]),
      ...(instead.length === 0 ? [] : [list(instead, 'or')]),
    ];
  }
  const tokens = shorter(tickets, prices, fits);
  const some = fewer(tickets, fits);
  return [
    ...(tokens === undefined ? [] : [`all of them with max_tokens ${count(tokens)}`]),
    ...(some === undefined ? [] : [`fewer of them: ${list(some)}`]),
  ];
}
