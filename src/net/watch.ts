import { Failure } from '../core/errors.ts';
import { duration } from '../core/text.ts';

/** A signal to work under; `touch` moves its deadline, `end` lets go of it. */
export type Watch = { signal: AbortSignal; touch: (idleMs: number) => void; end: () => void };

/** One signal out of the caller's and a deadline that moves with every chunk. */
export function watch(caller: AbortSignal | null | undefined, title: string, firstByteMs: number): Watch {
  const controller = new AbortController();
  const fire = (ms: number, what: string) =>
    setTimeout(() => controller.abort(new Failure('timeout', `${title} ${what} for ${duration(ms)}`)), ms);
  let timer = fire(firstByteMs, 'did not begin to answer');
  const onAbort = () => controller.abort(caller?.reason);
  if (caller?.aborted) onAbort();
  caller?.addEventListener('abort', onAbort, { once: true });
  return {
    signal: controller.signal,
    touch(idleMs) {
      clearTimeout(timer);
      timer = fire(idleMs, 'sent nothing more');
    },
    end() {
      clearTimeout(timer);
      caller?.removeEventListener('abort', onAbort);
    },
  };
}
