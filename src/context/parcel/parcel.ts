import type { Redacted, LeftOut, Sent } from './sent.ts';

/** Why something that an exclusion matches does not go along. */
export const EXCLUDED = 'an exclusion (!) matches it';

/** What has been put together so far: one for a call. */
export class Parcel {
  readonly blocks: string[] = [];
  readonly sent: Sent[] = [];
  readonly leftOut: LeftOut[] = [];
  readonly redacted: Redacted[] = [];

  add(block: string, sent: Sent): void {
    this.blocks.push(block);
    this.sent.push(sent);
  }

  leave(path: string, why: string): void {
    this.leftOut.push({ path, why });
  }
}
