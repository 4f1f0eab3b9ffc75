import { Failure } from './errors.ts';
import { duration } from './text.ts';

/** A signal that carries an authored reason, and the way to be done with it. */
export type Deadline = { signal: AbortSignal; end: () => void };

const cancelled = () => new Failure('cancelled', 'The call was cancelled');
const unanswered = (within: string) => new Failure('timeout', `There was no answer within ${within}`);

/** Milliseconds for the whole work, those of them that are spent already, and what is said when they are over. */
type Time = { totalMs: number; spentMs?: number; late?: (within: string) => Failure };

/** One signal out of a time limit and whoever may cancel; its reason is always a `Failure`. Call `end` when the work is over. */
export function deadline(
  { totalMs, spentMs = 0, late = unanswered }: Time,
  cancels: readonly (AbortSignal | undefined)[],
): Deadline {
  const controller = new AbortController();
  const onCancel = () => controller.abort(cancelled());
  const timer = setTimeout(() => controller.abort(late(duration(totalMs))), Math.max(0, totalMs - spentMs));
  for (const signal of cancels) {
    if (signal?.aborted) onCancel();
    signal?.addEventListener('abort', onCancel, { once: true });
  }
  return {
    signal: controller.signal,
    end() {
      clearTimeout(timer);
      for (const signal of cancels) signal?.removeEventListener('abort', onCancel);
    },
  };
}
