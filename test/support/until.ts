import { setTimeout as wait } from 'node:timers/promises';

const EVERY_MS = 5;
const PATIENCE_MS = 8000;

/** What `look` finds, as soon as it finds something; `what` says in an error what was waited for. */
export async function until<T>(look: () => T | undefined | null | false, what: () => string): Promise<T> {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const found = look();
    if (found !== undefined && found !== null && found !== false) return found;
    if (Date.now() > end) throw new Error(`Waited in vain for ${what()}`);
    await wait(EVERY_MS);
  }
}
