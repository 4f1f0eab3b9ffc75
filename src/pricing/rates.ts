import type { Usage } from '../core/chat.ts';
import type { ModelFacts, Rates } from '../core/model.ts';

const PER_MILLION = 1_000_000;

/**
 * What is written to the cache for an hour costs 2 times the input, what is written for five minutes 1.25 times
 * (platform.claude.com, prompt caching): so much more, as a share of the latter.
 */
const HOUR = 2 / 1.25 - 1;

/**
 * Dollars by a table of rates (dollars per million tokens). A tier counts for the whole request once its input, the cache
 * included, is above the tier's beginning: that is how the vendors who have tiers bill. What has no rate of its own for the
 * cache is billed as input, and what is kept for an hour as Anthropic bills it. Pure; undefined where input or output is not reported.
 */
export function byRates(usage: Usage, { above = [], ...base }: NonNullable<ModelFacts['rates']>): number | undefined {
  const { input, output, cacheRead = 0, cacheWrite = 0, cacheWriteHour = 0 } = usage;
  if (input === undefined || output === undefined) return undefined;
  const whole = input + cacheRead + cacheWrite;
  const tier = above.filter(({ inputTokens }) => whole > inputTokens).toSorted((a, b) => b.inputTokens - a.inputTokens)[0];
  const rates: Rates = tier ?? base;
  const write = rates.cacheWrite ?? rates.input;
  const sum =
    input * rates.input +
    cacheRead * (rates.cacheRead ?? rates.input) +
    cacheWrite * write +
    Math.min(cacheWriteHour, cacheWrite) * write * HOUR +
    output * rates.output;
  return sum / PER_MILLION;
}
