import pLimit, { type LimitFunction } from 'p-limit';
import type { RateLimits } from '../../config/setup.ts';
import { Failure } from '../../core/errors.ts';
import { leaving } from '../../core/leaving.ts';
import { duration } from '../../core/text.ts';
import { sleep } from './sleep.ts';

/** The time that is left of a call, its signal, and a listener that is told for how many milliseconds it waits. */
type CallTime = { remainingMs: () => number; signal: AbortSignal; waits: (waitMs: number) => void };

/** Keeps a provider's limits. */
export type Limiter = {
  /** Runs `work` when the limits allow it; throws `rate_limited` at once when that is not in time. `tokens` is an estimate. */
  run: <T>(tokens: number, time: CallTime, work: () => Promise<T>) => Promise<T>;
};

const MINUTE_MS = 60_000;

/** `at`: by a clock that nobody sets, in milliseconds. */
type Spent = { at: number; tokens: number };

/**
 * Returns the milliseconds until one more call of so many tokens keeps both limits. `spent`: the last minute, oldest first. Pure.
 */
export function waitFor(
  spent: readonly Spent[],
  tokens: number,
  { rpm = Infinity, tpm = Infinity }: RateLimits,
  now: number,
): number {
  const calls = spent.length - rpm + 1;
  const byCalls = calls > 0 ? (spent[calls - 1]?.at ?? now) + MINUTE_MS - now : 0;
  let over = spent.reduce((sum, one) => sum + one.tokens, tokens) - tpm;
  let byTokens = 0;
  // A single call that is larger than the whole limit waits for an empty minute, and no longer.
  for (const one of spent) {
    if (over <= 0) break;
    over -= one.tokens;
    byTokens = one.at + MINUTE_MS - now;
  }
  return Math.max(0, byCalls, byTokens);
}

const noRoom = (ms: number): Failure =>
  new Failure(
    'rate_limited',
    `Your config's own limits for this provider (rpm, tpm) leave room only in ${duration(ms)}, which is longer than this call may take`,
    {
      retryAfterMs: ms,
      remedied: true,
    },
  );

/** A limiter of this process; without limits it runs everything at once. */
export function createLimiter({ concurrency, ...limits }: RateLimits = {}): Limiter {
  const slots: LimitFunction | undefined = concurrency === undefined ? undefined : pLimit(concurrency);
  let spent: Spent[] = [];

  async function enter(tokens: number, { remainingMs, signal, waits }: CallTime): Promise<void> {
    if (limits.rpm === undefined && limits.tpm === undefined) return;
    for (;;) {
      spent = spent.filter(({ at }) => at > performance.now() - MINUTE_MS);
      const ms = waitFor(spent, tokens, limits, performance.now());
      if (ms === 0) break;
      if (ms >= remainingMs()) throw noRoom(ms);
      waits(ms);
      await sleep(ms, signal);
    }
    spent.push({ at: performance.now(), tokens });
  }

  return {
    async run(tokens, time, work) {
      const { signal } = time;
      const entered = async () => {
        signal.throwIfAborted();
        await enter(tokens, time);
        return work();
      };
      return slots === undefined ? entered() : leaving(signal, slots(entered));
    },
  };
}
