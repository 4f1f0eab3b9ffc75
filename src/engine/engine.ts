import { setMaxListeners } from 'node:events';
import pLimit from 'p-limit';
import type { Catalog } from '../catalog/catalog.ts';
import type { Config } from '../config/config.ts';
import { type Answer, type Ask, type ModelRef, type Note, refText } from '../core/chat.ts';
import { Failure, failureIn } from '../core/errors.ts';
import { type Ledger, memoryLedger, openLedger } from '../ledger/ledger.ts';
import { validateSchema } from '../structure/validate-schema.ts';
import { allowing } from './allowed.ts';
import { attempt, type Progress } from './attempt.ts';
import { deadline } from './deadline.ts';
import { estimateTokens } from './estimate.ts';
import { intentOf, type Wish } from './intent.ts';
import { createKnowledge, type Target } from './known.ts';
import type { Steps } from './leg.ts';
import { createLimiter, type Limiter } from './limits.ts';
import type { LiveListStore } from './live-lists.ts';
import { nothingLeft } from './nothing-left.ts';
import { panelOf } from './panel.ts';
import { createPartners } from './partners.ts';
import { plan, type Plan, type Planned } from './plan.ts';
import { breakerKey, createSharedBreaker, type SharedBreaker } from './shared-breaker.ts';
import { createSharing } from './sharing.ts';
import { structured } from './structured.ts';
import { walk } from './walk.ts';

export type { Progress } from './attempt.ts';

/** Who asks: the signal that cancels, the ear for progress, and the family of the host's own model where it is known. */
type Caller = {
  signal?: AbortSignal | undefined;
  progress?: ((progress: Progress) => void) | undefined;
  hostFamily?: string | undefined;
};

/** What was chosen for the caller, best first, and for which task: any of these may answer. */
type Choice = { targets: readonly ModelRef[]; task?: string };

type CallRequest = {
  ask: Ask;
  /** As the user wrote it; absent: the default. */
  model?: string | undefined;
  /** In place of a model. */
  choice?: Choice | undefined;
  /** Milliseconds for the whole call; absent: the configured limit, which is also the most. */
  timeoutMs?: number | undefined;
};

export type Outcome = { target: string; answer: Answer } | { target: string; failure: Failure };

export type Engine = {
  readonly config: Config;
  readonly lists: LiveListStore;
  /** What is known of models, with what providers list themselves over it. */
  catalog: () => Promise<Catalog>;
  /** What a model string means; without one, the default. Throws `not_found`, `input` or `config` failures. */
  resolve: (model: string | undefined, hostFamily?: string) => Promise<Target>;
  /** Asks one model, and those that stand in for it. Throws a `Failure` and nothing else. */
  call: (request: CallRequest, caller?: Caller) => Promise<Answer & { why?: string }>;
  /** Asks several at once; outcomes come in the order asked, and one failure leaves the others alone. */
  callAll: (requests: readonly CallRequest[], caller?: Caller) => Promise<Outcome[]>;
  /** Cancels what runs and closes every connection and file. */
  close: () => Promise<void>;
};

/** How many calls of one comparison run at the same time. */
const FAN_OUT = 8;

/** What an answer says of a model that it does not come from: nothing is swapped in silence. */
function swapped(
  first: ModelRef | undefined,
  served: Planned | undefined,
  failure: Failure | undefined,
  { dropped }: Plan,
): Note[] {
  if (first === undefined || served === undefined || refText(first) === refText(served)) return [];
  const reason = failure?.message ?? dropped.find(({ model }) => refText(model) === refText(first))?.reason ?? 'it was late';
  return [{ param: 'model', asked: refText(first), sent: refText(served), why: reason }];
}

export function createEngine(config: Config, userAgent = 'switchboard-mcp'): Engine {
  const partners = createPartners(config, userAgent);
  const knowledge = createKnowledge(config, partners.askForList);
  const closing = new AbortController();
  // Every call under way listens to it.
  setMaxListeners(0, closing.signal);
  const setups = new Map(config.providers.map((setup) => [setup.provider.id, setup]));
  const limiters = new Map<string, Limiter>(config.providers.map(({ provider, rates }) => [provider.id, createLimiter(rates)]));
  const isAllowed = allowing(config.models);
  const sharing = createSharing<Answer & { why?: string }>();
  let opened: Promise<Ledger> | undefined;

  /** A file that cannot be used never stops an answer: then this process remembers for itself. */
  const ledger = () =>
    (opened ??= config.home === undefined ? Promise.resolve(memoryLedger()) : openLedger(config.home).catch(memoryLedger));
  let shared: SharedBreaker | undefined;
  const breaker = async () => (shared ??= createSharedBreaker(await ledger()));

  /** One try at one model, when its provider's limits allow it. */
  async function tryOne(
    option: Planned,
    ask: Ask,
    time: { remainingMs: () => number; signal: AbortSignal },
    caller: Caller,
  ): Promise<Answer> {
    const { provider, model, facts } = option;
    const target = { provider, model };
    const one = { target, facts, quirks: setups.get(provider)?.provider.quirks, talk: partners.talkTo(target) };
    return structured(ask, (said) => {
      const work = () => attempt({ ...one, ask: said }, time.signal, caller.progress);
      return limiters.get(provider)?.run(estimateTokens(said), time, work) ?? work();
    });
  }

  async function wishOf({ model, choice }: CallRequest, hostFamily: string | undefined): Promise<Wish> {
    if (choice !== undefined) return { by: 'choice', targets: choice.targets, task: choice.task };
    const target = await knowledge.resolve(model, hostFamily);
    const written = model ?? config.defaultModel;
    if (written !== undefined) return { by: 'explicit', targets: [target], written };
    // Nobody named a model, so any strong one will do when this one fails.
    return { by: 'choice', targets: [target, ...(await panelOf({ config, catalog: knowledge.catalog }, hostFamily))] };
  }

  async function make(request: CallRequest, caller: Caller): Promise<Answer & { why?: string }> {
    const started = performance.now();
    if (request.ask.schema !== undefined) validateSchema(request.ask.schema);
    const wish = await wishOf(request, caller.hostFamily);
    const remembered = await breaker();
    const what = plan(request.ask, await intentOf(wish, { config, setups, knowledge, breaker: remembered, isAllowed }));
    if (what.tries.length === 0) throw await nothingLeft(what, { config, catalog: knowledge.catalog, isAllowed });
    const totalMs = Math.min(request.timeoutMs ?? Infinity, config.timeouts.totalMs);
    const limit = deadline(totalMs, [caller.signal, closing.signal]);
    const key = (option: Planned) => breakerKey(option, setups.get(option.provider));
    const remainingMs = () => totalMs - (performance.now() - started);
    const steps: Steps = {
      attempt: (option, ask, signal) => tryOne(option, ask, { remainingMs, signal }, caller),
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
      const notes = [...swapped(first, option, failure, what), ...answer.notes];
      const timing = { ...answer.timing, totalMs: Math.round(performance.now() - started) };
      return { ...answer, notes, timing, ...(first?.why === undefined ? {} : { why: first.why }) };
    } finally {
      limit.end();
    }
  }

  const call: Engine['call'] = async (request, caller = {}) => {
    if (!config.shareInFlight) return make(request, caller);
    try {
      const what = { ...request, hostFamily: caller.hostFamily };
      return await sharing(what, caller.signal, (signal) => make(request, { ...caller, signal }));
    } catch (error) {
      // Who leaves is told so in our words, whatever reason the signal carries.
      throw failureIn(error) ?? (caller.signal?.aborted ? new Failure('cancelled', 'The call was cancelled') : error);
    }
  };

  async function settle(request: CallRequest, caller: Caller): Promise<Outcome> {
    const target = await knowledge
      .resolve(request.model, caller.hostFamily)
      .then(refText, () => request.model ?? 'the default model');
    try {
      return { target, answer: await call(request, caller) };
    } catch (error) {
      const failure = failureIn(error);
      if (failure === undefined) throw error;
      return { target, failure };
    }
  }

  return {
    config,
    lists: knowledge.lists,
    catalog: knowledge.catalog,
    resolve: knowledge.resolve,
    call,
    callAll(requests, caller = {}) {
      const limit = pLimit(FAN_OUT);
      return Promise.all(requests.map((request) => limit(() => settle(request, caller))));
    },
    async close() {
      closing.abort();
      await partners.close();
      (await opened)?.close();
    },
  };
}
