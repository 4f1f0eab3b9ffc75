import type { calcPrice } from '@pydantic/genai-prices';
import type { Usage } from '../core/chat.ts';
import type { ModelFacts } from '../core/model.ts';
import { type Cost, nanoOf } from '../core/money.ts';
import { remembered } from '../core/remembered.ts';
import { byRates } from './rates.ts';

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
};

/** Prices an attempt. Pure. */
export type Pricer = (usage: Usage, subject: Subject, at?: Date) => Cost;

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

function byPriceData(usage: Usage, provider: string | null, model: string, calc: Calc, at: Date): number | undefined {
  const counts = asPriced(usage);
  if (provider === null || counts === undefined) return undefined;
  try {
    return calc(counts, model, { providerId: provider, timestamp: at })?.total_price;
  } catch {
    // It throws for usage that it holds to be impossible; then the catalogue may know better.
    return undefined;
  }
}

const known = (usd: number | undefined, from: 'config' | 'prices' | 'catalog'): Cost[] =>
  usd === undefined || !Number.isFinite(usd) || usd < 0 ? [] : [{ nanoUsd: nanoOf(usd), from }];

/** Why there is no price: which of the two halves is missing. */
function unknown(usage: Usage, { models: [model = 'this model'] }: Subject): Cost {
  return usage.input === undefined || usage.output === undefined
    ? { nanoUsd: null, why: 'the vendor reported no tokens' }
    : { nanoUsd: null, why: `no price is known for ${model}` };
}

/**
 * The pricer over the price data's calculation. What counts, in this order: the vendor's own bill, a declaration that it is
 * free or what it costs (the user's), for the model that was served, then for the one that was asked, the price data and the
 * catalogue, and then it is unknown.
 */
const createPricer =
  (calc: Calc): Pricer =>
  (usage, subject, at = new Date()) => {
    if (usage.billed !== undefined) return { nanoUsd: usage.billed, from: 'provider' };
    if (subject.own !== undefined) return known(byRates(usage, subject.own), 'config')[0] ?? unknown(usage, subject);
    if (subject.local) return { nanoUsd: 0, from: 'local' };
    const { provider, models, facts } = subject;
    // The model that was served comes first: what the catalogue knows of it is nearer than any price of another model.
    const [cost] = models.flatMap((model, nth) => {
      const rates = facts[nth]?.rates;
      return [
        ...known(byPriceData(usage, provider, model, calc, at), 'prices'),
        ...known(rates && byRates(usage, rates), 'catalog'),
      ];
    });
    return cost ?? unknown(usage, subject);
  };

/** The pricer, whose data (half a megabyte) is loaded at the first call. */
export const loadPricer = remembered(async () => createPricer((await import('@pydantic/genai-prices')).calcPrice));
