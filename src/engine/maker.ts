import type { Config } from '../config/config.ts';
import type { Setup } from '../config/setup.ts';
import type { Answer, Ask } from '../core/chat.ts';
import { estimateTokens } from '../pricing/estimate.ts';
import { attempt, callFor } from './attempt/attempt.ts';
import { deadline } from './attempt/deadline.ts';
import { createLimiter, type Limiter } from './attempt/limits.ts';
import type { Partners } from './attempt/partners.ts';
import { breakerKey, type SharedBreaker } from './attempt/shared-breaker.ts';
import type { Knowledge } from './models/known.ts';
import type { Keeping } from './money/keeping.ts';
import { paid } from './money/paid.ts';
import type { Purpose } from './money/ticket.ts';
import type { Till } from './money/till.ts';
import { nothingLeft } from './plan/nothing-left.ts';
import type { Planned } from './plan/plan.ts';
import { type CallRequest, GRACE_MS, limitOf, type Making, type Prepared } from './request.ts';
import { type Screen, screened } from './screen.ts';
import { standInNotes } from './stand-in.ts';
import type { Steps } from './walk/leg.ts';
import { structured } from './walk/structured.ts';
import { walk } from './walk/walk.ts';

/** Carries a plan out: from who would be asked to an answer. */
export type Maker = {
  /** Whether the answer was given before and kept. */
  isKept: (option: Planned, ask: Ask, purpose: Purpose) => Promise<boolean>;
  /** Throws a `Failure` and nothing else. */
  make: (request: CallRequest, prepared: Prepared, making: Making) => Promise<Answer & { why?: string }>;
};

type Around = {
  config: Config;
  setups: ReadonlyMap<string, Setup>;
  knowledge: Knowledge;
  partners: Partners;
  till: Till;
  keeping: Keeping;
  breaker: () => Promise<SharedBreaker>;
  isAllowed: (ref: string) => boolean;
  closing: AbortSignal;
  screen: Screen;
};

export function createMaker(around: Around): Maker {
  const { config, setups, knowledge, partners, till, keeping, breaker, isAllowed, closing, screen } = around;
  const limiters = new Map<string, Limiter>(config.providers.map(({ provider, rates }) => [provider.id, createLimiter(rates)]));

  /** One try at one model, when its provider's limits allow it and there is money for it. */
  async function tryOne(
    option: Planned,
    ask: Ask,
    time: { remainingMs: () => number; signal: AbortSignal },
    { purpose, progress, ticket }: Making,
  ): Promise<Answer> {
    const { provider, model, facts } = option;
    const target = { provider, model };
    const one = { target, facts, quirks: setups.get(provider)?.provider.quirks };
    const talk = partners.talkTo(target);
    const seen = await screened(option, ask, screen);
    const answer = await structured(seen.ask, (said) => {
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
          },
          till,
          keeping,
        );
      return limiters.get(provider)?.run(estimateTokens(said), time, work) ?? work();
    });
    return { ...answer, notes: [...seen.notes, ...answer.notes] };
  }

  async function make(request: CallRequest, { wish, what }: Prepared, making: Making): Promise<Answer & { why?: string }> {
    const started = performance.now();
    if (what.tries.length === 0) throw await nothingLeft(what, { config, catalog: knowledge.catalog, isAllowed });
    const totalMs = limitOf(request, config);
    const limit = deadline(totalMs, [making.signal, closing]);
    const remembered = await breaker();
    const key = (option: Planned) => breakerKey(option, setups.get(option.provider));
    const remainingMs = () => totalMs - (performance.now() - started);
    const steps: Steps = {
      attempt: (option, ask, signal) => tryOne(option, ask, { remainingMs, signal }, making),
      enter: (option) => remembered.enter(key(option)),
      answered: (option) => remembered.answered(key(option)),
      failed: (option, failure) => remembered.failed(key(option), failure),
      remainingMs,
      random: Math.random,
      retries: config.retries,
      now: Date.now,
      ...(config.hedgeAfterMs === undefined ? {} : { hedgeAfterMs: config.hedgeAfterMs }),
    };
    try {
      const walked = await walk(what, request.ask, steps, limit.signal);
      const { answer } = walked;
      const [first] = wish.targets;
      const notes = [...standInNotes(first, walked, what), ...answer.notes];
      const timing = { ...answer.timing, totalMs: Math.round(performance.now() - started) };
      return { ...answer, notes, timing, ...(first?.why === undefined ? {} : { why: first.why }) };
    } finally {
      limit.end();
    }
  }

  async function isKept(option: Planned, ask: Ask, purpose: Purpose): Promise<boolean> {
    const { provider, model, facts } = option;
    const target = { provider, model };
    const one = { target, facts, quirks: setups.get(provider)?.provider.quirks };
    const write = async () => partners.write(target, callFor(one, (await till.quote(target, ask, purpose)).ask));
    const key = await keeping.keyOf(target, write, ask);
    return key !== undefined && (await keeping.read(key, target)) !== undefined;
  }

  return { isKept, make };
}
