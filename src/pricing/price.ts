import type { calcPrice } from '@pydantic/genai-prices';
import type { Usage } from '../core/chat.ts';
import type { ModelFacts, SearchFee } from '../core/model.ts';
import { type Cost, nanoOf } from '../core/money.ts';
import { remembered } from '../core/remembered.ts';
import { byRates } from './rates.ts';
import { searchUsd } from './search-fee.ts';
import { whichSource } from './which-source.ts';

/** Whose prices count for an attempt. */
export type Subject = {
  /** The id of the price data's provider; null: it has none of ours. */
  provider: string | null;
  /** The model ids by which a price may be found: the one that was served, then the one that was asked for. */
  models: readonly string[];
  /** What the catalogue knows of them, in the same order. */
  facts: readonly ModelFacts[];
  /** Runs on the user's own machine: free by declaration. */
  local?: boolean;
  /** What the user's config says that it costs. */
  own?: ModelFacts['rates'];
  /** What is taken for searches of the web: the first that is for the model counts. */
  searchFees?: readonly SearchFee[];
};

/** Prices an attempt that was made at a moment: some vendors' prices depend on the time of the day. Pure. */
export type Pricer = (usage: Usage, subject: Subject, at: Date) => Cost;

type Calc = typeof calcPrice;

/** The price data wants all input in one number, the cache within it, and complains of keys with nothing in them. */
function asPriced(usage: Usage): Record<string, number> | undefined {
  const { input, output, cacheRead = 0, cacheWrite = 0, cacheWriteHour = 0, thinking = 0, searches = 0 } = usage;
  if (input === undefined || output === undefined) return undefined;
  const counts = {
    input_tokens: input + cacheRead + cacheWrite,
    output_tokens: output,
    cache_read_tokens: cacheRead,
    cache_write_tokens: cacheWrite,
    cache_write_1h_tokens: Math.min(cacheWriteHour, cacheWrite),
    output_reasoning_tokens: Math.min(thinking, output),
    web_searches: searches,
  };
  return Object.fromEntries(
    Object.entries(counts).filter(([key, n]) => n > 0 || key === 'input_tokens' || key === 'output_tokens'),
  );
}

/** What an attempt costs by one source, in dollars, and whether searches of the web are among it. */
type Priced = { usd: number; searches?: boolean; from: 'config' | 'prices' | 'catalog'; isOlder?: boolean };

/** What is asked of the price data: tokens of one model at a moment, and what the catalogue knows of that model. */
type Lookup = Pick<Subject, 'provider'> & { usage: Usage; model: string; facts: ModelFacts | undefined; at: Date };

/**
 * By the price data. An entry that prices only hours of audio, or nothing, says nothing of tokens: only `:free` in an id says
 * that they are free.
 */
function byPriceData({ usage, provider, model, facts, at }: Lookup, calc: Calc): Priced[] {
  const counts = asPriced(usage);
  if (provider === null || counts === undefined) return [];
  try {
    const found = calc(counts, model, { providerId: provider, timestamp: at });
    if (found === null) return [];
    const isOlder = facts !== undefined && whichSource(found, facts, at).counts === 'catalog';
    const { total_price: usd, model_price: prices } = found;
    const isUnpriced = (key: string, tokens = 0) => tokens > 0 && prices[key] === undefined;
    const leavesOut = isUnpriced('input_mtok', counts['input_tokens']) || isUnpriced('output_mtok', counts['output_tokens']);
    if (leavesOut && !model.endsWith(':free')) return [];
    return [{ usd, searches: prices['web_searches_kcount'] !== undefined, from: 'prices', isOlder }];
  } catch {
    // It throws for usage that it holds to be impossible; then the catalogue may know better.
    return [];
  }
}

const byTable = (usage: Usage, rates: ModelFacts['rates'], from: Priced['from']): Priced[] => {
  const usd = rates && byRates(usage, rates);
  return usd === undefined ? [] : [{ usd, from }];
};

/** By the price data and by the catalogue: which of the two goes first is for `whichSource` to say. */
function bySources(lookup: Lookup, calc: Calc): Priced[] {
  const prices = byPriceData(lookup, calc);
  const catalog = byTable(lookup.usage, lookup.facts?.rates, 'catalog');
  return prices.some(({ isOlder }) => isOlder) ? [...catalog, ...prices] : [...prices, ...catalog];
}

/** The price with the fee for searches, where its source leaves it out; where nobody knows it, what is known is the least. */
function withSearches({ usd, searches, from }: Priced, { searches: made = 0 }: Usage, model: string, subject: Subject): Cost {
  const fee = searches ? 0 : searchUsd(made, model, subject.searchFees);
  if (fee !== undefined) return { nanoUsd: nanoOf(usd + fee), from };
  return {
    nanoUsd: null,
    why: `no price of a web search is known for ${model}; pricing takes search_usd_per_1000`,
    ...(usd > 0 ? { atLeast: nanoOf(usd) } : {}),
  };
}

/** A model that its vendor gives away says so in its id. */
const isGivenAway = ({ models }: Subject): boolean => models.some((model) => model.endsWith(':free'));

/** Why there is no price: which of the two halves is missing. */
function unknown(usage: Usage, { models: [model = 'this model'] }: Subject): Cost {
  if (usage.billed === 0) return { nanoUsd: null, why: `the vendor’s bill is $0, and nothing says that ${model} is free` };
  return usage.input === undefined || usage.output === undefined
    ? { nanoUsd: null, why: 'the vendor reported no tokens' }
    : { nanoUsd: null, why: `no price is known for ${model}` };
}

/**
 * The pricer over the price data's calculation. What counts, in this order: the vendor's own bill (one of nothing only for a
 * model that is given away: it may be a field that nobody filled), a declaration that it is free or what it costs (the user's), for the model that was served, then for the one that was asked, the price data and the
 * catalogue in the order of `whichSource`, and then it is unknown.
 */
const createPricer =
  (calc: Calc): Pricer =>
  (usage, subject, at) => {
    const { provider, models, facts, own } = subject;
    if (usage.billed || (usage.billed === 0 && isGivenAway(subject))) return { nanoUsd: usage.billed, from: 'provider' };
    if (own === undefined && subject.local) return { nanoUsd: 0, from: 'local' };
    // The model that was served comes first: what the catalogue knows of it is nearer than any price of another model.
    const known = models.flatMap((model, nth) => {
      const priced =
        own === undefined ? bySources({ usage, provider, model, facts: facts[nth], at }, calc) : byTable(usage, own, 'config');
      return priced.map((one) => ({ ...one, model }));
    });
    const cost = known.find(({ usd }) => Number.isFinite(usd) && usd >= 0);
    return cost === undefined ? unknown(usage, subject) : withSearches(cost, usage, cost.model, subject);
  };

/** The pricer, whose data (half a megabyte) is loaded at the first call. */
export const loadPricer = remembered(async () => createPricer((await import('@pydantic/genai-prices')).calcPrice));
