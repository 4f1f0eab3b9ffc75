import { estimateTokenCount } from 'tokenx';
import type { Ask, Usage } from '../core/chat.ts';
import type { Cost } from '../core/money.ts';
import { tokensOf } from '../core/tokens.ts';
import { mediaTokens } from './media.ts';
import type { Pricer, Subject } from './price.ts';

/** How the estimate is called where it is shown. */
export const ESTIMATOR = 'tokenx, which is right within about a tenth on prose';

/** Our own measure errs by a tenth on the long side on prose, where tokenx is nearer; of data and rare scripts tokenx sees too little. */
const TOO_LONG = 1.1;
/** What roles and separators take, in tokens for each message. */
const PER_MESSAGE = 16;

/** Web searches that a hold assumes; an answer hardly ever makes more. */
const MOST_SEARCHES = 10;
/** Tokens that what one search finds adds to the input: OpenAI bills a block of 8,000 where it does not count them. */
const FOUND_TOKENS = 10_000;

/** An ask's input in tokens, what is likely, and what is hardly ever passed, with what is found on the web; and the searches for it. */
export type InputTokens = { likely: number; most: number; searches: number };

/** Longer texts are estimated by samples: a megabyte takes a sixth of a second. Characters. */
const LONG = 200_000;
const SAMPLES = 10;

/** What a text has in tokens by tokenx. */
function counted(text: string): number {
  if (text.length <= LONG) return estimateTokenCount(text);
  const size = LONG / SAMPLES;
  const step = (text.length - size) / (SAMPLES - 1);
  const starts = Array.from({ length: SAMPLES }, (_, nth) => Math.floor(nth * step));
  const sum = starts.reduce((before, start) => before + estimateTokenCount(text.slice(start, start + size)), 0);
  return Math.ceil((sum / LONG) * text.length);
}

/** Estimates the input tokens of an ask. `context`: the model's window, where it is known. Pure, and linear in its length. */
export function inputTokens({ system = '', messages, schema, webSearch }: Ask, context?: number): InputTokens {
  const parts = messages.flatMap(({ content }) => content);
  const text = [
    system,
    ...parts.map((part) => (part.type === 'text' ? part.text : '')),
    ...(schema === undefined ? [] : [JSON.stringify(schema)]),
  ].join('\n');
  const media = mediaTokens(parts, context);
  const overhead = (messages.length + 1) * PER_MESSAGE + media.most;
  const measured = tokensOf(text);
  const likely = Math.max(counted(text), Math.ceil(measured.likely / TOO_LONG));
  const most = Math.max(measured.most, likely);
  const searches = webSearch ? MOST_SEARCHES : 0;
  return { likely: likely + media.likely, most: most + overhead + searches * FOUND_TOKENS, searches };
}

/** From the least that an attempt may cost to the most, in nano-dollars; `null`: no price is known. */
export type PriceRange =
  | { low: number; high: number; /** Of `high`, what the input takes. */ input: number }
  | { low: null; high: null; why: string; /** Of the most, what is known. */ atLeast?: number };

/** What prices an attempt: whose prices count, and when it is made. */
type Priced = { subject: Subject; price: Pricer; at: Date };

/**
 * What an attempt may cost: from its input alone, likely to be so long, to input of the greatest length, written to the
 * vendor's cache where that costs more, and an answer of `outputTokens`. Pure.
 */
export function priceRange(input: InputTokens, outputTokens: number, { subject, price, at }: Priced): PriceRange {
  const low = price({ input: input.likely, output: 0 }, subject, at);
  if (low.nanoUsd === null) return { low: null, high: null, why: low.why };
  const most = (output: number): Cost => {
    const worst: Usage[] = [
      { input: input.most, output, searches: input.searches },
      { input: 0, cacheWrite: input.most, output, searches: input.searches },
    ];
    return dearest(worst.map((usage) => price(usage, subject, at)));
  };
  const [high, before] = [most(outputTokens), most(0)];
  if (high.nanoUsd === null) {
    const { why, atLeast } = high;
    return { low: null, high: null, why, ...(atLeast === undefined ? {} : { atLeast }) };
  }
  return { low: low.nanoUsd, high: high.nanoUsd, input: before.nanoUsd ?? 0 };
}

/** The greatest of several costs, by what is known of each. */
const dearest = (costs: readonly Cost[]): Cost =>
  costs.reduce((most, cost) => ((cost.nanoUsd ?? cost.atLeast ?? 0) > (most.nanoUsd ?? most.atLeast ?? 0) ? cost : most));
