import type { ConfigValues } from './schema.ts';

/** How long conversations are kept, how much of them is sent along, and who sums up what does not fit. */
export type ThreadRules = { keepMs: number; maxTurns: number; compactWith?: string };

const DAY_MS = 24 * 3_600_000;

export const threadsOf = ({ threads = {} }: ConfigValues): ThreadRules => ({
  keepMs: (threads.keep_days ?? 30) * DAY_MS,
  maxTurns: threads.max_turns ?? 200,
  ...(threads.compact_with ? { compactWith: threads.compact_with } : {}),
});
