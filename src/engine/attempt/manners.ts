import type { Rewrite } from '../../core/chat.ts';

/** How long it is remembered what a model wants, in milliseconds: what is missing there today somebody may set up tomorrow. */
const KEPT_MS = 3_600_000;

/** What of it is about the model or the account, and not about one schema. */
const LASTING: ReadonlySet<Rewrite> = new Set([
  'unstreamed',
  'usage unasked',
  'unstored',
  'cache unmarked',
  'other limit field',
  'system in turn',
]);

/** How models want their requests written, as they have shown it: so that a refusal is paid for with one request and not with one a call. */
export type Manners = {
  of: (key: string) => readonly Rewrite[];
  learn: (key: string, rewrites: readonly Rewrite[]) => void;
};

/** The manners of this process. `now` is in epoch milliseconds. */
export function createManners(now: () => number): Manners {
  const known = new Map<string, { rewrites: readonly Rewrite[]; until: number }>();
  return {
    of(key) {
      const found = known.get(key);
      return found === undefined || found.until < now() ? [] : found.rewrites;
    },
    learn(key, rewrites) {
      const lasting = rewrites.filter((one) => LASTING.has(one));
      if (lasting.length > 0) known.set(key, { rewrites: lasting, until: now() + KEPT_MS });
    },
  };
}
