import { Failure } from '../core/errors.ts';
import { duration } from '../core/text.ts';

/** A signal to work under, and a deadline that moves. */
export type Watch = {
  signal: AbortSignal;
  /** Aborts after `ms` milliseconds, in place of the deadline before: `title` `missed` for so long. */
  expect: (ms: number, missed: string) => void;
  /** Lets go of the caller's signal and of the deadline. */
  end: () => void;
  /** Ends the work, because nobody waits for it any more. */
  hangUp: () => void;
};

/** One signal out of the caller's and a deadline, which is for whoever watches to set. */
export function watch(caller: AbortSignal | null | undefined, title: string): Watch {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const onAbort = () => controller.abort(caller?.reason);
  if (caller?.aborted) onAbort();
  caller?.addEventListener('abort', onAbort, { once: true });
  const end = () => {
    clearTimeout(timer);
    caller?.removeEventListener('abort', onAbort);
  };
  return {
    signal: controller.signal,
    expect(ms, missed) {
      clearTimeout(timer);
      timer = setTimeout(() => controller.abort(new Failure('timeout', `${title} ${missed} for ${duration(ms)}`)), ms);
    },
    end,
    hangUp() {
      end();
      controller.abort();
    },
  };
}
