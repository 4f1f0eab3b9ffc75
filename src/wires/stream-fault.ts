import type { Usage } from '../core/chat.ts';

/** An error that a vendor sent inside its stream: the body as it came, to be classified by whoever knows the vendor. */
export class StreamFault extends Error {
  override readonly name = 'StreamFault';
  readonly body: unknown;
  /** What the vendor counted beside the error: what fails may be billed. */
  readonly usage: Usage | undefined;

  constructor(body: unknown, usage?: Usage) {
    super('The vendor sent an error in mid-stream');
    this.body = body;
    this.usage = usage;
  }
}
