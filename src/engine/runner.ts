import type { Catalog } from '../catalog/catalog.ts';
import type { Config } from '../config/config.ts';
import type { Setup } from '../config/setup.ts';
import type { Answer, Ask } from '../core/chat.ts';
import { deadline } from '../core/deadline.ts';
import { defined } from '../core/defined.ts';
import { failureIn } from '../core/errors.ts';
import { addressee, callFor } from './attempt/attempt.ts';
import { createManners } from './attempt/manners.ts';
import type { Partners } from './attempt/partners.ts';
import { breakerKey, type SharedBreaker } from './attempt/shared-breaker.ts';
import { withNearest } from './models/nearest-ids.ts';
import type { Keeping } from './money/keeping.ts';
import type { Purpose } from './money/ticket.ts';
import type { Till } from './money/till.ts';
import type { OneTry } from './one-try.ts';
import type { Planned } from './plan/plan.ts';
import { type CallRequest, limitOf, type Prepared, type RunContext } from './request.ts';
import { standInNotes } from './stand-in.ts';
import type { Steps } from './walk/leg.ts';
import { walk } from './walk/walk.ts';

/** Carries a plan out: from who would be asked to an answer. */
export type Runner = {
  /** Whether the answer was given before and kept. */
  isKept: (option: Planned, ask: Ask, purpose: Purpose) => Promise<boolean>;
  /** Throws a `Failure` and nothing else. */
  run: (request: CallRequest, prepared: Prepared, context: RunContext) => Promise<Answer & { why?: string }>;
};

type Around = {
  config: Config;
  setups: ReadonlyMap<string, Setup>;
  catalog: () => Promise<Catalog>;
  partners: Partners;
  till: Till;
  keeping: Keeping;
  breaker: () => Promise<SharedBreaker>;
  oneTry: OneTry;
  closing: AbortSignal;
};

/**
 * How long a call waits without an answer under way, in milliseconds: hosts give up on what is silent for a minute, and bear
 * more where they are told what is waited for.
 */
const BEARS_MS = { silent: 45_000, told: 120_000 };

export function createRunner({ config, setups, catalog, partners, till, keeping, breaker, oneTry, closing }: Around): Runner {
  const manners = createManners(Date.now);

  async function stepsFor(remainingMs: () => number, context: RunContext): Promise<Steps> {
    const remembered = await breaker();
    const key = (option: Planned) => breakerKey(option, setups.get(option.provider));
    const { retries, hedgeAfterMs } = config;
    return {
      attempt: (option, ask, signal) => oneTry(option, ask, { remainingMs, signal }, context),
      enter: (option) => remembered.enter(key(option)),
      answered: (option) => remembered.answered(key(option)),
      failed: (option, failure) => remembered.failed(key(option), failure),
      rewrites: (option) => ({ can: partners.rewrites(option), wants: manners.of(key(option)) }),
      learned: (option, rewrites) => manners.learn(key(option), rewrites),
      waits: ({ provider, model }, waitMs) => context.progress?.({ provider, model, doing: 'waiting', tokens: 0, waitMs }),
      bearsMs: context.progress === undefined ? BEARS_MS.silent : BEARS_MS.told,
      remainingMs,
      random: Math.random,
      now: Date.now,
      ...defined({ retries, hedgeAfterMs }),
    };
  }

  async function run(request: CallRequest, { wish, plan }: Prepared, context: RunContext): Promise<Answer & { why?: string }> {
    const started = request.begunAt ?? performance.now();
    const elapsedMs = () => performance.now() - started;
    const totalMs = limitOf(request, config);
    const limit = deadline({ totalMs, spentMs: elapsedMs() }, [context.signal, closing]);
    try {
      const known = await catalog();
      const told = (error: unknown): never => {
        const failure = failureIn(error);
        const [asked] = failure?.facts.attempts ?? [];
        throw failure === undefined || asked === undefined
          ? error
          : withNearest(failure, asked, setups.get(asked.provider), known);
      };
      const steps = await stepsFor(() => totalMs - elapsedMs(), context);
      const walked = await walk(plan, request.ask, steps, limit.signal).catch(told);
      const { answer } = walked;
      const [first] = wish.targets;
      const notes = [...standInNotes(first, walked, plan), ...answer.notes];
      const timing = { ...answer.timing, totalMs: Math.round(elapsedMs()) };
      return { ...answer, notes, timing, ...defined({ why: first?.why }) };
    } finally {
      limit.end();
    }
  }

  async function isKept(option: Planned, ask: Ask, purpose: Purpose): Promise<boolean> {
    const one = addressee(option);
    const write = async () => partners.write(one.target, callFor(one, (await till.quote(one.target, ask, purpose)).ask));
    const key = await keeping.keyOf({ target: one.target, ask, owner: purpose.owner }, write);
    return key !== undefined && (await keeping.read(key, one.target)) !== undefined;
  }

  return { isKept, run };
}
