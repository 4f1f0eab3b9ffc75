import { asWritten } from '../support/delivery.ts';
import type { Delivery } from '../support/delivery.ts';
import { answer } from '../support/reply.ts';
import type { Content, Reply } from '../support/reply.ts';
import type { Fault } from './fault.ts';

/** What a vendor says that fails now and then, and how often it did so far. */
export type Mixed = { content: Content; deliver: Delivery; failed: () => number };

/** A vendor that meets one of these faults, each in its turn, in `percent` of its answers. */
export function mixed(faults: readonly Fault[], percent: number): Mixed {
  const travels = new WeakMap<Reply, Delivery>();
  const good = answer();
  let asked = 0;
  let failed = 0;
  return {
    content(dialect, request) {
      asked += 1;
      // Prime to 100, so that every hundred answers have their share, well spread.
      const fault = (asked * 37) % 100 < percent ? faults[failed % faults.length] : undefined;
      if (fault === undefined) return good(dialect, request);
      failed += 1;
      const reply = (fault.content ?? good)(dialect, request);
      if (fault.deliver !== undefined) travels.set(reply, fault.deliver);
      return reply;
    },
    deliver: (reply) => (travels.get(reply) ?? asWritten)(reply),
    failed: () => failed,
  };
}
