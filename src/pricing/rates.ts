import type { Usage } from '../core/chat.ts';
import type { ModelFacts, Rates } from '../core/model.ts';

const PER_MILLION = 1_000_000;

/**
 * Dollars by a table of rates (dollars per million tokens). A tier counts for the whole request once its input, the cache
 * included, is above the tier's beginning: that is how the vendors who have tiers bill. What has no rate of its own for the
 * cache is billed as input. Pure; undefined where input or output is not reported.
 */
export function byRates(usage: Usage, { above = [], ...base }: NonNullable<ModelFacts['rates']>): number | undefined {
  const { input, output, cacheRead = 0, cacheWrite = 0 } = usage;
  if (input === undefined || output === undefined) return undefined;
  const whole = input + cacheRead + cacheWrite;
  const tier = above.filter(({ inputTokens }) => whole > inputTokens).toSorted((a, b) => b.inputTokens - a.inputTokens)[0];
  const rates: Rates = tier ?? base;
  const sum =
    input * rates.input +
    cacheRead * (rates.cacheRead ?? rates.input) +
    cacheWrite * (rates.cacheWrite ?? rates.input) +
    output * rates.output;
  return sum / PER_MILLION;
}
