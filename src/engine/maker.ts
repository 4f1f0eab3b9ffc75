import type { Config } from '../config/config.ts';
import type { Setup } from '../config/setup.ts';
import { type Answer, type Ask, type ModelRef, type Note, refText } from '../core/chat.ts';
import { Failure } from '../core/errors.ts';
import { validateSchema } from '../structure/validate-schema.ts';
import { attempt, callFor, type Progress } from './attempt/attempt.ts';
import { deadline } from './attempt/deadline.ts';
import { estimateTokens } from '../pricing/estimate.ts';
import { intentOf, type Wish } from './plan/intent.ts';
import type { Keeping } from './money/keeping.ts';
import type { Knowledge, Target } from './models/known.ts';
import type { Steps } from './walk/leg.ts';
import { createLimiter, type Limiter } from './attempt/limits.ts';
import { meantModel } from './models/meant.ts';
import { nothingLeft } from './plan/nothing-left.ts';
import { paid } from './money/paid.ts';
import { panelOf } from './models/panel.ts';
import type { Partners } from './attempt/partners.ts';
import { plan, type Plan, type Planned } from './plan/plan.ts';
import { breakerKey, type SharedBreaker } from './attempt/shared-breaker.ts';
import { type Screen, screened } from './screen.ts';
import { structured } from './walk/structured.ts';
import type { Purpose, Ticket } from './money/ticket.ts';
import type { Till } from './money/till.ts';
import { walk } from './walk/walk.ts';

/** What was chosen for the caller, best first, and for which task: any of these may answer. */
type Choice = { targets: readonly Target[]; task?: string };

export type CallRequest = {
  ask: Ask;
  /** As the user wrote it; absent: the default. */
  model?: string | undefined;
  /** In place of a model. */
  choice?: Choice | undefined;
  /** Milliseconds for the whole call; absent: the configured limit, which is also the most. */
  timeoutMs?: number | undefined;
  /** Dollars for the whole call; absent: only the budgets count. */
  maxCostUsd?: number | undefined;
};

/** A request understood: what it asks for, and who would be asked. */
export type Prepared = { wish: Wish; what: Plan };

/** What a call is made with. */
export type Making = {
  purpose: Purpose;
  signal?: AbortSignal | undefined;
  progress?: ((progress: Progress) => void) | undefined;
  /** Gives the hold that was made for the first attempt at this model, once. */
  ticket?: (target: ModelRef) => Ticket | undefined;
};

/** Decides and does: a request to its plan, and a plan to its answer. */
export type Maker = {
  prepare: (request: CallRequest, hostFamily: string | undefined) => Promise<Prepared>;
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

/** How long after a call's last moment its holds still count, in milliseconds. */
export const GRACE_MS = 60_000;

/** What an answer says of a model that it does not come from: nothing is swapped in silence. */
function swapped(
  first: ModelRef | undefined,
  served: Planned | undefined,
  failure: Failure | undefined,
  { dropped }: Plan,
): Note[] {
  if (first === undefined || served === undefined || refText(first) === refText(served)) return [];
  // A budget also says what would fit: what answered did.
  const failed = failure?.kind === 'budget' ? failure.message.split('. ')[0] : failure?.message;
  const reason = failed ?? dropped.find(({ model }) => refText(model) === refText(first))?.reason ?? 'it was late';
  return [{ param: 'model', asked: refText(first), sent: refText(served), why: reason }];
}

/** Files were read for the first model only: an agent that stands in for it is asked without its own. */
function without(first: Target | undefined, { agent }: Partial<Planned> = {}): Note[] {
  if (agent?.files === undefined || agent.name === first?.agent?.name) return [];
  return [{ param: 'files', asked: `of the agent "${agent.name}"`, sent: null, why: 'it stood in for another model' }];
}

/** Milliseconds that a call may take. */
export const limitOf = ({ timeoutMs }: CallRequest, { timeouts }: Config): number =>
  Math.min(timeoutMs ?? Infinity, timeouts.totalMs);

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

  async function wishOf({ ask, model, choice }: CallRequest, hostFamily: string | undefined): Promise<Wish> {
    if (choice !== undefined) return { by: 'choice', targets: choice.targets, task: choice.task };
    const meant = meantModel(ask.effort, model, config);
    const resolved = await knowledge.resolve(meant, hostFamily);
    const target = model === undefined && meant !== undefined ? { ...resolved, why: 'your thinking_model' } : resolved;
    const written = meant ?? config.defaultModel;
    if (written !== undefined) return { by: 'explicit', targets: [target], written };
    // Nobody named a model, so any strong one will do when this one fails.
    return { by: 'choice', targets: [target, ...(await panelOf({ config, catalog: knowledge.catalog }, hostFamily))] };
  }

  /** Pure deciding over everything that was looked up. */
  async function prepare(request: CallRequest, hostFamily: string | undefined): Promise<Prepared> {
    if (request.ask.schema !== undefined) validateSchema(request.ask.schema);
    const wish = await wishOf(request, hostFamily);
    const surroundings = { config, setups, knowledge, breaker: await breaker(), isAllowed };
    return { wish, what: plan(request.ask, await intentOf(wish, surroundings)) };
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
      const { answer, option, failure } = await walk(what, request.ask, steps, limit.signal);
      const [first] = wish.targets;
      const notes = [...swapped(first, option, failure, what), ...without(first, option), ...answer.notes];
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

  return { prepare, isKept, make };
}
