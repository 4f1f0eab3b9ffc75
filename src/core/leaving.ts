/** `work`; rejects with the signal's reason as soon as it aborts, and `work` goes on unobserved. `onLeave` is told of that. */
export function leaving<T>(signal: AbortSignal | undefined, work: Promise<T>, onLeave?: () => void): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const leave = () => {
      onLeave?.();
      reject(signal?.reason);
    };
    work.then(resolve, reject).finally(() => signal?.removeEventListener('abort', leave));
    if (signal?.aborted) return leave();
    signal?.addEventListener('abort', leave, { once: true });
  });
}
