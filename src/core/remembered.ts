/** Work that is done once. `begun`: what came or will come of it, where somebody has asked for it. */
export type Remembered<T> = (() => Promise<T>) & { begun: () => Promise<T> | undefined };

/** Does `work` at the first call and remembers what came of it; what failed is done again at the next call. */
export function remembered<T>(work: () => Promise<T>): Remembered<T> {
  let done: Promise<T> | undefined;
  const ask = () =>
    (done ??= work().catch((error: unknown) => {
      done = undefined;
      throw error;
    }));
  return Object.assign(ask, { begun: () => done });
}
