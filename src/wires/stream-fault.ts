/** An error that a vendor sent inside its stream: the body as it came, to be classified by whoever knows the vendor. */
export class StreamFault extends Error {
  override readonly name = 'StreamFault';
  readonly body: unknown;

  constructor(body: unknown) {
    super('The vendor sent an error in mid-stream');
    this.body = body;
  }
}
