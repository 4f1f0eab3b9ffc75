import type { Setup } from '../config/setup.ts';
import type { Answer, Ask } from '../core/chat.ts';
import { estimateTokens } from '../pricing/estimate.ts';
import { addressee, attempt, callFor } from './attempt/attempt.ts';
import { createLimiter, type Limiter } from './attempt/limits.ts';
import type { Partners } from './attempt/partners.ts';
import type { Keeping } from './money/keeping.ts';
import { paid } from './money/paid.ts';
import type { Till } from './money/till.ts';
import type { Planned } from './plan/plan.ts';
import { GRACE_MS, type RunContext } from './request.ts';
import { type Screen, screened } from './screen.ts';
import { structured } from './walk/structured.ts';

/** What is left of the call that a try belongs to. */
type Time = { remainingMs: () => number; signal: AbortSignal };

/**
 * One try at one model, when its provider's limits allow it and there is money for it. Throws a `Failure` whose facts name
 * what was attempted.
 */
export type OneTry = (option: Planned, ask: Ask, time: Time, context: RunContext) => Promise<Answer>;

type Around = {
  setups: ReadonlyMap<string, Setup>;
  partners: Partners;
  till: Till;
  keeping: Keeping;
  screen: Screen;
};

/** The limiter of each provider, which counts the calls of the whole process. */
function limiters(setups: ReadonlyMap<string, Setup>): (provider: string) => Limiter {
  const known = new Map<string, Limiter>();
  return (provider) => {
    const limiter = known.get(provider) ?? createLimiter(setups.get(provider)?.limits);
    known.set(provider, limiter);
    return limiter;
  };
}

export function createOneTry({ setups, partners, till, keeping, screen }: Around): OneTry {
  const limiterOf = limiters(setups);
  return async (option, ask, time, { purpose, progress, ticket }) => {
    const one = addressee(option);
    const { target } = one;
    const talk = partners.talkTo(target);
    const waits = (waitMs: number) => progress?.({ ...target, doing: 'waiting', tokens: 0, waitMs });
    const seen = await screened(option, ask, screen);
    const answer = await structured(seen.ask, (said, judge) => {
      const work = () =>
        paid(
          {
            target,
            ask: said,
            purpose,
            expiresAt: Date.now() + time.remainingMs() + GRACE_MS,
            ticket: ticket?.(target),
            write: (sent) => partners.write(target, callFor(one, sent)),
            make: (sent) => attempt({ ...one, ask: sent, talk }, time.signal, progress),
            judge,
          },
          till,
          keeping,
        );
      return limiterOf(target.provider).run(estimateTokens(said), { ...time, waits }, work);
    });
    return { ...answer, notes: [...seen.notes, ...answer.notes] };
  };
}
