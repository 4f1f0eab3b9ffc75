import type { Counts } from './counts.ts';

/** An error that a vendor sent inside its stream: the body as it came, to be classified by whoever knows the vendor. */
export class StreamFault extends Error {
  override readonly name = 'StreamFault';
  readonly body: unknown;
  /** What the vendor counted beside the error: what fails may be billed. */
  readonly counts: Counts | undefined;

  constructor(body: unknown, counts?: Counts) {
    super('The vendor sent an error in mid-stream');
    this.body = body;
    this.counts = counts;
  }
}
