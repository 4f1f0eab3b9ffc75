import type { FailureKind } from '../core/errors.ts';

/** What the process says when it ends. Scripts rely on these numbers. */
export const EXIT = { answered: 0, failed: 1, usage: 2, noKey: 3, overBudget: 4 } as const;

const BY_KIND: Partial<Record<FailureKind, number>> = {
  input: EXIT.usage,
  config: EXIT.usage,
  auth: EXIT.noKey,
  budget: EXIT.overBudget,
};

export const exitCode = (kind: FailureKind): number => BY_KIND[kind] ?? EXIT.failed;
