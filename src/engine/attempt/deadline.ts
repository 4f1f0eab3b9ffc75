import { Failure } from '../../core/errors.ts';
import { duration } from '../../core/text.ts';

/** A signal that carries an authored reason, and the way to be done with it. */
export type Deadline = { signal: AbortSignal; end: () => void };

const cancelled = () => new Failure('cancelled', 'The call was cancelled');

/** One signal out of a time limit and whoever may cancel; its reason is always a `Failure`. Call `end` when the work is over. */
export function deadline(totalMs: number, cancels: readonly (AbortSignal | undefined)[]): Deadline {
  const controller = new AbortController();
  const onCancel = () => controller.abort(cancelled());
  const timer = setTimeout(
    () => controller.abort(new Failure('timeout', `There was no answer within ${duration(totalMs)}`)),
    totalMs,
  );
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
