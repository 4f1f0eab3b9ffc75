import type { FailureKind } from '../../src/core/errors.ts';
import type { WireId } from '../../src/wires/wire.ts';
import type { Patience } from '../contract/stage.ts';
import type { Delivery } from '../support/delivery.ts';
import type { Content } from '../support/reply.ts';

/** What a call comes to: an answer, or a failure of that kind. */
export type Ending = FailureKind | 'answer';

/** A wire on which a fault cannot happen, and why. */
export type Skipped = { skip: string };

/** Where the model seems to be, in place of the simulated vendor, and the variables that lead there. */
export type Place = AsyncDisposable & { url: string; env?: Record<string, string> };

/** One thing that goes wrong, and what a call that meets it comes to. */
export type Fault = {
  name: string;
  /** What the vendor says; absent: a good answer. */
  content?: Content;
  /** How it travels; absent: as the vendor wrote it. */
  deliver?: Delivery;
  /** Puts something else where the vendor is; `vendor` is its origin. */
  place?: (vendor: string) => Promise<Place>;
  /** How long the engine waits, where that matters. */
  patience?: Patience;
  ends: Ending;
  /** What the call comes to where nobody stands in, if that is something else. */
  alone?: Ending;
  /** How long the vendor asks to be left alone, in milliseconds: at least, and at most. */
  retryAfterMs?: readonly [number, number];
  /** Wires on which it ends otherwise, or cannot happen. */
  except?: Partial<Record<WireId, Ending | Skipped>>;
};

/** What is to be expected of a fault on a wire. */
export const expected = ({ ends, except }: Fault, wire: WireId): Ending | Skipped => except?.[wire] ?? ends;
