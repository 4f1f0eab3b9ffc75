import { fileURLToPath } from 'node:url';
import type { Home } from '../support/home.ts';
import { type Ended, type Running, start } from '../support/process.ts';

const JITI = fileURLToPath(new URL('../../node_modules/jiti/lib/jiti-cli.mjs', import.meta.url));
const WORKER = fileURLToPath(new URL('./worker.ts', import.meta.url));

/** What a worker does with the ledger; `worker.ts` says how. */
type Task = 'count' | 'enter' | 'write on' | 'die';

/** Starts a process of its own over the ledger in this home. */
export const hire = (home: Home, task: Task): Running => start({ home, cli: JITI, args: [WORKER, home.path, task] });

/** So many processes at the same time, and how each ended. */
export async function hireAll(home: Home, task: Task, count: number): Promise<Ended[]> {
  const crew = Array.from({ length: count }, () => hire(home, task));
  return Promise.all(
    crew.map(async (worker) => {
      await using one = worker;
      return await one.ended;
    }),
  );
}
