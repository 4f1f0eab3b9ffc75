import { setTimeout as wait } from 'node:timers/promises';

const EVERY_MS = 5;
/** Just under the limit of a test, so that its error is the one that is read. */
const PATIENCE_MS = 14_000;

/** What `look` finds, as soon as it finds something; `what` says in an error what was waited for. */
export async function until<T>(
  look: () => T | undefined | null | false,
  what: () => string,
  patienceMs = PATIENCE_MS,
): Promise<T> {
  const end = Date.now() + patienceMs;
  for (;;) {
    const found = look();
    if (found !== undefined && found !== null && found !== false) return found;
    if (Date.now() > end) throw new Error(`Waited in vain for ${what()}`);
    await wait(EVERY_MS);
  }
}
