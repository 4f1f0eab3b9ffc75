/**
 * What something cost. `nanoUsd`: nano-dollars (a billionth of a US dollar), a whole number; a double holds it exactly up to
 * nine million dollars. What nobody knows is `null` with the reason, never 0.
 *
 * `from`: the vendor's own bill, the user's `pricing`, the price data, the catalogue; `local`: declared free; `cache`: answered
 * from our own; `unbilled`: it failed before a model ran; `estimate`: the vendor reported no tokens, so they were estimated;
 * `time`: nothing was counted or heard, so the tokens were estimated by the time that it took; `lost`: nobody lived to tell, so
 * the most that it may have cost counts.
 */
export type Cost =
  | {
      nanoUsd: number;
      from: 'provider' | 'config' | 'prices' | 'catalog' | 'local' | 'cache' | 'unbilled' | 'estimate' | 'time' | 'lost';
    }
  | { nanoUsd: null; why: string; /** The part that is known. */ atLeast?: number };

export const NANO_PER_USD = 1_000_000_000;

/**
 * Dollars as nano-dollars, rounded up, once per attempt. What floating-point sums leave in the fourth place behind a
 * nano-dollar is noise and does not round a whole number up.
 */
export const nanoOf = (usd: number): number => Math.ceil(Number((usd * NANO_PER_USD).toFixed(3)));

type From = Extract<Cost, { from: string }>['from'];

/** What a sum is said to come from: the first of these that a part of it comes from. What is free says nothing of what is not. */
const TELLING: readonly From[] = [
  'lost',
  'time',
  'estimate',
  'provider',
  'config',
  'prices',
  'catalog',
  'local',
  'cache',
  'unbilled',
];

/** Several costs as one: unknown when one of them is, with what is known of it; an estimate when one of them is. */
export function total(costs: readonly Cost[]): Cost {
  const known = costs.flatMap((cost) => (cost.nanoUsd === null ? [] : [cost]));
  const nanoUsd = costs.reduce((sum, cost) => sum + (cost.nanoUsd ?? cost.atLeast ?? 0), 0);
  const unknown = costs.find((cost) => cost.nanoUsd === null);
  if (unknown?.nanoUsd === null) return nanoUsd > 0 ? { ...unknown, atLeast: nanoUsd } : unknown;
  return { nanoUsd, from: TELLING.find((from) => known.some((cost) => cost.from === from)) ?? 'unbilled' };
}

/** `$1.25`, `$0.0312`, `$0.00042`: what a person can tell apart, and no more. */
export function dollars(nanoUsd: number): string {
  const usd = nanoUsd / NANO_PER_USD;
  if (nanoUsd === 0) return '$0';
  if (Math.abs(usd) >= 1) return `$${usd.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
  if (Math.abs(usd) >= 0.01) return `$${usd.toFixed(4).replace(/0{1,2}$/, '')}`;
  return `$${usd.toFixed(Math.min(9, 1 - Math.floor(Math.log10(Math.abs(usd))))).replace(/0+$/, '')}`;
}

/** The costs that no vendor has told, and how they were arrived at. */
const GUESSED: Partial<Record<From, string>> = {
  estimate: 'estimated',
  time: 'estimated by its time',
  lost: 'the most that was held for it',
};

/** A cost in a few words: `$0.0312`, `about $0.02`, `free`, `cost unknown`. */
export function costText(cost: Cost): string {
  if (cost.nanoUsd === null)
    return cost.atLeast === undefined ? `cost unknown (${cost.why})` : `at least ${dollars(cost.atLeast)} (${cost.why})`;
  if (cost.from === 'cache') return 'free (from the cache)';
  if (cost.from === 'local') return 'free (local)';
  const { nanoUsd, from } = cost;
  const how = GUESSED[from];
  return how === undefined ? dollars(nanoUsd) : `about ${dollars(nanoUsd)} (${how})`;
}
