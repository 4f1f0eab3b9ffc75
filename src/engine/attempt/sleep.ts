import { setTimeout as wait } from 'node:timers/promises';

/** Waits so many milliseconds; throws the signal's own reason as soon as it is aborted. */
export async function sleep(ms: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  try {
    await wait(ms, undefined, { signal });
  } catch {
    throw signal.reason;
  }
}
