import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import type { Catalog } from '../catalog/catalog.ts';
import type { Config } from '../config/config.ts';
import { type Answer, type Ask, refText } from '../core/chat.ts';
import { Failure, failureIn } from '../core/errors.ts';
import { remembered } from '../core/remembered.ts';
import { settled } from '../core/settled.ts';
import { loadPricer } from '../pricing/price.ts';
import type { Progress } from './attempt/attempt.ts';
import { createPartners } from './attempt/partners.ts';
import { createSharedBreaker, type SharedBreaker } from './attempt/shared-breaker.ts';
import { createMaker } from './maker.ts';
import { allowing } from './models/allowed.ts';
import { createKnowledge, type Target } from './models/known.ts';
import type { LiveListStore } from './models/live-lists.ts';
import { type Room, roomFor } from './models/room.ts';
import { type Books, openBooks } from './money/books.ts';
import { createKeeping } from './money/keeping.ts';
import { outputLimits } from './money/output-limit.ts';
import { ceiling, type Origin, purposeOf } from './money/purpose.ts';
import type { Prices } from './money/quote.ts';
import type { Purpose } from './money/ticket.ts';
import { createTill } from './money/till.ts';
import { nothingLeft } from './plan/nothing-left.ts';
import { createPlanner } from './planner.ts';
import { type Preview, previewOf, type Previews } from './preview.ts';
import type { CallRequest, Making, Prepared } from './request.ts';
import { asItIs, type Screen } from './screen.ts';
import { createSharing } from './sharing.ts';
import { type Member, type Outcome, refusalOf, together } from './together.ts';

export type { Progress } from './attempt/attempt.ts';
export type { Outcome } from './together.ts';

/** Who asks: the signal that cancels, the ear for progress, and the family of the host's own model where it is known. */
type Caller = Origin & {
  signal?: AbortSignal | undefined;
  progress?: ((progress: Progress) => void) | undefined;
  hostFamily?: string | undefined;
};

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
  /** What a call would do and may cost. Calls nobody. */
  preview: (request: CallRequest, caller?: Caller) => Promise<Preview>;
  /** The same for several at once, and whether the money for all of them would be there. Calls nobody. */
  previewAll: (requests: readonly CallRequest[], caller?: Caller) => Promise<Previews>;
  /** What may go along with an ask, to all of these models. */
  room: (ask: Ask, targets: readonly Target[]) => Promise<Room>;
  /** What was spent, and what of it is left. Throws a `config` failure when the ledger cannot be read. */
  ledger: () => Promise<Books>;
  /** What attempts are priced by. */
  prices: () => Promise<Prices>;
  /** Cancels what runs and closes every connection and file. */
  close: () => Promise<void>;
};

/** How often it is tried at the end to write what could not be written before: another process may hold the file. */
const LAST_TRIES = 6;

/** How a model is called in a comparison: an agent by its own name, too. */
const nameOf = ({ agent, ...target }: Target): string =>
  agent === undefined ? refText(target) : `${agent.name} (${refText(target)})`;

/** `screen` looks at each agent before it is asked; absent: as they are. */
export function createEngine(config: Config, userAgent = 'switchboard-mcp', screen: Screen = asItIs): Engine {
  const partners = createPartners(config, userAgent);
  const knowledge = createKnowledge(config, partners.askForList);
  const closing = new AbortController();
  // Every call under way listens to it.
  setMaxListeners(0, closing.signal);
  const setups = new Map(config.providers.map((setup) => [setup.provider.id, setup]));
  const sharing = createSharing<Answer & { why?: string }>();
  /** What cannot be opened is tried again at the next call. */
  const books = remembered(() => openBooks(config));
  const life = randomUUID();
  const prices = async (): Promise<Prices> => {
    const catalog = await knowledge.catalog();
    return { config, setups, catalog, price: await loadPricer(), outputLimit: outputLimits(partners, setups, catalog) };
  };
  const till = createTill(config, books, prices);
  const keeping = createKeeping(config, setups, books);
  let shared: SharedBreaker | undefined;
  const breaker = async () => (shared ??= createSharedBreaker((await books()).ledger));

  const isAllowed = allowing(config.models);
  const prepare = createPlanner({ config, setups, knowledge, breaker, isAllowed });
  const maker = createMaker({
    config,
    setups,
    knowledge,
    partners,
    till,
    keeping,
    breaker,
    isAllowed,
    closing: closing.signal,
    screen,
  });

  const purposeFor = (requests: readonly CallRequest[], caller: Caller): Purpose =>
    purposeOf(config, caller, life, ceiling(requests.find(({ maxCostUsd }) => maxCostUsd !== undefined)?.maxCostUsd));

  /** A call whose plan is made; with `share_in_flight` it may be one that is under way already. */
  async function run(request: CallRequest, prepared: Prepared, making: Making & Caller): Promise<Answer & { why?: string }> {
    if (!config.shareInFlight) return maker.make(request, prepared, making);
    try {
      const what = { ...request, hostFamily: making.hostFamily };
      return await sharing(what, making.signal, (signal) => maker.make(request, prepared, { ...making, signal }));
    } catch (error) {
      // Who leaves is told so in our words, whatever reason the signal carries.
      throw failureIn(error) ?? (making.signal?.aborted ? new Failure('cancelled', 'The call was cancelled') : error);
    }
  }

  const call: Engine['call'] = async (request, caller = {}) =>
    run(request, await prepare(request, caller.hostFamily), { ...caller, purpose: purposeFor([request], caller) });

  /** Several calls, each understood or not. */
  const membersOf = (requests: readonly CallRequest[], { hostFamily }: Caller): Promise<Member[]> =>
    Promise.all(
      requests.map(async (request) => {
        const target = await knowledge
          .resolve(request.model, hostFamily)
          .then(nameOf, () => request.model ?? 'the default model');
        return { request, target, prepared: await settled(prepare(request, hostFamily)) };
      }),
    );

  const around = { config, till, screen, isKept: maker.isKept };

  async function preview(request: CallRequest, { wish, what }: Prepared, purpose: Purpose): Promise<Preview> {
    if (what.tries.length === 0) throw await nothingLeft(what, { config, catalog: knowledge.catalog, isAllowed });
    const seen = await previewOf(what, request.ask, { partners, setups, till, screen, purpose });
    const why = wish.targets[0]?.why;
    return { ...seen, ...(why === undefined ? {} : { why }) };
  }

  return {
    config,
    lists: knowledge.lists,
    catalog: knowledge.catalog,
    resolve: knowledge.resolve,
    call,
    async callAll(requests, caller = {}) {
      const purpose = purposeFor(requests, caller);
      return together(await membersOf(requests, caller), purpose, around, (request, prepared, ticket) =>
        run(request, prepared, { ...caller, purpose, ...(ticket === undefined ? {} : { ticket }) }),
      );
    },
    preview: async (request, caller = {}) =>
      preview(request, await prepare(request, caller.hostFamily), purposeFor([request], caller)),
    async previewAll(requests, caller = {}) {
      const members = await membersOf(requests, caller);
      const purpose = purposeFor(requests, caller);
      const previews = members.map(async ({ request, prepared }) =>
        'failure' in prepared ? prepared : settled(preview(request, prepared.value, purpose)),
      );
      const refusal = members.length < 2 ? undefined : await refusalOf(members, purpose, around);
      return { previews: await Promise.all(previews), ...(refusal === undefined ? {} : { refusal: refusal.message }) };
    },
    room: async (ask, targets) => roomFor(ask, targets, setups, await knowledge.catalog()),
    ledger: books,
    prices,
    async close() {
      closing.abort();
      await partners.close();
      const open = await books.begun()?.catch(() => undefined);
      // Each try waits for the file as long as a call does.
      if (open === undefined) return;
      for (let tries = 0; tries < LAST_TRIES; tries += 1) if ((await till.flush()) === 0) break;
      open.ledger.close();
    },
  };
}
