/** A stream comes in pieces; a shorter pause than this between two of them is its usual pace. Milliseconds. */
const PAUSE_MS = 1000;

/** Measures how long a model was silent, because it may have thought meanwhile. */
export type Silence = {
  /** A piece of an answer has come. */
  break: () => void;
  /** The vendor has counted all that went before. */
  forget: () => void;
  /** Milliseconds until now. */
  sum: () => number;
};

/** Begins to measure. `elapsed`: milliseconds since then. Where nothing ever comes, even a short silence counts. */
export function measureSilence(elapsed: () => number): Silence {
  let [last, silent, isBroken] = [0, 0, false];
  const pause = (): number => {
    const gap = elapsed() - last;
    return gap < PAUSE_MS ? 0 : gap;
  };
  return {
    break() {
      silent += pause();
      [last, isBroken] = [elapsed(), true];
    },
    forget() {
      [last, silent, isBroken] = [elapsed(), 0, true];
    },
    sum: () => silent + (isBroken ? pause() : elapsed()),
  };
}
