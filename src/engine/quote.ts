import picomatch from 'picomatch';
import type { Catalog } from '../catalog/catalog.ts';
import type { Config } from '../config/config.ts';
import { catalogKey, type Setup } from '../config/setup.ts';
import { type Ask, type ModelRef, type Note, refText } from '../core/chat.ts';
import type { Pricer, Subject } from '../pricing/price.ts';
import { type InputTokens, inputTokens, type PriceRange, priceRange } from '../pricing/worst.ts';

/** What an attempt may take and cost, before it is made. */
export type Quote = {
  target: ModelRef;
  /** The ask as it is sent: with the output limit that a budget puts on it. */
  ask: Ask;
  notes: Note[];
  input: InputTokens;
  /** The most output tokens; undefined: nobody knows the model's limit, and none is asked. */
  output?: number;
  range: PriceRange;
};

/** What quoting looks things up in. */
export type Prices = { config: Config; setups: ReadonlyMap<string, Setup>; catalog: Catalog; price: Pricer };

/** Output tokens of a model whose limit nobody knows. */
const UNKNOWN_OUTPUT = 64_000;

/** What vendors call an output limit. */
const LIMIT_FIELDS: ReadonlySet<string> = new Set([
  'max_tokens',
  'max_completion_tokens',
  'max_output_tokens',
  'maxOutputTokens',
  'maxTokens',
]);

/** The output limit, in tokens, that a provider's `extra_body` puts in the place of ours; undefined: it says none. Pure. */
function limitIn(extra: unknown): number | undefined {
  if (typeof extra !== 'object' || extra === null) return undefined;
  const limits = Object.entries(extra).flatMap(([name, value]) =>
    typeof value === 'number' ? (LIMIT_FIELDS.has(name) && value > 0 ? [value] : []) : (limitIn(value) ?? []),
  );
  return limits.length === 0 ? undefined : Math.max(...limits);
}

/** Whose prices count for a model, by the ids under which it was served and asked for. */
export function subjectOf({ provider, model }: ModelRef, served: string | undefined, prices: Prices): Subject {
  const setup = prices.setups.get(provider);
  const models = served === undefined || served === model ? [model] : [served, model];
  const own = prices.config.pricing.find(({ pattern }) =>
    models.some((id) => picomatch.isMatch(refText({ provider, model: id }), pattern, { bash: true, nocase: true })),
  );
  return {
    provider: setup?.provider.prices === 'no' ? null : provider,
    models,
    facts: setup === undefined ? [] : models.map((id) => prices.catalog.facts(catalogKey(setup), id)),
    ...(setup?.provider.local ? { local: true } : {}),
    ...(own === undefined ? {} : { own: own.rates }),
  };
}

/**
 * What an attempt may cost at most. `bounded`: a budget blocks, so that where nobody asked for an output limit one is sent:
 * the worst case of a few unbounded calls would eat any budget. Pure.
 */
export function quote(target: ModelRef, ask: Ask, bounded: boolean, prices: Prices): Quote {
  const subject = subjectOf(target, undefined, prices);
  const most = subject.facts[0]?.maxOutput;
  const input = inputTokens(ask);
  const limit = Math.min(most ?? Infinity, prices.config.budgetOutputTokens);
  const open = Math.min(ask.maxTokens ?? Infinity, most ?? Infinity);
  const imposed = limitIn(prices.setups.get(target.provider)?.extraBody);
  const output = imposed ?? (ask.maxTokens === undefined && bounded ? limit : open);
  const range = priceRange(input, Number.isFinite(output) ? output : UNKNOWN_OUTPUT, subject, prices.price);
  const plain = { target, ask, notes: [], input, range, ...(Number.isFinite(output) ? { output } : {}) };
  // What costs nothing needs no bounds.
  if (ask.maxTokens !== undefined || imposed !== undefined || !bounded || range.high === 0) return plain;
  const why = 'a budget blocks, so the longest answer is bounded (budget_output_tokens)';
  return {
    ...plain,
    ask: { ...ask, maxTokens: limit },
    notes: [{ param: 'max_tokens', asked: 'without a limit', sent: String(limit), why }],
  };
}
