import { Failure } from '../../core/errors.ts';
import { sleep } from '../attempt/sleep.ts';
import type { Planned } from '../plan/plan.ts';
import { leg, type Outcome, type Walking } from './leg.ts';

/** How it went, and whom it took besides the first. */
export type Hedged = { outcome: Outcome; second?: Planned };

/** A signal of its own that follows another one; `end` lets go of it. */
function following(signal: AbortSignal): { stop: AbortController; end: () => void } {
  const stop = new AbortController();
  const follow = () => stop.abort(signal.reason);
  if (signal.aborted) follow();
  signal.addEventListener('abort', follow, { once: true });
  return { stop, end: () => signal.removeEventListener('abort', follow) };
}

async function firstAnswer(legs: readonly Promise<Outcome>[]): Promise<Outcome | undefined> {
  const answers = legs.map(async (running) => {
    const outcome = await running;
    if ('failure' in outcome) throw outcome.failure;
    return outcome;
  });
  return Promise.any(answers).catch(() => undefined);
}

/**
 * Two legs: the second, of another provider, starts when the first is late. The first answer wins and the other leg is cancelled
 * at its socket; both stay in the log. When neither answers, the first one's failure is the outcome.
 */
export async function hedged(walking: Walking, first: Planned, second: Planned): Promise<Hedged> {
  const { steps, signal } = walking;
  const { stop, end } = following(signal);
  const run = (option: Planned) => leg({ ...walking, option, signal: stop.signal, hasNext: true });
  try {
    const running = run(first);
    const late = sleep(steps.hedgeAfterMs ?? 0, stop.signal).then(
      () => true,
      () => false,
    );
    const isLate = await Promise.race([running.then(() => false), late]);
    if (!isLate || !steps.enter(second)) return { outcome: await running };
    const both = [running, run(second)];
    const winner = await firstAnswer(both);
    stop.abort(new Failure('cancelled', 'Another model answered first'));
    await Promise.all(both);
    return { outcome: winner ?? (await running), second };
  } finally {
    stop.abort(new Failure('cancelled', 'The call is over'));
    end();
  }
}
