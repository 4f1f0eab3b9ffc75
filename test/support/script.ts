import type { Source, Stop, Usage } from '../../src/core/chat.ts';

/** What a vendor is to say, told in no vendor's terms. A dialect turns it into that vendor's own words. */
export type Script = {
  /** The answer's text, in the pieces in which it is streamed. */
  text: readonly string[];
  /** What it thinks before it answers, in pieces. */
  thinking?: readonly string[];
  /** The pages that it cites. */
  sources?: readonly Required<Source>[];
  stop: Exclude<Stop, 'other'>;
  /** Counted as `Usage` counts: input without cache, output with thinking. `null`: the vendor reports nothing. */
  usage: Usage | null;
  /** The model id that the vendor says it served. */
  model: string;
};

const STANDARD: Script = {
  text: ['Hel', 'lo'],
  stop: 'end',
  usage: { input: 12, output: 5 },
  model: 'sim-1-2026-11-01',
};

/** A script where only what matters to the test is written down. */
export const scripted = (part: Partial<Script> = {}): Script => ({ ...STANDARD, ...part });

/** A vendor's complaint. What is absent the dialect fills in as its vendor would for that status. */
export type Trouble = {
  status: number;
  message?: string;
  /** The vendor's machine-readable name for it, where it has one. */
  code?: string;
  /** The field that it objects to. */
  param?: string;
};
