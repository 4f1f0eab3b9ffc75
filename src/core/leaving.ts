/** `work`, or a rejection with the signal's reason as soon as it is aborted: who leaves does not wait for what goes on. */
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
