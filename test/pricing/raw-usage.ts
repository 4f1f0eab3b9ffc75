import type { Usage } from '../../src/core/chat.ts';

/** A vendor's own words on what an attempt used, and what its documentation makes of them. */
export type RawUsage = {
  title: string;
  /** The contract suite's name for the provider, and the model that is asked and served. */
  row: string;
  model: string;
  served?: string;
  /** The usage objects in the order in which the stream has them. */
  raw: readonly object[];
  usage: Usage;
  /** Tokens times nano-dollars a token ($1 a million is 1,000), by the vendor's price list. */
  sum: readonly (readonly [tokens: number, nanoEach: number])[];
};
