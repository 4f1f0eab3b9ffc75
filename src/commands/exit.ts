import type { Failure, FailureKind } from '../core/errors.ts';

/** The exit codes of the process. Scripts rely on these numbers. */
export const EXIT = { answered: 0, failed: 1, usage: 2, noKey: 3, overBudget: 4 } as const;

const BY_KIND: Partial<Record<FailureKind, number>> = {
  input: EXIT.usage,
  config: EXIT.usage,
  auth: EXIT.noKey,
  budget: EXIT.overBudget,
};

/** Returns the exit code for a failure. A model that nobody was asked for was named wrongly. */
export function exitCode({ kind, facts }: Failure): number {
  if (kind === 'not_found' && facts.attempts === undefined) return EXIT.usage;
  return BY_KIND[kind] ?? EXIT.failed;
}
