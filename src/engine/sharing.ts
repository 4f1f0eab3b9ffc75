import { leaving } from '../core/leaving.ts';

/** Runs work once for everyone who asks for the same at the same time; the work ends when the last of them has left. */
export type Share<T> = (what: object, signal: AbortSignal | undefined, work: (signal: AbortSignal) => Promise<T>) => Promise<T>;

type Running<T> = { result: Promise<T>; waiting: number; stop: AbortController };

/** One table of work under way, by what was asked. */
export function createSharing<T>(): Share<T> {
  const running = new Map<string, Running<T>>();

  function begin(key: string, work: (signal: AbortSignal) => Promise<T>): Running<T> {
    const stop = new AbortController();
    const result = work(stop.signal).finally(() => running.get(key)?.stop === stop && running.delete(key));
    const one = { result, waiting: 0, stop };
    running.set(key, one);
    return one;
  }

  return (what, signal, work) => {
    const key = JSON.stringify(what);
    const one = running.get(key) ?? begin(key, work);
    one.waiting += 1;
    return leaving(signal, one.result, () => {
      one.waiting -= 1;
      if (one.waiting > 0) return;
      // Whoever comes now must not join what is being ended.
      if (running.get(key) === one) running.delete(key);
      one.stop.abort();
    });
  };
}
