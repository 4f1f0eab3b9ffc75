import type { Machine } from '../contract/machines.ts';
import { wayTo } from './play-row.ts';
import type { ReplayRow } from './replay-row.ts';

/** Opens what the machine has in place of a key, for those rows that call as the machine. */
export async function openMachines(rows: readonly ReplayRow[]): Promise<AsyncDisposable> {
  const machines = new Set<Machine>(rows.flatMap((row) => wayTo(row).machine ?? []));
  const opened: AsyncDisposable[] = [];
  for (const machine of machines) opened.push(await machine.open());
  return {
    async [Symbol.asyncDispose]() {
      for (const one of opened.toReversed()) await one[Symbol.asyncDispose]();
    },
  };
}
