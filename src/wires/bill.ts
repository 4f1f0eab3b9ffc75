import { nanoOf } from '../core/money.ts';
import { type Json, num, obj } from './read.ts';

/** Adds up dollars where the first is reported. */
const sum = (first: number | undefined, second: number | undefined): number | undefined =>
  first === undefined ? undefined : first + (second ?? 0);

/** The ways in which vendors say in their usage what they charge, in dollars. */
const BILLS = {
  /**
   * `cost` in dollars; who brings a key of his own for the vendor behind pays that vendor besides, by
   * `cost_details.upstream_inference_cost` (OpenRouter, https://openrouter.ai/docs/use-cases/usage-accounting).
   */
  cost: (usage: Json) =>
    sum(num(usage['cost']), usage['is_byok'] === true ? num(obj(usage['cost_details'])['upstream_inference_cost']) : undefined),
  /** `cost_in_usd_ticks`, ten thousand million to the dollar (xAI, https://docs.x.ai/developers/cost-tracking). */
  ticks: (usage: Json) => {
    const ticks = num(usage['cost_in_usd_ticks']);
    return ticks === undefined ? undefined : ticks / 10_000_000_000;
  },
  /** `cost.total_cost` in the currency beside it (Perplexity, https://docs.perplexity.ai/docs/agent-api/migrate-from-sonar/how-to). */
  total: (usage: Json) => {
    const { total_cost, currency = 'USD' } = obj(usage['cost']);
    return currency === 'USD' ? num(total_cost) : undefined;
  },
};

/** How a vendor's bill is written. */
export type Bill = keyof typeof BILLS;

/** In dollars. A bill above this is treated as the vendor's error and ignored. */
const MOST_USD = 100_000;

/** The vendor's own bill in nano-dollars, rounded up; undefined where it sent none. */
export function billOf(usage: Json, bill: Bill): number | undefined {
  const usd = BILLS[bill](usage);
  return usd === undefined || usd > MOST_USD ? undefined : nanoOf(usd);
}
