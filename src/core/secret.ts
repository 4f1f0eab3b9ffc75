const HIDDEN = '[redacted]';
const inspect = Symbol.for('nodejs.util.inspect.custom');

/** A key or token. However it is printed, serialised or inspected, it shows `[redacted]`; only `reveal` gives it away. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return HIDDEN;
  }

  toJSON(): string {
    return HIDDEN;
  }

  [inspect](): string {
    return HIDDEN;
  }
}
