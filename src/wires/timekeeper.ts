import type { Watch } from '../net/watch.ts';
import type { Reading } from './reading.ts';
import type { Delta } from './wire.ts';

/**
 * The factor by which a model may say nothing for longer, while its connection is alive, than a connection may be silent: some
 * models think for minutes behind comments and pings.
 */
const QUIET_FACTOR = 2;

/** The wait for the rest once a model has stopped, in milliseconds: its usage, where that is still missing, and the end. */
const REST_MS = { withUsage: 2000, without: 10_000 };

/** The time that a connection has to end by itself after the protocol's end, in milliseconds: then the next call can use it. */
const LINGER_MS = 300;

/** Lets a stream end that has said all it had to say, and ends it when it does not. Nobody waits for that. */
export async function letGo(events: AsyncIterator<unknown>, line: Watch): Promise<void> {
  const timer = setTimeout(line.hangUp, LINGER_MS).unref();
  try {
    while (!(await events.next()).done) continue;
  } catch {
    // Nothing that comes after the end of an answer is of any use to anybody.
  }
  clearTimeout(timer);
  line.hangUp();
}

/** Keeps the time of an answer: a model that says nothing for too long is given up, and after its last word nothing is waited for. */
export function createTimekeeper({ expect }: Watch, idleMs: number) {
  const quiet = () => expect(QUIET_FACTOR * idleMs, 'kept its connection alive and sent nothing of an answer');
  let hasStopped = false;
  let goesOn = false;
  quiet();
  return (delta: Delta, reading: Reading): void => {
    // A model that says more after the end says the end too early.
    if (hasStopped && delta.text) goesOn = true;
    hasStopped ||= reading.stop() !== undefined;
    if (hasStopped && !goesOn) {
      const restMs = reading.usage().output === undefined ? REST_MS.without : REST_MS.withUsage;
      expect(Math.min(restMs, idleMs), 'sent nothing more');
    } else if (delta.text || delta.thinking || delta.sources) quiet();
  };
}
