import type { Estimate } from './sent.ts';

/** The tokens that one call may carry from the user's machine. What is taken is gone; what does not fit takes nothing. */
export class Budget {
  readonly #estimate: Estimate;
  #left: number;

  constructor(tokens: number, estimate: Estimate) {
    this.#left = tokens;
    this.#estimate = estimate;
  }

  get left(): number {
    return this.#left;
  }

  get estimate(): Estimate {
    return this.#estimate;
  }

  /** Takes room for a text: how many tokens it has, or undefined where it does not fit. */
  take(text: string): number | undefined {
    const tokens = this.#estimate(text);
    if (tokens > this.#left) return undefined;
    this.#left -= tokens;
    return tokens;
  }
}
