import type { PriceCalculation } from '@pydantic/genai-prices';
import { dayOf } from '../core/day.ts';
import type { ModelFacts, Rates } from '../core/model.ts';

/**
 * Which source of prices counts for a model: the price data or the catalogue.
 *
 * Where both agree, the price data does: it knows tiers, fees and hours of the day. Where they differ, the one with the later date
 * does. The catalogue is dated. A price of the price data has a date only where it says when it began; most do not, and they
 * were found to be as much as a year old: a family's pattern (`mistral-large` for `mistral-large-latest`), or a start's price that
 * has ended. So a price without a date is the older one. The catalogue names what an alias means on its day.
 */
export type PriceChoice = { counts: 'prices' | 'catalog'; differ: boolean };

/** Rates that are this many times apart differ. Below it lie regional surcharges and rounding. */
const APART = 1.2;

type EntryPrices = PriceCalculation['model']['prices'];
type PriceTable = PriceCalculation['model_price'];

/** The price data's names of our rates. */
const KEYS = {
  input: 'input_mtok',
  output: 'output_mtok',
  cacheRead: 'cache_read_mtok',
  cacheWrite: 'cache_write_mtok',
} as const satisfies Record<keyof Rates, string>;
const RATES = ['input', 'output', 'cacheRead', 'cacheWrite'] as const;

/** A rate of the price data, below every tier, in dollars per million tokens. */
export function rateIn(table: PriceTable, name: keyof Rates): number | undefined {
  const price = table[KEYS[name]];
  return typeof price === 'object' ? price.base : price;
}

const areApart = (a: number, b: number): boolean => Math.max(a, b) > APART * Math.min(a, b);

/** A rate that the price data leaves out and the catalogue has differs, too: by the price data, the cache would save nothing. */
const disagrees = (table: PriceTable, rates: Rates): boolean =>
  RATES.some((name) => {
    const ours = rates[name];
    return ours !== undefined && areApart(rateIn(table, name) ?? rates.input, ours);
  });

/** The prices of a day, each of its hours, and the day (YYYY-MM-DD) on which they began; undefined where nothing says so. */
function inForce(prices: EntryPrices, day: string): { tables: readonly PriceTable[]; since?: string } {
  if (!Array.isArray(prices)) return { tables: [prices] };
  const isBase = ({ constraint }: (typeof prices)[number]) =>
    constraint === undefined || (constraint.type === 'start_date' && constraint.start_date <= day);
  const base = prices.findLastIndex(isBase);
  const current = prices.slice(Math.max(base, 0)).filter((price) => isBase(price) || price.constraint?.type === 'time_of_date');
  const constraint = prices[base]?.constraint;
  return {
    tables: current.map((price) => price.prices),
    ...(constraint?.type === 'start_date' ? { since: constraint.start_date } : {}),
  };
}

/** Chooses between what the price data says at a moment and what the catalogue says of its own day. Pure. */
export function whichSource({ model }: PriceCalculation, { rates, ratesDate }: ModelFacts, at: Date): PriceChoice {
  if (rates === undefined || ratesDate === undefined) return { counts: 'prices', differ: false };
  const { tables, since = '' } = inForce(model.prices, dayOf(at.getTime()));
  const differ = tables.every((table) => disagrees(table, rates));
  return { counts: differ && since <= ratesDate ? 'catalog' : 'prices', differ };
}
