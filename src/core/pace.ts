/** How long a loop may go on before others have their turn, in milliseconds: a ping or a cancel waits no longer. */
const TURN_MS = 15;

/** The pace of long work on this machine: each step lets others have their turn, and throws the signal's reason once it is aborted. */
export class Pace {
  readonly signal: AbortSignal | undefined;
  #since = performance.now();

  constructor(signal?: AbortSignal) {
    this.signal = signal;
  }

  async step(): Promise<void> {
    this.signal?.throwIfAborted();
    if (performance.now() - this.#since < TURN_MS) return;
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    this.#since = performance.now();
    this.signal?.throwIfAborted();
  }
}
