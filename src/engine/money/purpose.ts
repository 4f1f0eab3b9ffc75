import { randomUUID } from 'node:crypto';
import type { Config } from '../../config/config.ts';
import type { Budget } from '../../core/budget.ts';
import { defined } from '../../core/defined.ts';
import { dollars, nanoOf } from '../../core/money.ts';
import type { Purpose } from './ticket.ts';

/** Who calls, as far as the ledger tells it apart. */
export type Origin = {
  /** The tool that is called. */
  tool?: string | undefined;
  /** The calling program's own name. */
  agent?: string | undefined;
  /** One call of that tool, which may ask several models; absent: this request alone. */
  call?: string | undefined;
  /** If omitted, the life of this process: whoever reaches a server shares one budget for a session, however often he connects. */
  session?: string | undefined;
  /** Whose answers may be given again: a fingerprint of the caller's token. If omitted, the machine's own user. */
  owner?: string | undefined;
};

/** A ceiling for one call, as an argument sets it (dollars). */
export function ceiling(maxCostUsd: number | undefined): Budget[] {
  if (maxCostUsd === undefined) return [];
  const limit = nanoOf(maxCostUsd);
  return [
    { name: `max_cost_usd ${dollars(limit)}`, limit, window: 'call', rolling: false, scope: { kind: 'all' }, mode: 'block' },
  ];
}

/** What one call of a tool is for: everything that is asked for it shares an id. */
export const purposeOf = (
  { project }: Config,
  { tool, agent, call, session, owner }: Origin,
  life: string,
  ceilings: Budget[],
): Purpose => ({
  tool: tool ?? 'call_model',
  project,
  session: session ?? life,
  call: call ?? randomUUID(),
  ceilings,
  ...defined({ agent, owner }),
});
