import type { Effort } from './chat.ts';

/** US dollars per million tokens, as the vendor lists them. */
export type Rates = { input: number; output: number; cacheRead?: number; cacheWrite?: number };

/**
 * What a vendor takes for searching the web besides the tokens of what was found: US dollars for a thousand searches, or for a
 * thousand answers with any. `models`: how the ids begin that it is for; absent: all.
 */
export type SearchFee = { usdPerThousand: number; per: 'search' | 'answer'; models?: string };

/**
 * What is known of one model at one provider. Everything but the id may be unknown: an unknown model is called with
 * exactly what the user asked, and the vendor judges.
 */
export type ModelFacts = {
  id: string;
  name?: string;
  /** The model's context window, in tokens. */
  context?: number;
  /** The most output tokens it can give, thinking included. */
  maxOutput?: number;
  /** What it reads besides text. */
  input?: ('image' | 'pdf' | 'audio' | 'video')[];
  /**
   * The efforts it takes, and what its vendor calls each: a word, or a number where the vendor wants a budget of thinking
   * tokens. An empty object: it does not think. Absent: nobody knows.
   */
  efforts?: Partial<Record<Effort, string | number>>;
  /** Whether it takes a temperature; `at-none`: only when its effort is `none`. Absent: nobody said no. */
  temperature?: 'no' | 'at-none';
  /** Whether it can be held to a JSON schema natively. */
  json?: boolean;
  /** Whether its vendor searches the web for it. Absent: as with other models of that vendor. */
  search?: boolean;
  tools?: boolean;
  rates?: Rates & { above?: (Rates & { inputTokens: number })[] };
  /** The day (YYYY-MM-DD) on which they were known to hold. */
  ratesDate?: string;
  /** Its place in its maker's line, where a person has said so. */
  tier?: Tier;
  /** The day (YYYY-MM-DD) on which the vendor stops or stopped serving it. */
  retires?: string;
};

/** `best` thinks hardest, `balanced` is the everyday choice, `fast` is small, quick and cheap. */
export const TIERS = ['best', 'balanced', 'fast'] as const;
export type Tier = (typeof TIERS)[number];
