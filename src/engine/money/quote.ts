import type { Catalog } from '../../catalog/catalog.ts';
import type { Config } from '../../config/config.ts';
import { catalogKey, type Setup } from '../../config/setup.ts';
import { type Ask, type ModelRef, type Note, refText } from '../../core/chat.ts';
import { isNamedBy } from '../../glob/glob.ts';
import type { Pricer, Subject } from '../../pricing/price.ts';
import { type InputTokens, inputTokens, type PriceRange, priceRange } from '../../pricing/worst.ts';

/** What an attempt may take and cost, before it is made. */
export type Quote = {
  target: ModelRef;
  /** The ask as it is sent: with the output limit that a budget puts on it. */
  ask: Ask;
  notes: Note[];
  input: InputTokens;
  /** The most output tokens of an answer; undefined: nobody knows the model's limit, and none is asked. */
  output?: number;
  /** How many answers are asked for. */
  answers: number;
  range: PriceRange;
  /** The cost that counts where nobody ever tells it, in nano-dollars: the most, with an answer of usual length; null: no price is known. */
  assumed: number | null;
  /** Declared free by the user: it runs on the own machine, or the config says that it costs 0. */
  free: boolean;
  /** When it was made: what the attempt costs is told by the prices of this moment too. */
  at: Date;
};

/** What quoting looks things up in. */
export type Prices = {
  config: Config;
  setups: ReadonlyMap<string, Setup>;
  catalog: Catalog;
  price: Pricer;
  /** What bounds a request's output, whoever put it there: tokens of each answer, where it says so, and how many answers. */
  outputBounds: (target: ModelRef, ask: Ask) => { limit?: number; answers: number };
};

/** Output tokens of a model whose limit nobody knows. */
export const UNKNOWN_OUTPUT = 64_000;

type OwnPrice = Config['pricing'][number];

/** The user's price for a model: the one that names it, else the closest pattern, which has the most characters. */
function ownPrice(ref: string, pricing: readonly OwnPrice[]): OwnPrice | undefined {
  const name = ref.toLowerCase();
  const fitting = pricing.filter(({ pattern }) => isNamedBy([pattern])(ref));
  return (
    fitting.find(({ pattern }) => pattern.toLowerCase() === name) ??
    fitting.toSorted((a, b) => b.pattern.length - a.pattern.length)[0]
  );
}

/** Whose prices count for a model, by the ids under which it was served and asked for. */
export function subjectOf({ provider, model }: ModelRef, served: string | undefined, prices: Prices): Subject {
  const setup = prices.setups.get(provider);
  const models = served === undefined || served === model ? [model] : [served, model];
  const own = models.flatMap((id) => ownPrice(refText({ provider, model: id }), prices.config.pricing) ?? [])[0];
  const fees = own?.searchFee === undefined ? setup?.provider.searchFees : [own.searchFee];
  return {
    provider: setup?.provider.prices === 'no' ? null : provider,
    models,
    facts: setup === undefined ? [] : models.map((id) => prices.catalog.facts(catalogKey(setup), id)),
    ...(setup?.provider.local ? { local: true } : {}),
    ...(own === undefined ? {} : { own: own.rates }),
    ...(fees === undefined ? {} : { searchFees: fees }),
  };
}

/**
 * What an attempt may cost at most. `bounded`: a budget blocks, so that where nobody asked for an output limit one is sent:
 * the worst case of a few unbounded calls would eat any budget.
 */
export function quote(target: ModelRef, ask: Ask, bounded: boolean, prices: Prices, at: Date): Quote {
  const subject = subjectOf(target, undefined, prices);
  const most = subject.facts[0]?.maxOutput;
  const input = inputTokens(ask, subject.facts[0]?.context);
  const limit = Math.min(most ?? Infinity, prices.config.budgetOutputTokens);
  const limited = bounded && ask.maxTokens === undefined ? { ...ask, maxTokens: limit } : ask;
  const rangeOf = (output: number, answers: number): PriceRange =>
    priceRange(input, answers * (Number.isFinite(output) ? output : UNKNOWN_OUTPUT), { subject, price: prices.price, at });
  const quoted = (one: Ask, notes: Note[]): Quote => {
    const { limit: sent, answers } = prices.outputBounds(target, one);
    const output = sent ?? Math.min(one.maxTokens ?? Infinity, most ?? Infinity);
    const range = rangeOf(output, answers);
    const usual = rangeOf(Math.min(output, prices.config.budgetOutputTokens), answers);
    const assumed = usual.high ?? usual.atLeast ?? null;
    const free = range.high === 0 && (subject.own !== undefined || subject.local === true);
    return { target, ask: one, notes, input, answers, range, assumed, free, at, ...(Number.isFinite(output) ? { output } : {}) };
  };
  const own = quoted(limited, []);
  // What costs nothing needs no bounds, and what a config puts into each request is not ours to bound.
  if (limited === ask || own.range.high === 0 || own.output !== limit) return quoted(ask, []);
  const why = 'a budget bounds it (budget_output_tokens)';
  return quoted(limited, [{ param: 'max_tokens', asked: 'without a limit', sent: String(limit), why }]);
}
