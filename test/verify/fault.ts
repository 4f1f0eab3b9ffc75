import type { FailureKind } from '../../src/core/errors.ts';
import type { WireId } from '../../src/wires/wire.ts';
import type { Patience } from '../contract/stage.ts';
import type { Delivery } from '../support/delivery.ts';
import type { Content } from '../support/reply.ts';

/** The end of a call: an answer, or a failure of that kind. */
export type Ending = FailureKind | 'answer';

/** A wire on which a fault cannot happen, and why. */
export type Skipped = { skip: string };

/** The address at which the model seems to be, in place of the simulated vendor, and the variables that lead there. */
export type Place = AsyncDisposable & { url: string; env?: Record<string, string> };

/** One thing that goes wrong, and what a call that meets it comes to. */
export type Fault = {
  name: string;
  /** The content that the vendor sends; absent: a good answer. */
  content?: Content;
  /** The way in which it travels; absent: as the vendor wrote it. */
  deliver?: Delivery;
  /** Puts something else where the vendor is; `vendor` is its origin. */
  place?: (vendor: string) => Promise<Place>;
  /** The times that the engine waits, where they matter. */
  patience?: Patience;
  ends: Ending;
  /** The end of the call where nobody stands in, if that is something else. */
  alone?: Ending;
  /** The time for which the vendor asks to be left alone, in milliseconds: at least, and at most. */
  retryAfterMs?: readonly [number, number];
  /** Wires on which it ends otherwise, or cannot happen. */
  except?: Partial<Record<WireId, Ending | Skipped>>;
};

/** Says what is to be expected of a fault on a wire. */
export const expected = ({ ends, except }: Fault, wire: WireId): Ending | Skipped => except?.[wire] ?? ends;
